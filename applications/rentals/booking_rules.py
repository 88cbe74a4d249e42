"""Guards of a booking: pure predicates that answer with a reason, or None (docs/domain.md §8.2)."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from vetting.kernel.errors import Reason
from vetting.kernel.workflow import Move

STOP_FIELDS = ("decided_by", "happened", "ground", "milder")


def standing_claims(booking: Any) -> Any:
    """The claims that have not been released."""
    return booking.claims.filter(released_at__isnull=True)


def claims_stand(move: Move) -> Reason | None:
    """The time is still claimed: it has not lapsed while the case was handled."""
    if standing_claims(move.subject).exists():
        return None
    return Reason("claim_lapsed", _("The time is no longer held. Reserve it again, if it is free."))


def hold_has_passed(move: Move) -> Reason | None:
    """A soft claim lapses when its time is out, or when it was given up to somebody else; never before."""
    if not standing_claims(move.subject).exclude(held_until__lte=move.at).exists():
        return None
    return Reason("still_held", _("The time is still held."))


def has_begun(move: Move) -> Reason | None:
    """Nothing can be said of an occasion that lies ahead."""
    if move.subject.begins <= move.at:
        return None
    return Reason("not_begun", _("The booked time has not begun yet."))


def comment_given(move: Move) -> Reason | None:
    """Cancelling one date says who asked, and when. Asked only when the step is taken."""
    if move.data.get("preview") or move.comment.strip():
        return None
    return Reason("comment_missing", _("Write who cancelled, when and how."))


def note_written(move: Move) -> Reason | None:
    """An inspection or deviation is described in its own words. Asked only when the step is taken."""
    if move.data.get("preview") or str(move.data.get("note", "")).strip():
        return None
    return Reason("note_missing", _("Describe what was seen, in your own words."))


def stop_described(move: Move) -> Reason | None:
    """Who decided to stop it, what happened, on which term or whose order, what milder was tried: the same night."""
    if move.data.get("preview"):
        return None
    if all(str(move.data.get(name, "")).strip() for name in STOP_FIELDS):
        return None
    return Reason(
        "stop_undescribed",
        _("Write who decided, what happened, the term or order it rests on, and what milder was tried."),
    )


def deviation_settled(move: Move) -> Reason | None:
    """A deviation is finished with a note of what came of it."""
    if move.subject.state != "deviation":
        return None
    return note_written(move)
