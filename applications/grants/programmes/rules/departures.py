"""Which of the programme's own hard rules a grant would depart from. Pure; a human decides (design: §2.1, §2.5).

Hard is what the programme states as a condition and the checklist asks no question about: the sum, the day, how often,
in which form, how large, and the gate of the previous report. A grant all the same needs special reasons in writing
and a second reader. What the checklist asks (A1–A24) locks or weighs there.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from applications.grants.programmes.rules.days import last_day_within
from applications.grants.programmes.rules.earlier import (
    Earlier,
    after_reason,
    overlap_reason,
    report_reason,
    times_reason,
)
from applications.grants.programmes.rules.forms import amounts_for, window_for
from applications.grants.programmes.rules.lateness import IN_TIME, LateKind, Lateness, late_effect, reduced
from applications.grants.programmes.rules.sums import known_size_reasons, sum_reasons
from applications.grants.programmes.terms.programme import ProgrammeTerms
from vetting.kernel import text
from vetting.kernel.errors import Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFacts:
    """What application and register say. Sums in kr; None: not known. `event_on` is the last day of the activity."""

    today: date
    came_on: date | None = None
    closes_on: date | None = None
    late: Lateness = IN_TIME
    applied: Decimal | None = None
    form_code: str = ""
    period: tuple[date | None, date | None] = (None, None)
    founded_on: date | None = None
    members: int | None = None
    earlier: tuple[Earlier, ...] = ()

    @property
    def event_on(self) -> date | None:
        return self.period[1] or self.period[0]


def condition_reasons(terms: ProgrammeTerms, facts: CaseFacts) -> list[Reason]:
    """The hard conditions that are not met, whatever sum is granted."""
    came = facts.came_on or facts.today
    found = [
        no_grant_reason(terms, facts),
        within_reason(terms, facts),
        times_reason(terms, facts.form_code, facts.earlier, facts.came_on),
        after_reason(terms, facts.form_code, facts.earlier),
        overlap_reason(terms, facts.form_code, facts.earlier, facts.period),
        *(known_size_reasons(terms, facts.members, facts.form_code) or ()),
        report_reason(terms, facts.earlier, closes_on=facts.closes_on, applied_on=came, today=facts.today),
    ]
    return [one for one in found if one is not None]


def amount_reasons(terms: ProgrammeTerms, facts: CaseFacts, amount: Decimal) -> list[Reason]:
    """Why this sum (kr) is not one the programme gives."""
    found = sum_reasons(terms, amount, facts.form_code)
    most = most_when_late(terms, facts)
    if most is not None and amount > most:
        sentence = _("The application came in late. By the programme's rule at most %(most)s can be given.")
        found.append(Reason("late_reduced", sentence % {"most": text.kronor(most)}, data={"most_kr": most}))
    return found


def departures(terms: ProgrammeTerms, facts: CaseFacts, amount: Decimal | None) -> list[Reason]:
    """Everything a grant of `amount` (None: not decided yet) would depart from."""
    return condition_reasons(terms, facts) + (amount_reasons(terms, facts, amount) if amount is not None else [])


def no_grant_reason(terms: ProgrammeTerms, facts: CaseFacts) -> Reason | None:
    """Late, and the programme gives nothing then."""
    if late_effect(terms.late, facts.late).kind != LateKind.NO_GRANT:
        return None
    return Reason("late_no_grant", _("The application came in late, and the programme gives no grant then."))


def within_reason(terms: ProgrammeTerms, facts: CaseFacts) -> Reason | None:
    """The last day counted from the event or the founding had passed when it came in."""
    last = last_within(terms, facts)
    if last is None or facts.came_on is None or facts.came_on <= last:
        return None
    sentence = _("The last day was %(last)s, counted from the event or the founding. It came in on %(came)s.")
    return Reason("within_passed", sentence % {"last": text.day(last), "came": text.day(facts.came_on)})


def last_within(terms: ProgrammeTerms, facts: CaseFacts) -> date | None:
    window = window_for(terms, facts.form_code)
    return last_day_within(window, event_on=facts.event_on, founded_on=facts.founded_on)


def most_when_late(terms: ProgrammeTerms, facts: CaseFacts) -> Decimal | None:
    """The most a late application can be given: what is applied for, or the ceiling, less the reduction."""
    effect = late_effect(terms.late, facts.late)
    if effect.kind != LateKind.REDUCED or facts.applied is None:
        return None
    cap = amounts_for(terms, facts.form_code).cap_kr
    return reduced(facts.applied if cap is None else min(facts.applied, cap), effect)
