"""What a review says: what is open, where to look, what stops, who must see it. Never an outcome, never a score.

Source: docs/domain.md §3. Adverse means "look here". A stop locks a way until a human with authority has recorded a
refusal, or special reasons with text. The verdict is pure: same review, same verdict, in any order of rows.
"""

from checklists.rules.definition import Lane
from checklists.rules.doubts import open_items
from checklists.rules.findings import Block, SecondReading, Verdict
from checklists.rules.review import ReviewView, asked_now
from checklists.rules.stops import blocks_of, counting_special_reasons, demanded, escalations_of, named


def verdict(review: ReviewView) -> Verdict:
    """Look at the whole review. Pure; raises nothing for any combination of answers."""
    asked = asked_now(review)
    answered = [(question, answer) for question in asked if (answer := review.answer(question.code))]
    blocks = tuple(block for question, answer in answered for block in blocks_of(review, question, answer))
    escalations = tuple(due for question, answer in answered for due in escalations_of(review, question, answer))
    found = tuple(sorted({one.question for one in counting_special_reasons(review) if one.found}))
    return Verdict(
        asked=tuple(question.code for question in asked),
        open=tuple(open_items(review, asked, blocks, escalations)),
        adverse=tuple(question.code for question, answer in answered if answer.value == question.adverse),
        blocks=blocks,
        escalations=escalations,
        calls_for=tuple(
            (question.code, one.calls_for)
            for question, answer in answered
            for one in named(question, answer)
            if one.calls_for
        ),
        weigh=tuple(
            question.code for question, _ in answered if question.weighs and demanded(review, question.weighs_rule)
        ),
        special_reasons=found,
        second_reading=_second_reading(review, blocks, found),
    )


def _second_reading(
    review: ReviewView, blocks: tuple[Block, ...], special_reasons: tuple[str, ...]
) -> tuple[SecondReading, ...]:
    reasons = {
        SecondReading.STOP_OF_PRINCIPLE: any(block.of_principle for block in blocks),
        SecondReading.SPECIAL_REASONS: bool(special_reasons),
        SecondReading.IN_DEPTH: review.lane == Lane.IN_DEPTH,
    }
    return tuple(reason for reason, holds in reasons.items() if holds)
