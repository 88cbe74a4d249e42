"""Guards of the grant case: pure predicates that answer with a reason, or None (docs/domain.md §8.1)."""

import re
from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from applications.cases.executor import came_from
from applications.decisions.choices import GRANTING, BoardOutcome
from applications.decisions.guards import item_on, page, proposal_on
from applications.grants import review_cycle
from checklists.rules.definition import StopEffect
from checklists.rules.findings import Block, Doubt, Verdict
from vetting.kernel.errors import Reason
from vetting.kernel.workflow import Move

FORMAL = re.compile(r"^A([1-9]|1[0-2]|12a)$")
UNANSWERED = frozenset({Doubt.MISSING, Doubt.UNCONFIRMED})
SHOWN = 6  # so many question codes are named in a reason


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
    if move.data.get("preview") or move.subject.officer_id or move.data.get("officer_id"):
        return None
    return Reason("officer_missing", _("Choose who handles the case."))


def formal_questions_answered(move: Move) -> Reason | None:
    """A1–A12 and A12a are answered, whatever the answers are."""
    open_items = (one for verdict in review_cycle.verdicts_on(move) for one in verdict.open)
    codes = {one.question for one in open_items if one.doubt in UNANSWERED and FORMAL.match(one.question)}
    if not codes:
        return None
    return Reason(
        "formal_open", _("Answer the formal questions first: %(codes)s.") % {"codes": named(codes)}, review_url(move)
    )


def review_complete(move: Move) -> Reason | None:
    """Nothing in the verdict is open: the review can be signed (docs/domain.md §3, §6.2 F1)."""
    verdicts = review_cycle.verdicts_on(move)
    if not verdicts:
        return Reason("no_review", _("There is no review yet."))
    codes = {one.question for verdict in verdicts for one in verdict.open}
    if not codes:
        return None
    text = _("The review is not complete: %(codes)s.") % {"codes": named(codes)}
    return Reason("review_open", text, review_url(move))


def reviews_signed(move: Move) -> Reason | None:
    """What goes on to a decision rests on signed reviews (docs/domain.md §6.2 F1); to dismiss, none is needed."""
    states = set(review_cycle.states_of(move.subject))
    if states == {"complete"}:
        return None
    if not states:
        return Reason("no_review", _("There is no review yet."))
    return Reason(
        "review_unsigned",
        _("A review of the case is open. It must be complete and signed before anything is decided: return the case."),
        review_url(move),
    )


def no_stop_in_the_way(move: Move) -> Reason | None:
    """A stop locks the way to a grant until special reasons are recorded; it sets no outcome (docs/domain.md §3)."""
    locked = {block.question for verdict in review_cycle.verdicts_on(move) for block in _locks(verdict)}
    if not locked:
        return None
    return Reason(
        "stop",
        _("A stop is met at %(codes)s. To grant, somebody with authority records special reasons there first.")
        % {"codes": named(locked)},
        review_url(move),
    )


def no_stop_when_granting(move: Move) -> Reason | None:
    """The same of what is sent to the board to be granted; a proposal to refuse is sent with its stop."""
    proposal = proposal_on(move)
    return no_stop_in_the_way(move) if proposal is not None and proposal.outcome in GRANTING else None


def board_lifts_the_stop(move: Move) -> Reason | None:
    """The board is the authority a stop waits for: its own reasons from the minutes are then the special reasons.

    As proposed it decides on the proposal's text, and what stood in that one's way stands in the board's.
    """
    reason, item = no_stop_in_the_way(move), item_on(move)
    if reason is None or item is None or (item.outcome == BoardOutcome.CHANGED and item.own_text.strip()):
        return None
    if item.outcome != BoardOutcome.CHANGED:
        return reason
    text = _("A stop is met. Where the board grants in spite of it, write its special reasons as the minutes say.")
    return Reason("board_stop", text, page("register-board-decision", move.case, "own_text"))


def _locks(verdict: Verdict) -> Iterable[Block]:
    return verdict.locks(StopEffect.PATH)


def comment_given(move: Move) -> Reason | None:
    """A step that sends work back says why. Asked only when the step is taken, not when the button is shown."""
    if move.data.get("preview") or move.comment.strip():
        return None
    return Reason("comment_missing", _("Write why, so that the next person knows what to do."))


def reader_is_not_preparer(move: Move) -> Reason | None:
    """Four eyes: whoever prepared the case does not read it (docs/domain.md §6.2 F3)."""
    if has_prepared(move):
        return Reason("same_person", _("You wrote in the proposal or the review. Another person must read it."))
    return None


def decider_is_not_preparer(move: Move) -> Reason | None:
    """Nobody decides alone on what they prepared themselves: review or proposal (docs/domain.md §6.2 F3).

    Returning a proposal with a comment prepares nothing; writing other reasons into it does (§7: a unit head proposes,
    and decides what somebody else has proposed).
    """
    if has_prepared(move):
        return Reason("same_person", _("You wrote in the proposal or the review. Another person must decide it."))
    return None


def has_prepared(move: Move) -> bool:
    """Whether the actor submitted the review, answered in it, or wrote any version of the proposal."""
    if "prepared_by" not in move.facts:
        writers = getattr(proposal_on(move), "writers", ())
        move.facts["prepared_by"] = {*writers, *review_cycle.answerers_of(move.subject)}
    return move.subject.preparer_id == move.actor.user_id or move.actor.reference in move.facts["prepared_by"]


def dismissible(move: Move) -> Reason | None:
    """Dismissal belongs to the formal check: from a completion only when the formal check asked for it."""
    if move.subject.state == "completion" and came_from(move.subject) != "formal_check":
        return Reason("not_formal", _("The case has passed the formal check. It is decided on its merits."))
    return None


def request_in_writing(move: Move) -> Reason | None:
    """Withdrawing is the applicant's own act, in writing (docs/domain.md §8.1)."""
    if move.data.get("preview") or move.data.get("document_id"):
        return None
    return Reason("request_missing", _("Add the applicant's own request in writing."))


def second_person_closes(move: Move) -> Reason | None:
    """A granted case is closed by somebody else than who prepared it (docs/domain.md §8.1)."""
    if move.subject.state == "granted" and move.subject.preparer_id == move.actor.user_id:
        return Reason("same_person", _("You prepared this case. A second person closes it."))
    return None


def review_url(move: Move) -> str:
    return reverse("show-review", args=["case", move.subject.key])


def named(codes: Iterable[str]) -> str:
    """The codes in the list's order, the first few by name."""
    order = sorted(codes, key=lambda code: (int(re.sub(r"\D", "", code)), code))
    return ", ".join(order[:SHOWN]) + (" …" if len(order) > SHOWN else "")
