"""Guards of the grant case: pure predicates that answer with a reason, or None."""

from django.utils.translation import gettext_lazy as _

from vetting.kernel.errors import Reason
from vetting.kernel.workflow import Move


def application_whole(move: Move) -> Reason | None:
    """What a paper application must at least say before it is received: amount, arrival and channel."""
    case = move.subject
    if not case.applied_amount:
        return Reason("amount_missing", _("Write the amount applied for first."))
    if not (case.channel and case.received_date):
        return Reason("arrival_missing", _("Write how and when the application arrived first."))
    return None


def officer_named(move: Move) -> Reason | None:
    """A registered case has somebody who handles it."""
    if move.subject.officer_id or move.data.get("officer_id"):
        return None
    return Reason("officer_missing", _("Choose who handles the case."))


def formal_questions_answered(move: Move) -> Reason | None:
    return None


def review_complete(move: Move) -> Reason | None:
    return None


def proposal_drafted(move: Move) -> Reason | None:
    return None


def comment_given(move: Move) -> Reason | None:
    """A step that sends work back says why. Asked only when the step is taken, not when the button is shown."""
    if move.data.get("preview") or move.comment.strip():
        return None
    return Reason("comment_missing", _("Write why, so that the next person knows what to do."))


def reader_is_not_preparer(move: Move) -> Reason | None:
    """Four eyes: whoever submitted the review does not read it (docs/domain.md §6.2 F3)."""
    if move.subject.preparer_id == move.actor.user_id:
        return Reason("same_person", _("You prepared this review. Another person must read it."))
    return None


def proposal_complete(move: Move) -> Reason | None:
    return None


def proposal_grants(move: Move) -> Reason | None:
    return None


def proposal_refuses(move: Move) -> Reason | None:
    return None


def proposal_dismisses(move: Move) -> Reason | None:
    return None


def heard_if_owed(move: Move) -> Reason | None:
    return None


def decider_allowed(move: Move) -> Reason | None:
    return None


def board_decided(move: Move) -> Reason | None:
    return None


def dismissible(move: Move) -> Reason | None:
    return None


def request_in_writing(move: Move) -> Reason | None:
    """Withdrawing is the applicant's own act, in writing (docs/domain.md §8.1)."""
    if move.data.get("preview") or move.data.get("document_id"):
        return None
    return Reason("request_missing", _("Add the applicant's own request in writing."))


def decision_annulled(move: Move) -> Reason | None:
    return None


def decision_final(move: Move) -> Reason | None:
    return None


def second_person_closes(move: Move) -> Reason | None:
    return None
