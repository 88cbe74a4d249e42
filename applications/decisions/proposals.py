"""A proposal as the rules see it: plain facts, the delegation question, and the digest of its text."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from applications.decisions.choices import ADVERSE, GRANTING, BoardOutcome, Outcome
from applications.decisions.freezing import text_sha256
from applications.decisions.models import BoardItem, Proposal
from applications.decisions.rules.board import BoardFacts, decided_outcome
from applications.decisions.rules.delegation import DecisionFacts
from applications.decisions.rules.reasons import ProposalFacts
from applications.decisions.subjects import Described, subject_of
from vetting.kernel import clock

OTHERWISE = frozenset({BoardOutcome.CHANGED, BoardOutcome.REFUSED})

# The fields a person writes: what a save takes and a digest covers.
WRITTEN = (
    "outcome",
    "reason_class",
    "amount",
    "lines",
    "criteria",
    "facts",
    "facts_from",
    "citations",
    "assessment",
    "rungs",
    "priority_note",
    "formal_ground",
    "formal_last_day",
    "formal_came_on",
    "formal_helped_on",
    "principle",
    "principle_reason",
    "special_reasons",
    "special_reasons_text",
    "differs",
    "differs_reason",
    "conditions",
    "last_report_on",
    "repayment_clause",
    "interest_clause",
    "path",
    "urgent_reason",
)
_PLAIN = tuple(name for name in WRITTEN if name not in ("lines", "criteria", "citations", "rungs", "conditions"))
_IN_RULES = frozenset(ProposalFacts.__dataclass_fields__)


def digest(proposal: Proposal) -> str:
    """SHA-256 over everything that is written in the proposal: the very text somebody had before them."""
    return text_sha256({name: getattr(proposal, name) for name in WRITTEN})


def facts_of(proposal: Proposal, about: Described, *, has_comparables: bool) -> ProposalFacts:
    """The proposal and its case as the rules ask for them."""
    granted = [Decimal(line["granted"]) for line in proposal.lines if line.get("granted")]
    departs = about.departures(proposal.amount) if proposal.outcome in GRANTING else ()
    return ProposalFacts(
        **{name: getattr(proposal, name) for name in _PLAIN if name in _IN_RULES},
        requested=about.requested,
        line_sum=sum(granted, Decimal(0)) if proposal.lines else None,
        applied_lines=sum((one.applied for one in about.costs), Decimal(0)) if about.costs else None,
        criteria=frozenset(proposal.criteria),
        citations=proposal.citations,
        rungs={rung["rung"]: rung["reason"] for rung in proposal.rungs},
        has_comparables=has_comparables,
        adverse_answers=about.adverse,
        blocks=about.blocks,
        departures=tuple(str(one) for one in departs),
        today=clock.today(),
    )


def proposal_facts(case: Any, proposal: Proposal) -> ProposalFacts:
    """The same, read from the case through its registered subject."""
    subject = subject_of(case)
    compared = proposal.outcome in ADVERSE and bool(subject.comparables(case, proposal))  # asked where it is owed
    return facts_of(proposal, subject.describe(case), has_comparables=compared)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruling:
    """What is decided, after the board's own word where it departed: outcome, class, sum in kr."""

    outcome: str
    reason_class: str
    amount: Decimal | None
    board_text: str = ""


def ruling_of(proposal: Proposal, item: BoardItem | None, about: Described) -> Ruling:
    """The board's own ruling where it ruled otherwise; else the proposal's, also while the board has said nothing."""
    if item is None or item.outcome not in OTHERWISE:
        return Ruling(outcome=proposal.outcome, reason_class=proposal.reason_class, amount=_sum(proposal, about))
    outcome = decided_outcome(board_facts(item, proposal, about))
    return Ruling(
        outcome=outcome,
        reason_class=item.own_reason_class,
        amount=item.own_amount if outcome in (Outcome.FULL, Outcome.PART) else None,
        board_text=item.own_text,
    )


def _sum(proposal: Proposal, about: Described) -> Decimal | None:
    if proposal.outcome not in (Outcome.FULL, Outcome.PART):
        return None
    return proposal.amount


def board_facts(item: BoardItem, proposal: Proposal, about: Described) -> BoardFacts:
    """A registered item as the board's rules ask for it."""
    return BoardFacts(
        outcome=item.outcome,
        paragraph=item.paragraph,
        own_outcome=item.own_outcome,
        own_reason_class=item.own_reason_class,
        own_amount=item.own_amount,
        own_text=item.own_text,
        proposed_outcome=proposal.outcome,
        proposed_amount=proposal.amount,
        requested=about.requested,
        same_text=item.proposal_version == proposal.version and item.proposal_digest == digest(proposal),
    )


def decision_facts(
    case: Any,
    proposal: Proposal,
    about: Described,
    *,
    actor: str,
    on: date,
    next_meeting: date | None = None,
    ruling: Ruling | None = None,
) -> DecisionFacts:
    """The delegation question. What is adverse in the review counts beside what the proposal says it rests on."""
    outcome = ruling.outcome if ruling else proposal.outcome
    return DecisionFacts(
        kind=case.kind,
        matter=proposal.matter,
        outcome=outcome,
        amount=ruling.amount if ruling else proposal.amount,
        requested=about.requested,
        criteria=frozenset(proposal.criteria) | about.adverse,
        principle=proposal.principle,
        path=proposal.path,
        on=on,
        actor=actor,
        lane_opened_by=about.lane_opened_by,
        urgent_reason=proposal.urgent_reason,
        next_meeting=next_meeting,
    )


def values_of(proposal: Proposal) -> Mapping[str, Any]:
    return {name: getattr(proposal, name) for name in WRITTEN}
