"""The whole of a programme's terms, and its entry in a file."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from applications.grants.programmes.terms.amounts import Amounts, Form, Payment, plan_is_whole
from applications.grants.programmes.terms.applicants import Applicants, Values
from applications.grants.programmes.terms.handling import Checklist, Clauses, Criterion, Handling
from applications.grants.programmes.terms.papers import (
    Attachment,
    PreviousReport,
    PreviousRound,
    PriceBase,
    Report,
)
from applications.grants.programmes.terms.purposes import Purposes
from applications.grants.programmes.terms.window import Late, Window, WindowKind
from vetting.kernel.labels import Label
from vetting.kernel.schema import said


@dataclass(frozen=True, slots=True)
class ProgrammeTerms:
    """What one version of a programme says. `as_of`: the year of the published page it was taken from."""

    name: Label = said("Namn", "Name")
    as_of: int | None = said("Uppgifterna gäller år", "Facts as of", None)
    extra_pots: bool = said("Extra medel kan lysas ut", "Extra pots may be announced", False)
    forms_may_overlap: bool | None = said("Stödtyperna får överlappa", "The forms may overlap", None)
    notes: tuple[Label, ...] = said("Anmärkningar", "Notes", ())
    sources: tuple[str, ...] = said("Källor", "Sources", ())
    window: Window = said("Ansökningstid", "Time to apply")
    late: Late | None = said("Sen ansökan", "Late application", None)
    applicants: Applicants = said("Vem som får söka", "Who may apply", Applicants())
    values: Values = said("Demokrativillkor", "Democracy terms", Values())
    purposes: Purposes = said("Ändamål", "Purposes", Purposes())
    amounts: Amounts = said("Belopp", "Amounts", Amounts())
    forms: tuple[Form, ...] = said("Stödtyper", "Forms", ())
    attachments: tuple[Attachment, ...] = said("Bilagor", "Attachments", ())
    price_base_amounts: tuple[PriceBase, ...] = said("Prisbasbelopp", "Price base amount", ())
    previous_report: PreviousReport | None = said("Tidigare redovisning", "Previous report", None)
    previous_rounds: tuple[PreviousRound, ...] = said("Tidigare utlysningar", "Earlier calls", ())
    payment: tuple[Payment, ...] = said("Utbetalning", "Payment", ())
    report: Report = said("Redovisning", "Report", Report(months_after_period=2))
    checklist: Checklist = said("Granskningslista", "Checklist", Checklist())
    handling: Handling = said("Handläggning", "Handling", Handling())
    criteria: tuple[Criterion, ...] = said("Villkor", "Criteria")
    clauses: Clauses = said("Förbehåll i beslut", "Reservations in decisions")

    def check(self) -> Iterator[tuple[str, str]]:
        if not self.criteria:
            yield "criteria", _("Write at least one point: a decision cites it.")
        if not plan_is_whole(self.payment):
            yield "payment", _("The shares must make 100 per cent.")
        windows = [self.window, *(form.window for form in self.forms if form.window)]
        if self.previous_report and self.previous_report.due_at_closing and not any(_closes(one) for one in windows):
            yield "previous_report.due_at_closing", _("The window has no last day. Write a day instead.")
        yield from self._check_forms()
        yield from self._check_price_base()

    def _check_forms(self) -> Iterator[tuple[str, str]]:
        codes = [form.code for form in self.forms]
        for form in self.forms:
            for wanted in form.only_after:
                if wanted not in codes or wanted == form.code:
                    message = _("“%(code)s” is no other form of this programme. Forms: %(known)s.")
                    known = ", ".join(codes)
                    yield f"forms.[{form.code}].only_after", message % {"code": wanted, "known": known}
        if self.forms_may_overlap is not None and len(self.forms) < 2:
            yield "forms_may_overlap", _("Needs at least two forms.")

    def _check_price_base(self) -> Iterator[tuple[str, str]]:
        years = [one.year for one in self.price_base_amounts]
        if len(set(years)) != len(years):
            yield "price_base_amounts", _("A year stands twice.")
        if not years and any(one.from_price_base_amounts for one in self.attachments):
            yield "price_base_amounts", _("An attachment counts in price base amounts: write the sum of a year.")

    def form(self, code: str) -> Form | None:
        """The form of that code; None for the empty code or an unknown one."""
        return next((form for form in self.forms if form.code == code), None)


def _closes(window: Window) -> bool:
    return window.kind in {WindowKind.YEARLY, WindowKind.MEETINGS}


@dataclass(frozen=True, slots=True)
class ProgrammeEntry(ProgrammeTerms):
    """A programme as a file has it: the terms, whose they are and from when."""

    code: str = said("Kod", "Code")
    district: str = said("Stadsdelsområde", "District")
    valid_from: date | None = said("Gäller från", "Valid from", None)
