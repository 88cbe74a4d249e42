"""How much: ceilings, fixed sums, formulas, forms with rules of their own, payment (docs/domain.md §1.2–1.3)."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from applications.grants.programmes.terms.applicants import Threshold
from applications.grants.programmes.terms.choices import ParticipantFee, PayWhen, Split
from applications.grants.programmes.terms.window import PERCENT, YEARS, Window
from vetting.kernel.labels import Label
from vetting.kernel.schema import said


@dataclass(frozen=True, slots=True)
class Rate:
    """So many kronor for each of something counted, e.g. 3.50 per activity for ages 7–12."""

    code: str = said("Kod", "Code")
    name: Label = said("För varje", "For each")
    kr: Decimal = said("Belopp", "Sum")
    age_from: int | None = said("Från ålder", "From age", None, unit=YEARS)
    age_to: int | None = said("Till ålder", "To age", None, unit=YEARS)

    def check(self) -> Iterator[tuple[str, str]]:
        if self.kr <= 0:
            yield "kr", _("Must be over 0.")
        if self.age_from is not None and self.age_to is not None and self.age_to < self.age_from:
            yield "age_to", _("Must not be below age_from.")


@dataclass(frozen=True, slots=True)
class Formula:
    """A sum that follows from counts: a base for each association and rates."""

    base_kr: Decimal = said("Grundbelopp per förening", "Base per association", Decimal(0))
    rates: tuple[Rate, ...] = said("Belopp", "Sum", ())

    def check(self) -> Iterator[tuple[str, str]]:
        if self.base_kr < 0:
            yield "base_kr", _("Must not be negative.")
        if not self.base_kr and not self.rates:
            yield "rates", _("Write a base, at least one rate, or both.")


@dataclass(frozen=True, slots=True)
class Amounts:
    """All in SEK. `fixed_kr`: only these sums are given."""

    cap_kr: Decimal | None = said("Högst", "At most", None)
    fixed_kr: tuple[Decimal, ...] = said("Fasta belopp", "Fixed sums", ())
    formula: Formula | None = said("Beräkning", "Calculation", None)

    def check(self) -> Iterator[tuple[str, str]]:
        if self.cap_kr is not None and self.cap_kr <= 0:
            yield "cap_kr", _("Must be over 0.")
        if any(one <= 0 for one in self.fixed_kr):
            yield "fixed_kr", _("Each sum must be over 0.")
        if self.cap_kr is not None and any(one > self.cap_kr for one in self.fixed_kr):
            yield "fixed_kr", _("No fixed sum can be above cap_kr.")


@dataclass(frozen=True, slots=True)
class Payment:
    """One instalment. The parts of a plan make 100 per cent."""

    percent: Decimal = said("Andel", "Share", unit=PERCENT)
    when: PayWhen = said("Betalas", "Paid")
    quarter: int | None = said("Kvartal", "Quarter", None)

    def check(self) -> Iterator[tuple[str, str]]:
        if not 0 < self.percent <= 100:
            yield "percent", _("Must be over 0 and at most 100.")
        if (self.when == PayWhen.QUARTER_IN_ADVANCE) != (self.quarter in {1, 2, 3, 4}):
            yield "quarter", _("Write the quarter (1–4) where, and only where, it is paid by quarter.")


def plan_is_whole(plan: tuple[Payment, ...]) -> bool:
    """Whether the parts make 100 per cent; no parts: all at once."""
    return not plan or sum(part.percent for part in plan) == 100


@dataclass(frozen=True, slots=True)
class Form:
    """One of several forms (stödtyper) of a programme, with its own rules beside the common ones."""

    code: str = said("Kod", "Code")
    name: Label = said("Namn", "Name")
    purpose: Label | None = said("Ändamål", "Purpose", None)
    per_year: int | None = said("Kan sökas per år", "Times a year", None)
    split: Split | None = said("Fördelning", "Split", None)
    seat_in_area: bool = said("Säte i området", "Seat in the area", False)
    participant_fee: ParticipantFee | None = said("Deltagaravgift", "Participant fee", None)
    only_after: tuple[str, ...] = said("Bara för den som har haft", "Only for those who had", ())
    amounts: Amounts | None = said("Belopp", "Amounts", None)
    thresholds: tuple[Threshold, ...] = said("Minsta storlek", "Least size", ())
    window: Window | None = said("Egen ansökningstid", "Its own time to apply", None)
    payment: tuple[Payment, ...] = said("Utbetalning", "Payment", ())

    def check(self) -> Iterator[tuple[str, str]]:
        if self.per_year is not None and not 1 <= self.per_year <= 12:
            yield "per_year", _("Must lie between 1 and 12.")
        if not plan_is_whole(self.payment):
            yield "payment", _("The shares must make 100 per cent.")
