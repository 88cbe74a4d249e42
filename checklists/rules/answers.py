"""What an answer owes before it can be stored. Source: docs/domain.md §3, the rules above the lists."""

from dataclasses import dataclass
from enum import StrEnum

from checklists.rules.definition import Circumstance, LookedAt, Question, Value
from checklists.rules.review import departs, is_typed


class Owed(StrEnum):
    """Why an answer cannot be stored as it stands."""

    SYSTEM_ANSWERS = "system_answers"
    OWN_WORDS = "own_words"
    LOOKED_AT = "looked_at"
    CIRCUMSTANCE = "circumstance"


@dataclass(frozen=True, slots=True)
class DraftAnswer:
    """An answer about to be stored. `prefilled`: the value the register or the last review suggested, if any."""

    value: Value
    own_words: str = ""
    circumstances: frozenset[str] = frozenset()
    looked_at: frozenset[LookedAt] = frozenset()
    prefilled: Value | None = None


def owes_own_words(question: Question, value: Value, prefilled: Value | None = None) -> bool:
    """Own words are owed when the answer departs from the expected one, overrides a prefill, or is `oklart`.

    A question may owe them on more answers: A17 on every one, L4 on `ja`.
    """
    return (
        departs(question, value)
        or value in question.own_words_on
        or value == Value.UNCLEAR
        or (prefilled is not None and value != prefilled)
    )


def owes_looked_at(question: Question, value: Value) -> bool:
    """ "Inga konkreta uppgifter kända" always says what was looked at."""
    return question.no_concrete and value == Value.NO


def looked_enough(looked_at: frozenset[LookedAt], least: frozenset[LookedAt]) -> bool:
    """Something was looked at, and at least what the programme or the venue tier asks for."""
    return least <= looked_at and bool(looked_at - {LookedAt.NOTHING_MORE})


def may_name(question: Question, circumstance: Circumstance, value: Value) -> bool:
    """Whether the circumstance can stand beside this answer."""
    return circumstance.any_answer or value == question.adverse


def owed(question: Question, draft: DraftAnswer, least: frozenset[LookedAt]) -> tuple[Owed, ...]:
    """Everything the draft lacks; empty when it can be stored."""
    if not is_typed(question):
        return (Owed.SYSTEM_ANSWERS,)
    lacks = []
    if owes_own_words(question, draft.value, draft.prefilled) and not draft.own_words.strip():
        lacks.append(Owed.OWN_WORDS)
    if owes_looked_at(question, draft.value) and not looked_enough(draft.looked_at, least):
        lacks.append(Owed.LOOKED_AT)
    named = [question.circumstance(code) for code in draft.circumstances]
    if any(one is None or not may_name(question, one, draft.value) for one in named):
        lacks.append(Owed.CIRCUMSTANCE)
    return tuple(lacks)


def can_confirm_in_bulk(question: Question, prefilled: Value) -> bool:
    """Only an ordinary prefilled answer is confirmed together with others; what owes own words is answered alone."""
    return is_typed(question) and not owes_own_words(question, prefilled)
