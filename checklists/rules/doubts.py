"""What keeps a review from being complete, question by question. Source: docs/domain.md §3."""

from collections.abc import Callable, Iterator

from checklists.rules.answers import looked_enough, owes_looked_at
from checklists.rules.definition import Question, StopEffect, Value
from checklists.rules.findings import Block, Doubt, EscalationDue, EscalationState, Open
from checklists.rules.review import AnswerView, ReviewView, departs, is_typed
from checklists.rules.stops import counting_special_reasons, escalations_made, named


def open_items(
    review: ReviewView, asked: tuple[Question, ...], blocks: tuple[Block, ...], escalations: tuple[EscalationDue, ...]
) -> Iterator[Open]:
    for question in asked:
        answer = review.answer(question.code)
        if answer is None:
            yield Open(question.code, _why_unanswered(review, question))
            continue
        for doubt, holds in _ANSWER_DOUBTS.items():
            if holds(review, question, answer):
                yield Open(question.code, doubt)
        yield from _look_also(review, question, answer)
        for due in escalations:
            if due.question == question.code and due.state != EscalationState.ANSWERED:
                yield Open(question.code, Doubt.ESCALATION, due.to)
        yield from _open_blocks(review, question, [block for block in blocks if block.question == question.code])


def _why_unanswered(review: ReviewView, question: Question) -> Doubt:
    if not is_typed(question):
        return Doubt.SYSTEM_WAITS
    return Doubt.UNCONFIRMED if question.code in review.prefills else Doubt.MISSING


def _contradicted(review: ReviewView, question: Question, answer: AnswerView) -> bool:
    """The register says something else since the answer was given."""
    prefill = review.prefills.get(question.code)
    return prefill is not None and prefill.at > answer.at and prefill.value != answer.value and is_typed(question)


def _unclear(review: ReviewView, question: Question, answer: AnswerView) -> bool:
    """Oklart on a starred question is never passed silently: a new answer, or somebody with authority has answered."""
    if not question.star or answer.value != Value.UNCLEAR:
        return False
    return not escalations_made(review, question, answer)  # once put to somebody, the escalation itself is open


def _looked_too_little(review: ReviewView, question: Question, answer: AnswerView) -> bool:
    return owes_looked_at(question, answer.value) and not looked_enough(answer.looked_at, review.least_looked_at)


def _unnamed(review: ReviewView, question: Question, answer: AnswerView) -> bool:
    """An adverse answer with several meanings names one of them; for acts somebody says whether it is shown."""
    if not question.must_name or answer.value != question.adverse:
        return False
    return not any(one for one in named(question, answer) if not (question.needs_evidence and one.any_answer))


_ANSWER_DOUBTS: dict[Doubt, Callable[[ReviewView, Question, AnswerView], bool]] = {
    Doubt.UNCONFIRMED: _contradicted,
    Doubt.UNCLEAR: _unclear,
    Doubt.LOOKED_AT: _looked_too_little,
    Doubt.UNNAMED: _unnamed,
}


def _look_also(review: ReviewView, question: Question, answer: AnswerView) -> Iterator[Open]:
    """A circumstance that belongs to another question: open while that one stands as ordinary from before."""
    for one in named(question, answer):
        if not one.see or one.see not in review.asked:
            continue
        other = review.answer(one.see)
        if other and other.at < answer.at and not departs(review.definition.by_code[one.see], other.value):
            yield Open(question.code, Doubt.SEE, one.see)


def _open_blocks(review: ReviewView, question: Question, blocks: list[Block]) -> Iterator[Open]:
    if any(not block.sound for block in blocks):
        yield Open(question.code, Doubt.WEAK_EVIDENCE)
    if any(block.effect == StopEffect.PERSON for block in blocks):
        yield Open(question.code, Doubt.CONFLICT)
    tried = {one.question for one in counting_special_reasons(review)}
    if blocks and question.special_reasons and question.code not in tried:
        yield Open(question.code, Doubt.SPECIAL_REASONS)
