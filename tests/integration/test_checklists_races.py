"""Two people, one review, at the same moment (trust F1, F3): real connections."""

import uuid
from collections import Counter

import pytest

from checklists.models import Answer, Review, ReviewState
from checklists.rules.definition import Value
from checklists.services.answer_question import answer_question
from checklists.services.complete_review import complete_review
from tests.factories import people, reviews
from tests.threads import at_once
from vetting.accounts.roles import Role

pytestmark = pytest.mark.race


@pytest.fixture
def officer(real_db):
    return people.actor(Role.GRANT_OFFICER)


def outcomes_of(outcomes) -> Counter:
    return Counter(type(one).__name__ for one in outcomes)


def test_of_many_answers_on_the_same_sight_one_stands(officer):
    review = reviews.review(officer)
    for _ in range(3):
        current = Answer.objects.filter(review=review, question="A4").order_by("-id").first()
        seen = current.key if current else None

        def answer(index: int, seen: uuid.UUID | None = seen) -> Answer:
            return answer_question(
                review=review,
                question="A4",
                value=Value.UNCLEAR,
                own_words=f"Läst av {index}.",
                supersedes=seen,
                actor=officer,
            )

        before = Answer.objects.count()
        assert outcomes_of(at_once(8, answer)) == {"Answer": 1, "Stale": 7}
        assert Answer.objects.count() == before + 1


def test_one_key_is_one_answer(officer):
    review, key = reviews.review(officer), uuid.uuid4()
    sent = {"review": review, "question": "A4", "value": Value.YES, "actor": officer, "key": key}
    outcomes = at_once(8, lambda _: answer_question(**sent))
    assert outcomes_of(outcomes) == {"Answer": 8} and len({one.key for one in outcomes}) == 1


def test_opened_by_many_it_is_one_review(officer):
    reviews.checklists()
    subject = f"association:{uuid.uuid4()}"
    outcomes = at_once(8, lambda _: reviews.review(officer, subject=subject))
    assert outcomes_of(outcomes) == {"Review": 8} and Review.objects.count() == 1


def test_no_answer_slips_in_after_the_signature(officer):
    review = reviews.review(officer)
    reviews.answer_all(review, officer)
    seen = Answer.objects.get(review=review, question="A4")

    def act(index: int) -> object:
        if index == 0:
            return complete_review(review=review, actor=officer)
        return answer_question(
            review=review,
            question="A4",
            value=Value.NO,
            own_words="Ingen revisor.",
            supersedes=seen.key,
            actor=officer,
        )

    outcomes = at_once(6, act)
    signed = Review.objects.get(pk=review.pk).completed_at
    assert outcomes_of(outcomes)["ReviewChange"] == 1 and signed, outcomes
    assert Review.objects.get(pk=review.pk).state == ReviewState.COMPLETE
    assert not Answer.objects.filter(review=review, at__gt=signed).exists()
