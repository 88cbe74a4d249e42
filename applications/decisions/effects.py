"""Effects that rows name, run by the executor inside its transaction. What they write stands in services."""

from applications.decisions.choices import BoardOutcome
from applications.decisions.models import Appeal, Proposal, ProposalStatus
from applications.decisions.services.add_item import add_item
from applications.decisions.services.announce import write_announcement, write_legal_force
from applications.decisions.services.end_item import end_item
from applications.decisions.services.record_decision import record_decision, record_withdrawal
from applications.decisions.services.track_due import set_due
from applications.decisions.subjects import subject_of
from vetting.kernel.labels import Label
from vetting.kernel.workflow import Effect, Move, effects, promises

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


def lost_force(move: Move) -> None:
    """`decision.lost_force`: what rested on the decision stops; what that is, the case's own kind knows."""
    subject_of(move.case).lost_force(move)


def item_added(move: Move) -> None:
    """`board.item_added`: the case stands on the list of meeting `data["meeting_id"]`, the proposal as it reads."""
    add_item(move)


def item_ended(move: Move) -> None:
    """`board.item_ended`: the sitting decided nothing in the matter; the item ends with what it did."""
    end_item(move, outcome=_ENDED_AS[move.row.action])


def reopened(move: Move) -> None:
    """`decision.reopened`: a new proposal may be written; it will point at the decision it replaces."""
    Proposal.objects.filter(case=move.case, status=ProposalStatus.OPEN).update(status=ProposalStatus.DROPPED)


EFFECTS: tuple[tuple[str, Effect, str, str], ...] = (
    (
        "decision.record",
        record_decision,
        "Beslutets text fryses med kontrollsumma, och brevet görs som PDF.",
        "The decision's text is frozen with a checksum, and the letter is made as PDF.",
    ),
    (
        "decision.record_withdrawal",
        record_withdrawal,
        "Ärendet skrivs av genom ett beslut. Det läggs inte föreningen till last.",
        "The case is written off by a decision. Nothing is held against the association.",
    ),
    (
        "decision.reopened",
        reopened,
        "Ett nytt förslag kan skrivas. Det ersätter det gamla beslutet först när det nya fattas.",
        "A new proposal can be written. It replaces the old decision only when the new one is made.",
    ),
    ("decision.announced", announced, "Sista dag för överklagande räknas ut.", "The last day of appeal is computed."),
    (
        "decision.notice_fell",
        notice_fell,
        "Överklagandetiden har inte löpt. Beslutet ska tillkännages på nytt.",
        "The appeal time has not run. The decision is announced anew.",
    ),
    ("decision.final", final, "Laga kraft skrivs ned med domstolens svar.", "Legal force is written down."),
    ("decision.appealed", appealed, "Överklagandet skrivs ned med ankomstdag.", "The appeal is written down."),
    ("decision.judged", judged, "Domstolens svar skrivs ned.", "The court's answer is written down."),
    ("decision.rested", rested, "Det gamla beslutet gäller inte längre.", "The old decision no longer holds."),
    (
        "decision.lost_force",
        lost_force,
        "Det som vilar på beslutet och inte är verkställt stannar.",
        "What rests on the decision and is not carried out stops.",
    ),
    (
        "board.item_added",
        item_added,
        "Ärendet förs upp på sammanträdets lista med förslaget som det lyder nu.",
        "The case is put on the meeting's list with the proposal as it reads now.",
    ),
    (
        "board.item_ended",
        item_ended,
        "Punkten på nämndens lista avslutas. Inget beslut fattas i saken.",
        "The item on the board's list is ended. Nothing is decided in the matter.",
    ),
)


def register_all(owner: str) -> None:
    for name, effect, sv, en in EFFECTS:
        effects.register(name, effect, owner=owner)
        promises.register(name, Label(sv, en), owner=owner)
