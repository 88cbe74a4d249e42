"""What must be attached, and what must have been reported before (docs/domain.md §1.5, §3.1 A8–A9)."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from applications.associations.choices import DocumentKind
from applications.grants.programmes.terms.choices import Barred, ForYear
from applications.grants.programmes.terms.day_of_year import DayOfYear
from applications.grants.programmes.terms.window import MONTHS
from vetting.kernel.labels import Label
from vetting.kernel.schema import said

KIND_WORDS = {kind: kind.label for kind in DocumentKind}


@dataclass(frozen=True, slots=True)
class Attachment:
    """One paper. Required always, or from a sum applied for: over `above_kr`, or from so many price base amounts."""

    code: str = said("Kod", "Code")
    kind: DocumentKind = said("Slag", "Kind", words=KIND_WORDS)
    name: Label | None = said("Handling", "Paper", None)
    above_kr: Decimal | None = said("Krävs över", "Required above", None)
    from_kr: Decimal | None = said("Krävs från", "Required from", None)
    from_price_base_amounts: Decimal | None = said(
        "Krävs från", "Required from", None, unit=Label("prisbasbelopp", "price base amounts")
    )
    max_age_months: int | None = said("Högst så gammal", "At most this old", None, unit=MONTHS)
    signed: bool = said("Ska vara undertecknad", "Must be signed", False)

    def check(self) -> Iterator[tuple[str, str]]:
        limits = [self.above_kr, self.from_kr, self.from_price_base_amounts]
        if sum(limit is not None for limit in limits) > 1:
            yield "", _("Write one limit only: above_kr, from_kr or from_price_base_amounts.")
        if any(limit is not None and limit <= 0 for limit in limits):
            yield "", _("The limit must be over 0.")
        if self.max_age_months is not None and self.max_age_months < 1:
            yield "max_age_months", _("Must be at least 1.")


@dataclass(frozen=True, slots=True)
class PriceBase:
    """The price base amount (prisbasbelopp) of a year: a rate, therefore data."""

    year: int = said("År", "Year")
    kr: Decimal = said("Prisbasbelopp", "Price base amount")


@dataclass(frozen=True, slots=True)
class PreviousReport:
    """When last time's report must have come in, and what its absence brings."""

    due: DayOfYear | None = said("Senast", "Not later than", None)
    due_at_closing: bool = said("Senast sista ansökningsdag", "Not later than the last day to apply", False)
    barred: Barred = said("Annars", "Otherwise")

    def check(self) -> Iterator[tuple[str, str]]:
        if (self.due is None) == (not self.due_at_closing):
            yield "due", _("Write either a day (due) or due_at_closing = true.")


@dataclass(frozen=True, slots=True)
class PreviousRound:
    """How the window looked before: kept because applicants remember it."""

    name: Label = said("Stödform", "Form")
    closes: tuple[DayOfYear, ...] = said("Sista dag", "Last day", ())
    board: DayOfYear | None = said("Nämnden beslutade", "The board decided", None)
    year: int | None = said("År", "Year", None)


@dataclass(frozen=True, slots=True)
class Report:
    """The use of the money is reported at last on this day: exactly one of the three ways to say it."""

    due: DayOfYear | None = said("Senast", "Not later than", None)
    due_year: ForYear | None = said("Räknat från verksamhetsåret", "Counted from the year of the activity", None)
    months_after_period: int | None = said("Efter periodens slut", "After the end of the period", None, unit=MONTHS)
    months_after_event: int | None = said("Efter evenemanget", "After the event", None, unit=MONTHS)
    ask: tuple[Label, ...] = said("Redovisningen ska visa", "The report must show", ())

    def check(self) -> Iterator[tuple[str, str]]:
        ways = [self.due, self.months_after_period, self.months_after_event]
        if sum(way is not None for way in ways) != 1:
            yield "", _("Write one of due, months_after_period and months_after_event.")
        if (self.due is None) != (self.due_year is None):
            yield "due_year", _("Write the year (same or next) where, and only where, there is a day (due).")
