"""Reads of the decisions room."""

from datetime import date
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet

from applications.decisions.choices import Body
from applications.decisions.models import (
    BoardItem,
    BoardMeeting,
    Decision,
    DecisionTrack,
    DelegationVersion,
    LetterTemplateVersion,
    Proposal,
    ProposalSave,
    ProposalStatus,
)
from applications.decisions.models.board import ItemKind
from applications.decisions.rules.delegation import Entry, entries
from applications.decisions.workflow import NOT_IN_FORCE
from vetting.kernel.statement import Statement


def open_proposal(case_id: int, matter: str = "main") -> Proposal | None:
    """The proposal being written on a matter of a case, with `writers`: the references of all who saved a version."""
    return OPEN_PROPOSAL.first(case=case_id, matter=str(matter))


def _open_proposal(*, case: int, matter: str) -> QuerySet[Proposal]:
    saves = ProposalSave.objects.filter(proposal=OuterRef("pk")).order_by().values("by").distinct()
    found = Proposal.objects.filter(case_id=case, matter=matter, status=ProposalStatus.OPEN)
    return found.annotate(writers=ArraySubquery(saves))


OPEN_PROPOSAL = Statement(_open_proposal)


def in_force(case_id: int, matter: str = "main") -> DecisionTrack | None:
    """The track of the decision in force on a matter of a case, with its decision."""
    tracks = DecisionTrack.objects.select_related("decision").exclude(state__in=NOT_IN_FORCE)
    return tracks.filter(case_id=case_id, matter=matter).first()


def newest_track(case_id: int, matter: str = "main") -> DecisionTrack | None:
    """The track of the newest decision on a matter, in force or not."""
    return NEWEST_TRACK.first(case=case_id, matter=str(matter))


def _newest_track(*, case: int, matter: str) -> QuerySet[DecisionTrack]:
    tracks = DecisionTrack.objects.select_related("decision").filter(case_id=case, matter=matter)
    return tracks.order_by("-decision_id")[:1]


NEWEST_TRACK = Statement(_newest_track)


def decisions_of(case_id: int) -> list[Decision]:
    """Every decision of a case, newest first, with track, letter and what is registered about it."""
    found = Decision.objects.filter(case_id=case_id).select_related("track", "letter__file", "board_item__meeting")
    beside = ("track__announcements", "track__appeals", "track__legal_force", "reviews__review__version")
    return list(found.prefetch_related(*beside).order_by("-id"))


def delegation_on(district_id: int, day: date) -> DelegationVersion | None:
    """The board's delegation table in force on a day; the newest where two overlap."""
    versions = DelegationVersion.objects.filter(district_id=district_id).valid_on(day)
    return versions.order_by("-valid_from", "-number").first()


def table_on(district_id: int, day: date) -> tuple[DelegationVersion | None, tuple[Entry, ...]]:
    """The version in force and its rows; no rows where there is none: then only the board decides."""
    version = delegation_on(district_id, day)
    return version, entries(version.content) if version else ()


def template_on(district_id: int, code: str, day: date) -> LetterTemplateVersion | None:
    """The letter's template in force on a day."""
    versions = LetterTemplateVersion.objects.filter(district_id=district_id, code=code).valid_on(day)
    return versions.order_by("-valid_from", "-number").first()


def next_board_meeting(district_id: int, day: date) -> BoardMeeting | None:
    """The very next sitting of the board itself, today's included."""
    meetings = BoardMeeting.objects.filter(district_id=district_id, body=Body.BOARD, date__gte=day)
    return meetings.order_by("date").first()


def coming_meetings(district_id: int, day: date) -> list[BoardMeeting]:
    return list(BoardMeeting.objects.filter(district_id=district_id, date__gte=day).order_by("date", "body"))


def open_item(case_id: int) -> Any:
    """The `BoardItem` by which the case stands before a board now, with its proposal and meeting; or None."""
    items = BoardItem.objects.select_related("meeting", "proposal")
    return items.filter(case_id=case_id, kind=ItemKind.DECIDE, ended_at__isnull=True).first()


def unreported(district_id: int) -> Any:
    """Delegated decisions that are to be reported to the board and stand on no meeting's list yet, oldest first."""
    found = Decision.objects.filter(district_id=district_id, path__in=["delegate", "chair_urgent"], reported="anmals")
    return found.filter(reports__isnull=True).select_related("case__association", "track").order_by("decided_on", "id")


def unannounced(meeting: BoardMeeting) -> list[DecisionTrack]:
    """The decisions that this meeting's minutes announce and that no notice stands for: decided or reported here."""
    tracks = DecisionTrack.objects.select_related(
        "decision__board_item__meeting", "case__association", "case__district"
    )
    here = tracks.filter(state="decided")
    decided = here.filter(decision__board_item__meeting=meeting, decision__path="board")
    reported = here.filter(decision__reports__meeting=meeting, decision__reported="anmals")
    return list((decided | reported).distinct().order_by("decision_id"))
