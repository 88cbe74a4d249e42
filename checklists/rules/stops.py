"""What stops, who must see it, and what special reasons count. Source: docs/domain.md §3, §3.3."""

from collections.abc import Iterator

from checklists.rules.answers import may_name
from checklists.rules.definition import Circumstance, Question, StopEffect
from checklists.rules.evidence import carries
from checklists.rules.findings import Block, EscalationDue, EscalationState
from checklists.rules.review import AnswerView, EscalationView, ReviewView, SpecialReasonsView


def named(question: Question, answer: AnswerView) -> list[Circumstance]:
    """The circumstances named beside the answer that can stand there, in the checklist's order."""
    return [
        one
        for one in question.circumstances
        if one.code in answer.circumstances and may_name(question, one, answer.value)
    ]


def blocks_of(review: ReviewView, question: Question, answer: AnswerView) -> Iterator[Block]:
    stop = question.stop
    if stop is None:
        return
    standing = named(question, answer)
    spared = {code for one in standing for code in one.spares}
    causes = [one.code for one in standing if one.stops and one.code not in spared and demanded(review, one.rule)]
    if stop.on == answer.value and demanded(review, stop.rule):
        causes.append("")
    cards = [card for card in review.evidence if card.question == question.code]
    sound = carries(cards, needed=question.needs_evidence)
    lifted = stop.effect == StopEffect.PATH and any(
        one.found and one.question == question.code for one in counting_special_reasons(review)
    )
    for cause in causes:
        yield Block(question.code, cause, stop.effect, question.of_principle, sound, lifted)


def demanded(review: ReviewView, rule: str) -> bool:
    return not rule or rule in review.rule_flags


def counting_special_reasons(review: ReviewView) -> Iterator[SpecialReasonsView]:
    """The newest trial of special reasons per question, where it was made on the present doubt."""
    newest = {one.question: one for one in sorted(review.special_reasons, key=lambda one: (one.at, one.found))}
    for code, one in newest.items():
        answer = review.answer(code) if code in review.definition.by_code else None
        if answer and one.at >= answer.since:
            yield one


def escalations_of(review: ReviewView, question: Question, answer: AnswerView) -> Iterator[EscalationDue]:
    """Whom the checklist says it goes to, and whom somebody has put it to besides: each is open until answered."""
    due = {to: "" for escalation in question.escalations if answer.value in escalation.on for to in escalation.to}
    for one in named(question, answer):
        for to in one.to:
            due.setdefault(to, one.code)
    all_made = sorted(escalations_made(review, question, answer), key=lambda one: (one.at, one.to))
    for one_made in all_made:
        due.setdefault(one_made.to, "")
    for to, because in due.items():
        made = [one for one in all_made if one.to == to]
        state = EscalationState.NEEDED
        if made:
            answered = any(one.answered for one in made)
            state = EscalationState.ANSWERED if answered else EscalationState.ASKED
        yield EscalationDue(question.code, to, because, state)


def escalations_made(review: ReviewView, question: Question, answer: AnswerView) -> list[EscalationView]:
    """The escalations that were made on the present doubt."""
    return [one for one in review.escalations if one.question == question.code and one.at >= answer.since]
