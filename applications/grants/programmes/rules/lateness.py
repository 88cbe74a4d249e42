"""Whether an application came in late, and what the programme says about it (docs/domain.md §4.1). Pure.

Lateness is judged on the arrival day of FL 22 §. An hour counts only where the round states one, and never against
paper that is counted to an earlier day: such an arrival has no hour.
"""

from dataclasses import dataclass
from datetime import date, time
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from applications.cases.arrival import Arrival
from applications.grants.programmes.rules.forms import window_for
from applications.grants.programmes.terms.choices import LateRule, LateStep
from applications.grants.programmes.terms.programme import ProgrammeTerms
from applications.grants.programmes.terms.window import Late
from vetting.kernel.errors import Reason

ORE = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Deadline:
    """The last day (None: rolling), its hour where one is stated, and whether a postmark of that day is enough."""

    day: date | None
    hour: time | None = None
    postmark_counts: bool = False


def deadline_of(round: Any, terms: ProgrammeTerms, form_code: str = "") -> Deadline:
    """What an arrival in this round is held against: its last day, hour and rule on postmarks."""
    return Deadline(round.closes_on, round.closes_time, bool(window_for(terms, form_code).postmark_counts))


@dataclass(frozen=True, slots=True)
class Lateness:
    """`days` late (0 when only the hour had passed) and `weeks` started; `reason` None: in time."""

    days: int = 0
    weeks: int = 0
    by_hour: bool = False
    reason: Reason | None = None

    @property
    def is_late(self) -> bool:
        return self.reason is not None


IN_TIME = Lateness()


def lateness(deadline: Deadline, arrival: Arrival, postmarked_on: date | None = None) -> Lateness:
    """How late an application that came in as `arrival` says is, with the sentence that says why."""
    return lateness_on(deadline, arrival.day, arrival.hour, postmarked_on)


def lateness_on(deadline: Deadline, day: date, hour: time | None, postmarked_on: date | None = None) -> Lateness:
    """The same from a stored arrival: its day, and the hour that can be held against it (None: none can)."""
    last = deadline.day
    if last is None or day < last:
        return IN_TIME
    if deadline.postmark_counts and postmarked_on is not None and postmarked_on <= last:
        return IN_TIME
    if day == last:
        if deadline.hour is None or hour is None or _minute(hour) <= deadline.hour:
            return IN_TIME
        after = _("Came in on the last day, after %(hour)s.") % {"hour": f"{deadline.hour:%H.%M}"}
        return Lateness(0, 1, True, Reason("late_by_hour", after, data={"hour": deadline.hour}))
    days = (day - last).days
    text = ngettext_lazy("Came in one day after the last day.", "Came in %(days)d days after the last day.", "days")
    return Lateness(days, -(-days // 7), False, Reason("late", text % {"days": days}, data={"days": days}))


def _minute(hour: time) -> time:
    """Whole minutes: an application at 12.00.30 came in at 12.00, as the receipt says."""
    return hour.replace(second=0, microsecond=0)


class LateKind(StrEnum):
    IN_TIME = "in_time"
    NO_GRANT = "no_grant"
    REDUCED = "reduced"
    NOT_STATED = "not_stated"  # the programme says nothing: a person assesses


@dataclass(frozen=True, slots=True)
class LateEffect:
    """What the programme's rule proposes; a human decides. `percent` is taken off the grant (0–100)."""

    kind: LateKind
    percent: Decimal = Decimal(0)


def late_effect(rule: Late | None, late: Lateness) -> LateEffect:
    """What the programme says about this lateness."""
    if not late.is_late:
        return LateEffect(LateKind.IN_TIME)
    if rule is None:
        return LateEffect(LateKind.NOT_STATED)
    if rule.rule == LateRule.NO_GRANT or rule.percent is None:
        return LateEffect(LateKind.NO_GRANT)
    times = late.weeks if rule.each == LateStep.STARTED_WEEK else 1
    return LateEffect(LateKind.REDUCED, min(rule.percent * times, Decimal(100)))


def reduced(amount: Decimal, effect: LateEffect) -> Decimal:
    """`amount` (SEK) less the effect's percentage, to the öre, half up."""
    if effect.kind == LateKind.NO_GRANT:
        return Decimal("0.00")
    return (amount * (100 - effect.percent) / 100).quantize(ORE, ROUND_HALF_UP)
