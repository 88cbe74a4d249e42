"""Effects that rows name, run by the executor inside its transaction. What they write stands in services."""

from applications.decisions.choices import BoardOutcome
from applications.decisions.models import Appeal, Proposal, ProposalStatus
from applications.decisions.services.add_item import add_item
from applications.decisions.services.announce import write_announcement, write_legal_force
from applications.decisions.services.end_item import end_item
from applications.decisions.services.record_decision import record_decision, record_withdrawal
from applications.decisions.services.track_due import set_due
from vetting.kernel.workflow import Move, effects

_ENDED_AS = {
    "table": BoardOutcome.TABLED,
    "refer_back": BoardOutcome.REFERRED_BACK,
    "strike": BoardOutcome.STRUCK,
}


def announced(move: Move) -> None:
    """`decision.announced`: the notice as registered, with the computed days; the track is due when force can come."""
    notice = write_announcement(move)
    set_due(move.subject, notice.force_from)


def notice_fell(move: Move) -> None:
    """`decision.notice_fell`: the notice gets its take-down day; the appeal time has not run."""
    notice = move.subject.announcements.first()
    notice.taken_down_on = move.data["taken_down_on"]
    notice.save(update_fields=["taken_down_on"])
    set_due(move.subject, move.today)


def final(move: Move) -> None:
    """`decision.final`: the confirmation with the court's answer."""
    write_legal_force(move)
    set_due(move.subject, None)


def appealed(move: Move) -> None:
    """`decision.appealed`: the appeal with its arrival day."""
    Appeal.objects.create(
        track=move.subject,
        arrived_on=move.data["arrived_on"],
        forwarded_on=move.data.get("forwarded_on"),
        court_number=move.data.get("court_number", ""),
        registered_by=move.actor.reference,
        at=move.at,
    )
    set_due(move.subject, None)


def judged(move: Move) -> None:
    """`decision.judged`: what the court said of the open appeal."""
    appeal = move.subject.appeals.filter(judgment="").first()
    if appeal is not None:
        appeal.judgment, appeal.judged_on = move.row.action, move.data["judged_on"]
        appeal.ground = move.data.get("ground", "")
        appeal.save(update_fields=["judgment", "judged_on", "ground"])
    set_due(move.subject, None)


def rested(move: Move) -> None:
    """`decision.rested`: nothing more is due."""
    set_due(move.subject, None)


def item_added(move: Move) -> None:
    """`board.item_added`: the case stands on the list of meeting `data["meeting_id"]`, the proposal as it reads."""
    add_item(move)


def item_ended(move: Move) -> None:
    """`board.item_ended`: the sitting decided nothing in the matter; the item ends with what it did."""
    end_item(move, outcome=_ENDED_AS[move.row.action])


def reopened(move: Move) -> None:
    """`decision.reopened`: a new proposal may be written; it will point at the decision it replaces."""
    Proposal.objects.filter(case=move.case, status=ProposalStatus.OPEN).update(status=ProposalStatus.DROPPED)


def register_all(owner: str) -> None:
    for name, effect in {
        "decision.record": record_decision,
        "decision.record_withdrawal": record_withdrawal,
        "decision.reopened": reopened,
        "decision.announced": announced,
        "decision.notice_fell": notice_fell,
        "decision.final": final,
        "decision.appealed": appealed,
        "decision.judged": judged,
        "decision.rested": rested,
        "board.item_added": item_added,
        "board.item_ended": item_ended,
    }.items():
        effects.register(name, effect, owner=owner)
