"""A review as the rules see it: plain values, taken from the rows by `checklists.selectors`."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from checklists.rules.definition import Definition, Lane, LookedAt, Question, Target, Value


@dataclass(frozen=True, slots=True)
class AnswerView:
    """The current answer to a question.

    `since`: when the present unbroken run of answers began that either all depart from the expected one or all are it.
    An escalation or special reasons from before that moment belong to an earlier, settled doubt and do not count.
    """

    question: str
    value: Value
    at: datetime
    since: datetime
    circumstances: frozenset[str] = frozenset()
    looked_at: frozenset[LookedAt] = frozenset()
    has_own_words: bool = False


@dataclass(frozen=True, slots=True)
class PrefillView:
    """What the register or the last review says; it is no answer until a person has confirmed it."""

    question: str
    value: Value
    at: datetime


@dataclass(frozen=True, slots=True)
class EvidenceView:
    """A card that stands (withdrawn cards are left out). `confirmed`: the party's own answer confirms the fact."""

    question: str
    source_class: int
    confirmed: bool = False


@dataclass(frozen=True, slots=True)
class EscalationView:
    question: str
    to: Target
    at: datetime
    answered: bool


class Weighed(StrEnum):
    """What is weighed in particular (docs/domain.md §2.2 a–d)."""

    DISTANCE = "distance"
    MEASURES = "measures"
    SINGLE = "single"
    LONG_AGO = "long_ago"


@dataclass(frozen=True, slots=True)
class SpecialReasonsView:
    """Special reasons were tried for this question: found or not (docs/domain.md §2.2)."""

    question: str
    found: bool
    at: datetime


@dataclass(frozen=True, slots=True)
class ReviewView:
    """Everything `verdict` may look at. `system` holds the answers the system gives from its own rows (A24, L16)."""

    definition: Definition
    asked: frozenset[str]
    lane: Lane = Lane.FORMAL
    refusal_considered: bool = False
    rule_flags: frozenset[str] = frozenset()
    least_looked_at: frozenset[LookedAt] = frozenset()
    answers: Mapping[str, AnswerView] = field(default_factory=dict)
    prefills: Mapping[str, PrefillView] = field(default_factory=dict)
    evidence: tuple[EvidenceView, ...] = ()
    escalations: tuple[EscalationView, ...] = ()
    special_reasons: tuple[SpecialReasonsView, ...] = ()
    system: Mapping[str, AnswerView] = field(default_factory=dict)

    def answer(self, code: str) -> AnswerView | None:
        """The current answer, whoever gives it: a person, or the system where only the system can."""
        question = self.definition.by_code[code]
        return self.answers.get(code) if is_typed(question) else self.system.get(code)


def is_typed(question: Question) -> bool:
    """Whether a person answers the question. A24 and L16 cannot be typed (docs/domain.md §3)."""
    return question.answered_by == "person"


def departs(question: Question, value: Value) -> bool:
    """Whether the answer departs from the expected one. Without polarity only `oklart` departs."""
    return value != question.expected if question.expected else value == Value.UNCLEAR


def asked_now(review: ReviewView) -> tuple[Question, ...]:
    """The questions of the review's profile whose condition holds, in the checklist's order (docs/domain.md §3)."""
    return tuple(
        question
        for question in review.definition.questions
        if question.code in review.asked and _condition_holds(review, question)
    )


def _condition_holds(review: ReviewView, question: Question) -> bool:
    condition = question.asked_when
    if condition.refusal_considered and not review.refusal_considered:
        return False
    if not condition.departs_from_no:
        return True
    given = (review.answer(code) for code in condition.departs_from_no & review.asked)
    return any(answer is not None and answer.value != Value.NO for answer in given)
