"""Reviews for tests: through the services, with the shipped checklists published as examples."""

import uuid
from datetime import date

from checklists.models import Answer, ChecklistVersion, Review
from checklists.rules.definition import LookedAt, Question, Value
from checklists.rules.review import asked_now, is_typed
from checklists.selectors.reviews import material
from checklists.services.answer_question import answer_question
from checklists.services.load_shipped import load_shipped
from checklists.services.open_review import open_review
from tests.factories import people
from vetting.accounts.actors import Actor, system_actor
from vetting.accounts.models import District

SINCE = date(2020, 1, 1)
LOOKED = (LookedAt.OWN_REGISTER, LookedAt.PAPERS)


def checklists() -> None:
    """The shipped checklists, published; once per test is enough."""
    if not ChecklistVersion.objects.exists():
        load_shipped(actor=system_actor("tests"), example_from=SINCE)


def review(actor: Actor, template: str = "association", *, at: District | None = None, **more) -> Review:
    """An open review of something new."""
    checklists()
    more.setdefault("subject", f"{template}:{uuid.uuid4()}")
    return open_review(district=at or people.district(), template=template, actor=actor, **more)


def answer(review: Review, question: str, value: str, actor: Actor, own_words: str = "", **more) -> Answer:
    """One answer on top of the one that stands."""
    current = material(review).current(question)
    more.setdefault("supersedes", current.key if current else None)
    return answer_question(
        review=review, question=question, value=Value(value), own_words=own_words, actor=actor, **more
    )


def ordinary(review: Review, question: Question, actor: Actor) -> Answer:
    """The answer most associations get."""
    value = question.expected or Value.NOT_APPLICABLE
    words = "" if question.expected else "Inget att väga."
    return answer(review, question.code, value, actor, words, looked_at=LOOKED if question.no_concrete else ())


def answer_all(review: Review, actor: Actor) -> None:
    """Every question a person answers, as expected; what is answered already is left."""
    now = material(review)
    for question in asked_now(now.view):
        if is_typed(question) and now.current(question.code) is None:
            ordinary(review, question, actor)
