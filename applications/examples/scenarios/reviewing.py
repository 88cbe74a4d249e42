"""An ordinary association's review: what is prefilled is confirmed, the rest gets the expected answer."""

import uuid

from checklists.models import Review
from checklists.rules.definition import LookedAt, Question, Value
from checklists.rules.review import asked_now, is_typed
from checklists.selectors.reviews import Material, material
from checklists.services.answer_question import answer_question
from checklists.services.confirm_answers import Listed, confirm_answers
from vetting.accounts.actors import Actor

LOOKED = (LookedAt.OWN_REGISTER, LookedAt.PAPERS, LookedAt.OWN_SITE)


def answer_ordinarily(review: Review, actor: Actor, *, case: uuid.UUID, only: frozenset[str] | None = None) -> None:
    """Answers every open question a person answers (or those in `only`) as most associations are answered.

    What is suggested as expected is confirmed as one list, as a person does; the rest is answered one by one.
    """

    def owed(now: Material) -> list[Question]:
        asked = [question for question in asked_now(now.view) if only is None or question.code in only]
        return [question for question in asked if is_typed(question) and now.current(question.code) is None]

    now = material(review)
    listed = {}
    for question in owed(now):
        suggested = now.prefill(question.code)
        if suggested is not None and suggested.value == question.expected:
            listed[question.code] = suggested.key
    if listed:
        confirm_answers(listed=[Listed(review, listed)], actor=actor, looked_at=LOOKED, case=case)
    for question in owed(now := material(review)):
        _answer(review, question, actor, case, own=now.prefill(question.code) is not None)


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
