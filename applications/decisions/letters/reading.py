"""What a letter says, gathered from the case, the proposal and who decides."""

from datetime import date
from typing import Any

from applications.decisions.choices import Body, Outcome, Path
from applications.decisions.letters.compose import LetterFacts, Signer
from applications.decisions.models import BoardItem, Proposal
from applications.decisions.proposals import Ruling, ruling_of
from applications.decisions.subjects import Described


def letter_facts(
    *,
    case: Any,
    proposal: Proposal,
    about: Described,
    on: date,
    signer: Signer,
    item: BoardItem | None = None,
    ruling: Ruling | None = None,
    is_example: bool = False,
) -> LetterFacts:
    """The letter as it is, or as it would be today. The board's own text replaces the proposal's reasons."""
    ruling = ruling or ruling_of(proposal, item, about)
    facts = case.district.letter_facts
    named = facts.get("staff_names", True)  # letters without names of staff are the district's own policy
    own = bool(ruling.board_text)
    return LetterFacts(
        number=case.number,
        on=on,
        board=case.district.board_name,
        facts={key: str(value) for key, value in facts.items()},
        frame=about.frame,
        name=case.association.name if case.association_id else about.name,
        orgnr=case.association.orgnr if case.association_id else "",
        address=about.address,
        subject={"sv": about.subject_sv, "en": about.subject_en},
        outcome=ruling.outcome,
        path=Path.BOARD if item else proposal.path,
        signer=signer,
        presenter=proposal.written_by_name if named else "",
        officer=case.officer.name if named and case.officer_id else "",
        period=about.period,
        amount=ruling.amount,
        lines=() if own else tuple(proposal.lines),
        found=proposal.facts,
        citations=tuple(proposal.citations),
        assessment=proposal.assessment,
        rungs=tuple(proposal.rungs),
        board_text=ruling.board_text,
        priority_note=proposal.priority_note,
        formal_ground=proposal.formal_ground if ruling.reason_class == "formal" else "",
        formal_last_day=proposal.formal_last_day,
        formal_came_on=proposal.formal_came_on,
        formal_helped_on=proposal.formal_helped_on,
        special_reasons=proposal.special_reasons,
        special_reasons_text=proposal.special_reasons_text,
        conditions=(*about.conditions, *proposal.condition_lines),
        report_on=proposal.last_report_on,
        repayment_clause=proposal.repayment_clause,
        interest_clause=proposal.interest_clause,
        payment=about.payment if ruling.outcome in (Outcome.FULL, Outcome.PART) else "",
        corrected_on=proposal.corrects.decided_on if proposal.corrects else None,
        is_example=is_example,
    )


def board_signer(item: BoardItem, board: str) -> Signer:
    body = board if item.meeting.body == Body.BOARD else f"{board}, {Body(item.meeting.body).label}"
    return Signer(name=body, meeting=item.meeting.date, paragraph=item.paragraph)
