"""Recording a decision: the text is frozen with its hash first, then the record, its track and the letter's job.

Effect `decision.record` of a row that forms a decision. All in the executor's transaction: a decision without frozen
reasons cannot exist, nor a letter before it (design: §2.3; JO 1008-2021).
"""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from applications.cases import executor
from applications.decisions import guards, selectors
from applications.decisions.choices import (
    GRANTING,
    Body,
    FormalGround,
    Outcome,
    Path,
    ReasonClass,
    Reported,
    SpecialReasons,
)
from applications.decisions.freezing import LETTER, text_sha256
from applications.decisions.letters.compose import Document, Signer, compose
from applications.decisions.letters.reading import board_signer, letter_facts
from applications.decisions.models import BoardItem, Decision, DecisionTrack, Proposal, ProposalStatus
from applications.decisions.proposals import Ruling, ruling_of, values_of
from applications.decisions.rules.delegation import CONTENT, Entry
from applications.decisions.services.keep_reviews import keep_reviews
from applications.decisions.services.report_decision import report_decision
from applications.decisions.services.save_proposal import wrote
from applications.decisions.services.track_due import first_due
from applications.decisions.subjects import Described, described, letter_of
from vetting.accounts.roles import ROLES, Role
from vetting.audit.services import store_payload
from vetting.jobs.services import ask
from vetting.kernel.errors import NotNow, Reason, Stale
from vetting.kernel.workflow import Move

LETTER_JOB = "decision.letter"


@dataclass(frozen=True, slots=True)
class _Power:
    """By what right it is decided: the path, the table's version and row, or the board's item."""

    path: str
    body: str
    signer: Signer
    decided_by: str
    version: Any
    entry: Entry | None


def record_decision(move: Move) -> None:
    """Effect `decision.record`. The guards of the row have found the proposal complete and the decider empowered."""
    proposal = guards.proposal_on(move)
    if proposal is None:
        raise NotNow(_("Write the proposal first."), code="no_proposal")
    seen = move.data.get("proposal_version")
    if seen is not None and seen != proposal.version:
        text = _("Somebody saved the proposal after you read it. Read it as it is now, then decide.")
        raise Stale(text, seen=seen, current=proposal.version)
    item = guards.item_on(move)
    record_proposal(move, proposal, item)


def record_withdrawal(move: Move) -> None:
    """Effect `decision.record_withdrawal`: a writing off at the applicant's own request, from what was handed in."""
    for item in BoardItem.objects.filter(case=move.case, kind="decide", ended_at__isnull=True):
        item.ended_at = move.at
        item.save(update_fields=["ended_at"])
    open_ones = Proposal.objects.filter(case=move.case, matter="main", status=ProposalStatus.OPEN)
    open_ones.update(status=ProposalStatus.DROPPED)
    proposal = Proposal.objects.create(
        case=move.case,
        outcome=Outcome.STRUCK,
        reason_class=ReasonClass.FORMAL,
        formal_ground=FormalGround.WITHDRAWN,
        formal_came_on=_request_day(move),
        facts="Sökanden har skriftligen återkallat sin ansökan.",
        citations=[_withdrawn_rule(move)],
        principle=False,
        repayment_clause=False,
        interest_clause=False,
        written_by=move.actor.reference,
        written_by_name=move.actor.name,
        created_at=move.at,
        saved_at=move.at,
    )
    wrote(proposal, move.actor)
    move.facts["proposal:main"] = proposal
    for guard in (guards.proposal_complete, guards.decider_allowed):
        if reason := guard(move):
            raise NotNow(_("This cannot be done now."), reasons=[reason], code=reason.code)
    record_proposal(move, proposal, None)


def record_proposal(move: Move, proposal: Proposal, item: BoardItem | None) -> Decision:
    """Freezes the letter, writes the record and its track, and asks for the PDF."""
    about = described(move.subject)
    ruling = ruling_of(proposal, item, about)
    power = _board_power(move, item) if item else _own_power(move, proposal, about)
    letter_code = letter_of(move.case, ruling.outcome)
    template: Any = selectors.template_on(move.case.district_id, letter_code, move.today)
    decided_on = item.meeting.date if item else move.today
    letter = _letter(move, proposal, about, ruling, power, item, template)
    content = {LETTER: letter, "proposal": dict(values_of(proposal)), "names": _names(move, proposal, about, power)}
    payload, promise = store_payload(content, district=move.case.district.code, at=move.at)
    _replace(move, proposal)
    decision = Decision.objects.create(
        case=move.case,
        district=move.case.district,
        matter=proposal.matter,
        outcome=ruling.outcome,
        reason_class=ruling.reason_class,
        frame=about.frame,
        requested=about.requested,
        amount=ruling.amount,
        criteria=proposal.criteria,
        citations=proposal.citations,
        rules_version=about.rules_version,
        principle=bool(proposal.principle),
        special_reasons=_special_reasons(proposal, ruling, about),
        differs=proposal.differs,
        last_report_on=proposal.last_report_on if ruling.amount is not None else None,
        repayment_clause=proposal.repayment_clause,
        interest_clause=proposal.interest_clause,
        proposal=proposal,
        proposal_version=proposal.version,
        corrects=proposal.corrects,
        path=power.path,
        body=power.body,
        board_item=item,
        paragraph=item.paragraph if item else "",
        delegation=power.version,
        delegation_rule=power.entry.rule if power.entry else "",
        reported=power.entry.reported if power.entry else "",
        decided_on=decided_on,
        decided_by=power.decided_by,
        registered_by=move.actor.reference,
        presented_by=proposal.written_by,
        took_part=sorted({reference for reference, _name in about.took_part}),
        template=template,
        payload_id=payload.pk,
        commitment=promise,
        text_sha256=text_sha256(letter),
        at=move.at,
    )
    keep_reviews(move, decision)
    _follow(move, decision, proposal, item)
    return decision


