"""On which day a document came in, by the way it came (FL 22 §; docs/domain.md §4.1). Pure.

FL 22 § holds in both legal frames and no programme can depart from it (FL 4 §): a programme's hour limit is judged
on the hour given here, and paper that is counted to an earlier day has none.
"""

from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext_lazy as _

from applications.cases.models import Channel
from vetting.kernel.clock import stockholm
from vetting.kernel.errors import Invalid
from vetting.kernel.workdays import workday_before

PAPER = frozenset({Channel.POST, Channel.LETTER_BOX})


class ArrivalRule(StrEnum):
    """Which sentence of FL 22 § gave the day."""

    REACHED = "reached"
    POST_EARLIER = "post_earlier"
    BOX_EARLIER = "box_earlier"
    PAPER_SAME_DAY = "paper_same_day"


SENTENCES: dict[ArrivalRule, Any] = {
    ArrivalRule.REACHED: _("Came in on the day and at the hour it reached the district."),
    ArrivalRule.POST_EARLIER: _("Came by post and is counted as come in on the nearest working day before."),
    ArrivalRule.BOX_EARLIER: _(
        "Lay in the letter box at the day's first emptying and is counted as come in on the nearest working day before."
    ),
    ArrivalRule.PAPER_SAME_DAY: _("Is counted as come in on the day it reached the district, for the reason given."),
}


@dataclass(frozen=True, slots=True)
class Arrival:
    """`day` is inkommen_dag. `hour` (Stockholm) can be held against an hour limit; None: no hour can."""

    day: date
    hour: time | None
    rule: ArrivalRule
    reason: str = ""

    @property
    def sentence(self) -> Any:
        return SENTENCES[self.rule]


def counts_earlier_by_default(channel: str) -> bool:
    """Whether the form's tick box for the previous working day exists, and is ticked, for this channel."""
    return channel in PAPER


def arrival(*, channel: str, reached_at: datetime, counts_earlier: bool = True, reason: str = "") -> Arrival:
    """The arrival day of what reached the district at `reached_at` (aware) through `channel`.

    `counts_earlier` matters for paper only: unticked (the letter was not at the post office the day before; it was
    not in the box at the first emptying) it needs a `reason`, else Invalid is raised with the field
    `counts_earlier_reason`.
    """
    reached = stockholm(reached_at)
    if channel not in PAPER:
        return Arrival(reached.date(), reached.time(), ArrivalRule.REACHED)
    if counts_earlier:
        rule = ArrivalRule.POST_EARLIER if channel == Channel.POST else ArrivalRule.BOX_EARLIER
        return Arrival(workday_before(reached.date()), None, rule)
    if not reason.strip():
        message = _("Say why the letter is not counted as come in on the working day before.")
        raise Invalid(message, fields={"counts_earlier_reason": [message]}, code="counts_earlier_reason")
    return Arrival(reached.date(), reached.time(), ArrivalRule.PAPER_SAME_DAY, reason.strip())
