"""What the system already knows: suggested answers, and the answers only the system can give (docs/domain.md §3).

A higher room registers a provider under a question's code in `vetting.kernel.workflow.facts`; the checklist never
knows who it is. A suggested answer is confirmed by a person; A24 and L16 are answered by their provider alone.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from checklists.models.answer import Source
from checklists.models.review import Review
from checklists.rules.definition import Definition, Value
from checklists.rules.review import AnswerView, is_typed
from vetting.kernel.workflow import facts


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """What a register says about one question. `at`: since when it says so; `url`: where it is seen."""

    value: Value
    as_of: date
    at: datetime | None = None
    source: Source = Source.REGISTER
    circumstances: frozenset[str] = frozenset()
    reference: str = ""
    url: str = ""


# None: the room has nothing to answer from.
Provider = Callable[[Review], Fact | None]


def fact_for(review: Review, question: str) -> Fact | None:
    """The fact for a question, or None when no room knows it."""
    if question not in facts:
        return None
    fact: Fact | None = facts[question](review)
    return fact


def system_answers(review: Review, definition: Definition) -> dict[str, AnswerView]:
    """What the system says now, for the questions of the review that only the system answers."""
    found = {}
    for question in definition.questions:
        if is_typed(question) or question.code not in review.asked:
            continue
        if fact := fact_for(review, question.code):
            at = fact.at or review.opened_at
            found[question.code] = AnswerView(question.code, fact.value, at, at, fact.circumstances)
    return found
