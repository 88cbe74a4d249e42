"""A case comes on a meeting's list with its proposal exactly as it reads now (effect `board.item_added`)."""

from django.utils.translation import gettext_lazy as _

from applications.decisions import guards, selectors
from applications.decisions.models import BoardItem, BoardMeeting
from applications.decisions.proposals import digest
from vetting.kernel.errors import NotNow
from vetting.kernel.workflow import Move


def add_item(move: Move) -> BoardItem:
    """The meeting is `data["meeting_id"]`, of the case's district and not past. Raises NotNow otherwise."""
    meeting = BoardMeeting.objects.filter(
        pk=move.data.get("meeting_id") or 0, district_id=move.case.district_id
    ).first()
    if meeting is None or meeting.date < move.today:
        raise NotNow(_("Choose a coming meeting."), code="no_meeting")
    proposal = guards.proposal_on(move)
    if proposal is None:
        raise NotNow(_("Write the proposal first."), code="no_proposal")
    if selectors.open_item(move.case.pk) is not None:
        raise NotNow(_("The case already stands on a meeting's list."), code="on_list")
    return BoardItem.objects.create(
        meeting=meeting,
        case=move.case,
        proposal=proposal,
        proposal_version=proposal.version,
        proposal_digest=digest(proposal),
        created_at=move.at,
    )
