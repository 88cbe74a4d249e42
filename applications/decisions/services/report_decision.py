"""Reporting delegated decisions to the board (anmälan): whose minutes start the appeal time (KL 6:40, 7:8)."""

from datetime import date, datetime

from applications.decisions import selectors
from applications.decisions.models import BoardItem, BoardMeeting, Decision
from applications.decisions.models.board import ItemKind


def report_decision(decision: Decision, *, on: date, at: datetime) -> BoardItem | None:
    """Puts the decision on the list of the board's very next meeting; None when none is planned yet."""
    meeting = selectors.next_board_meeting(decision.district_id, on)
    return _put(decision, meeting, at) if meeting else None


def report_waiting(meeting: BoardMeeting, *, at: datetime) -> int:
    """Puts every delegated decision that waits for a meeting on this one's list; returns how many."""
    waiting = list(selectors.unreported(meeting.district_id).filter(decided_on__lte=meeting.date))
    for decision in waiting:
        _put(decision, meeting, at)
    return len(waiting)


def _put(decision: Decision, meeting: BoardMeeting, at: datetime) -> BoardItem:
    return BoardItem.objects.create(
        meeting=meeting, case=decision.case, kind=ItemKind.REPORT, decision=decision, closed_doors=False, created_at=at
    )
