"""When the next step of a decision's track is due."""

from datetime import date

from applications.decisions.models import DecisionTrack
from applications.decisions.rules.clocks import ANNOUNCED_WITHIN, APPROVED_WITHIN


def first_due(decided_on: date) -> date:
    """The last day the approval of the minutes should stand on the notice board (KL 5:69, 8:12)."""
    return decided_on + APPROVED_WITHIN + ANNOUNCED_WITHIN


def set_due(track: DecisionTrack, day: date | None) -> None:
    track.due_on = day
    DecisionTrack.objects.filter(pk=track.pk).update(due_on=day)