def _special_reasons(proposal: Proposal, ruling: Ruling, about: Described) -> str:
    """The proposal's, unless the board granted in its own words where the clause stops: those are special reasons."""
    own = ruling.board_text and ruling.outcome in GRANTING
    if own and any(CONTENT.match(code) for code in about.blocks):
        return SpecialReasons.FOUND
    return proposal.special_reasons


def _letter(
    move: Move,
    proposal: Proposal,
    about: Described,
    ruling: Ruling,
    power: _Power,
    item: BoardItem | None,
    template: Any,
) -> Document:
    """The letter's words as they are frozen."""
    facts = letter_facts(
        case=move.subject,
        proposal=proposal,
        about=about,
        on=item.meeting.date if item else move.today,
        signer=power.signer,
        item=item,
        ruling=ruling,
        is_example=template.is_example,
    )
    return compose(facts, template.content)


def _board_power(move: Move, item: BoardItem) -> _Power:
    """The board's outcome, registered by the secretary; of a committee or the presidium under its row."""
    entry = move.facts.get("delegation")
    version = selectors.delegation_on(move.case.district_id, move.today) if entry else None
    board = move.case.district.board_name
    path = Path.BOARD if item.meeting.body == Body.BOARD else Path.DELEGATE
    by = f"body:{move.case.district.code}:{item.meeting.body}"
    return _Power(path, item.meeting.body, board_signer(item, board), by, version, entry)


def _own_power(move: Move, proposal: Proposal, about: Described) -> _Power:
    """One person under the delegation, or the chair where the board cannot be awaited."""
    entry: Entry = move.facts["delegation"]
    role = move.state_change.role if move.state_change else entry.role
    named = move.case.district.letter_facts.get("staff_names", True)
    signer = Signer(
        name=move.actor.name if named else "",
        title=ROLES[Role(role)].label.sv if role in ROLES else "",
        rule=entry.rule,
        reported=entry.reported,
    )
    version = selectors.delegation_on(move.case.district_id, move.today)
    return _Power(proposal.path, "", signer, move.actor.reference, version, entry)


def _names(move: Move, proposal: Proposal, about: Described, power: _Power) -> dict[str, Any]:
    """Who decided, registered, presented and took part, by name: FL 31 § as the template of a record."""
    return {
        "decided": power.signer.name or move.actor.name,
        "registered": move.actor.name,
        "presented": proposal.written_by_name,
        "took_part": [name for _reference, name in about.took_part],
    }


def _replace(move: Move, proposal: Proposal) -> None:
    """The decision in force on the matter gives way to the one that points at it; any other stands in the way."""
    standing = selectors.in_force(move.case.pk, proposal.matter)
    if standing is None:
        return
    if proposal.corrects_id != standing.decision_id:
        text = _("A decision on this matter is in force already. Correct it by a new decision that points at it.")
        raise NotNow(text, code="in_force")
    executor.perform(subject=standing, action="correct", actor=move.actor, data={"proposal": proposal})


def _follow(move: Move, decision: Decision, proposal: Proposal, item: BoardItem | None) -> None:
    track = DecisionTrack(
        decision=decision, case=move.case, matter=decision.matter, due_on=first_due(decision.decided_on)
    )
    data = {
        "decision": str(decision.key),
        "matter": decision.matter,
        "outcome": decision.outcome,
        "reason_class": decision.reason_class,
        "amount": decision.amount,
        "text_sha256": decision.text_sha256,
    }
    executor.create(subject=track, actor=move.actor, data=data)
    proposal.status = ProposalStatus.DECIDED
    proposal.save(update_fields=["status"])
    if item:
        item.ended_at = move.at
        item.save(update_fields=["ended_at"])
    elif decision.path == Path.CHAIR or decision.reported == Reported.REPORTED:
        report_decision(decision, on=move.today, at=move.at)
    ask(
        kind=LETTER_JOB,
        actor=move.actor.reference,
        district_id=move.case.district_id,
        arguments={"decision": str(decision.key)},
    )


def _request_day(move: Move) -> Any:
    document = move.case.documents.filter(pk=move.data.get("document_id")).first()
    return (document.arrived_on if document else None) or move.today


def _withdrawn_rule(move: Move) -> dict[str, str]:
    template = selectors.template_on(move.case.district_id, letter_of(move.case, Outcome.STRUCK), move.today)
    rules = template.content.get("citations", []) if template else []
    for rule in rules:
        if rule["id"] == "policy-withdrawn":
            return {key: rule.get(key, "") for key in ("id", "ground", "section", "version", "sv", "en")}
    reason = Reason("no_template", _("There is no letter template in force with the rule on withdrawal."))
    raise NotNow(reason.text, reasons=[reason], code=reason.code)
