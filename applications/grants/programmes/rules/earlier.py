"""What an association's other applications mean for this one: earlier support, its report, how often, in which form.

Pure (docs/domain.md §1.2, §3.1 A9, §6.2 F5). A withdrawn application is never held against a new one (§8.1).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from applications.grants.programmes.rules.days import previous_report_due
from applications.grants.programmes.rules.previous_report import EarlierSupport, previous_report_reason
from applications.grants.programmes.terms.programme import ProgrammeTerms
from vetting.kernel import text
from vetting.kernel.errors import Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """Another application of the same association to the same district.

    `granted`: its newest decision was a grant. `fell_away`: withdrawn or dismissed. `ended_on`: the last day of the
    time it was for, else the day of the decision. `report_due`: the decision's own last day. `reported_on`: the day
    its report came in. `settled_on`: the day the case was closed, which says that nothing is left to report.
    """

    number: str
    key: str
    same_programme: bool
    form_code: str = ""
    received_on: date | None = None
    starts_on: date | None = None
    ended_on: date | None = None
    fell_away: bool = False
    granted: bool = False
    report_due: date | None = None
    reported_on: date | None = None
    settled_on: date | None = None

    @property
    def handed_in_on(self) -> date | None:
        """The day its report is known to have been there: closing the case asks for it."""
        return self.reported_on or self.settled_on

    def owes_report(self, today: date) -> bool:
        """The decision's own last day has passed without a report."""
        return self.granted and self.handed_in_on is None and self.report_due is not None and self.report_due < today


def report_reason(
    terms: ProgrammeTerms, earlier: Iterable[Earlier], *, closes_on: date | None, applied_on: date, today: date
) -> Reason | None:
    """Why the programme bars a new grant over an earlier one's report; None when it does not.

    Support counts whose time had ended by the programme's last day for the report: of a running one nothing is owed,
    and a closed case without a day for its report is settled.
    """
    rule = terms.previous_report
    if rule is None:
        return None
    due = previous_report_due(rule, closes_on=closes_on, applied_on=applied_on)
    reasons = [
        reason
        for one in earlier
        if due is not None and _counts(one, due)
        if (
            reason := previous_report_reason(
                rule, EarlierSupport(True, one.reported_on), closes_on=closes_on, applied_on=applied_on, today=today
            )
        )
    ]
    return reasons[0] if reasons else None


def _counts(one: Earlier, due: date) -> bool:
    settled = one.reported_on is None and one.settled_on is not None
    return one.granted and one.same_programme and not settled and one.ended_on is not None and one.ended_on <= due


def times_reason(
    terms: ProgrammeTerms, form_code: str, earlier: Iterable[Earlier], came_on: date | None
) -> Reason | None:
    """The form can be applied for so many times a year, and that many have come in before this one."""
    form = terms.form(form_code)
    if form is None or form.per_year is None or came_on is None:
        return None
    before = [one for one in _same_form(earlier, form_code) if _same_year(one, came_on)]
    if len(before) < form.per_year:
        return None
    said = {"most": form.per_year, "cases": ", ".join(one.number for one in before)}
    sentence = _("The form can be applied for %(most)d times a year. Earlier this year: %(cases)s.")
    return Reason("per_year", sentence % said)


def after_reason(terms: ProgrammeTerms, form_code: str, earlier: Iterable[Earlier]) -> Reason | None:
    """The form is only for those who have had another form of the programme."""
    form = terms.form(form_code)
    if form is None or not form.only_after:
        return None
    had = {one.form_code for one in earlier if one.granted and one.same_programme}
    if had & set(form.only_after):
        return None
    names = ", ".join(str(other.name) for code in form.only_after if (other := terms.form(code)))
    sentence = _("The form is only for those who have had: %(forms)s. The district has no such grant on record.")
    return Reason("only_after", sentence % {"forms": names})


def overlap_reason(
    terms: ProgrammeTerms, form_code: str, earlier: Iterable[Earlier], period: tuple[date | None, date | None]
) -> Reason | None:
    """The programme's forms may not overlap, and support from another form runs in the same time."""
    first, last = period
    if terms.forms_may_overlap is not False or first is None or last is None:
        return None
    for one in earlier:
        same_time = one.starts_on is not None and one.ended_on is not None
        other = one.granted and one.same_programme and one.form_code and one.form_code != form_code
        if other and same_time and one.starts_on <= last and one.ended_on >= first:  # type: ignore[operator]
            sentence = _("The forms of the programme may not overlap. %(case)s gives support until %(day)s.")
            said = {"case": one.number, "day": text.day(one.ended_on or last)}
            return Reason("forms_overlap", sentence % said)
    return None


def _same_form(earlier: Iterable[Earlier], form_code: str) -> list[Earlier]:
    return [one for one in earlier if one.same_programme and one.form_code == form_code and not one.fell_away]


def _same_year(one: Earlier, came_on: date) -> bool:
    return one.received_on is not None and one.received_on.year == came_on.year and one.received_on <= came_on
