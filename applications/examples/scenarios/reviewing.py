"""An ordinary association's review: what is prefilled is confirmed, the rest gets the expected answer."""

import uuid

from checklists.models import Review
from checklists.rules.definition import LookedAt, Question, Value
from checklists.rules.review import asked_now, is_typed
from checklists.selectors.reviews import material
from checklists.services.answer_question import answer_question
from checklists.services.confirm_answers import Listed, confirm_answers
from vetting.accounts.actors import Actor

LOOKED = (LookedAt.OWN_REGISTER, LookedAt.PAPERS, LookedAt.OWN_SITE)


def answer_ordinarily(review: Review, actor: Actor, *, case: uuid.UUID, only: frozenset[str] | None = None) -> None:
    """Answers every open question a person answers (or those in `only`) as most associations are answered."""
    now = material(review)
    for question in asked_now(now.view):
        wanted = only is None or question.code in only
        if not wanted or not is_typed(question) or now.current(question.code) is not None:
            continue
        suggested = now.prefill(question.code)
        if suggested is not None and suggested.value == question.expected:
            listed = [Listed(review, {question.code: suggested.key})]
            confirm_answers(listed=listed, actor=actor, looked_at=LOOKED, case=case)
        else:
            _answer(review, question, actor, case, own=suggested is not None)


def _answer(review: Review, question: Question, actor: Actor, case: uuid.UUID, *, own: bool) -> None:
    words = "" if question.expected and not own else "Stämmer enligt handlingarna i ärendet."
    answer_question(
        review=review,
        question=question.code,
        value=question.expected or Value.NOT_APPLICABLE,
        own_words=words,
        looked_at=LOOKED if question.no_concrete else (),
        actor=actor,
        case=case,
    )
