"""The gate of the previous report (docs/domain.md §3.1 A9, §6.2 F5). Pure: it gives a reason, a human decides."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from applications.grants.programmes.rules.days import previous_report_due
from applications.grants.programmes.terms.choices import Barred
from applications.grants.programmes.terms.papers import PreviousReport
from vetting.kernel import text
from vetting.kernel.errors import Reason

CODES = {Barred.NEXT_YEAR: "report_barred_next_year", Barred.NO_NEW_GRANT: "report_no_new_grant"}
BARRED = frozenset(CODES.values())


@dataclass(frozen=True, slots=True)
class EarlierSupport:
    """What the register knows of earlier support from the programme. `reported_on`: when its report came in."""

    had_support: bool
    reported_on: date | None = None


def previous_report_reason(
    rule: PreviousReport | None,
    earlier: EarlierSupport,
    *,
    closes_on: date | None,
    applied_on: date,
    today: date,
) -> Reason | None:
    """Why the programme bars a new grant: the report of the earlier one is missing, or came after its last day.

    None: no such rule, no earlier support, reported in time, or the last day has not passed.
    """
    if rule is None or not earlier.had_support:
        return None
    due = previous_report_due(rule, closes_on=closes_on, applied_on=applied_on)
    if due is None or (earlier.reported_on or today) <= due:
        return None
    if earlier.reported_on is None:
        sentence = _("The report of the previous grant was due on %(due)s and is missing. Under the rules: %(then)s.")
    else:
        sentence = _("The report of the previous grant was due on %(due)s and came later. Under the rules: %(then)s.")
    then = str(rule.barred.label)
    return Reason(
        CODES[rule.barred], sentence % {"due": text.day(due), "then": then[:1].lower() + then[1:]}, data={"due": due}
    )
