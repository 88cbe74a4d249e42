"""Fetch suggested answers: from the registers, and from the district's last review of the same subject."""

import uuid
from datetime import date
from typing import Any

from django.db import transaction

from checklists.facts import Fact, fact_for
from checklists.models import Answer, Prefill, Review, Source
from checklists.rules.definition import Definition, Question, Subject, Value
from checklists.rules.review import asked_now, is_typed
from checklists.selectors.reviews import Material, last_complete, material
from checklists.services.acting import Acting, begin
from vetting.accounts.actors import Actor
from vetting.kernel import clock
from vetting.kernel.workdays import months_after


def prefill_review(*, review: Review, actor: Actor, case: uuid.UUID | None = None) -> int:
    """Fetches what is known now. Returns how many suggestions are new; one that says the same again is not stored."""
    with transaction.atomic():
        return prefill(begin(review, actor, "review.prefilled", case=case))


def prefill(acting: Acting, *, last: Material | None = None) -> int:
    """The same inside another verb. Answers of the last review are taken first, so that a register's fact stands.

    Only answers about the association are reused, for the months the checklist says, inside the district
    (docs/domain.md §3; design: Reviews). `last` is the review that this one is opened in the place of: all of its
    answers are suggested. Every suggestion is confirmed by a person before it counts.
    """
    review = acting.review
    now = material(review)
    last = last or _last_review(review, now.definition)
    rows: list[Prefill] = []
    for question in asked_now(now.view):
        if not is_typed(question):
            continue
        if last and (row := _from_last(review, now, last, question)):
            rows.append(row)
        fact = fact_for(review, question.code)
        if fact and _is_news(now.prefill(question.code), fact):
            rows.append(_from_fact(review, question, fact))
    Prefill.objects.bulk_create(rows)
    if rows:
        acting.log("review.prefilled", questions=", ".join(dict.fromkeys(row.question for row in rows)))
    return len(rows)


def _last_review(review: Review, definition: Definition) -> Material | None:
    if definition.subject != Subject.ASSOCIATION or not definition.reuse_months:
        return None
    since: date = months_after(clock.today(), -definition.reuse_months)
    last = last_complete(review, since=since)
    return material(last) if last else None


def _from_last(review: Review, now: Material, last: Material, question: Question) -> Prefill | None:
    """What was answered last time, where the question is still the same; never twice for one review."""
    answer = last.current(question.code)
    if answer is None or now.prefill(question.code) or now.current(question.code):
        return None
    if last.definition.by_code.get(question.code) != question:
        return None
    signed = last.review.completed_at or answer.at
    return Prefill(
        review=review,
        question=question.code,
        value=answer.value,
        circumstances=_known(question, answer),
        source=Source.LAST_REVIEW,
        as_of=clock.stockholm(signed).date(),
        reference=last.review.reference,
        from_answer=answer,
        at=clock.now(),
    )


def _known(question: Question, answer: Answer) -> list[str]:
    return [code for code in answer.circumstances if question.circumstance(code)]


def _is_news(newest: Prefill | None, fact: Fact) -> bool:
    """A fact is stored once; again only when it says something else, or comes from another place."""
    if newest is None:
        return True
    said: tuple[Any, ...] = (newest.value, newest.source, frozenset(newest.circumstances))
    return said != (fact.value, fact.source, fact.circumstances)


def _from_fact(review: Review, question: Question, fact: Fact) -> Prefill:
    return Prefill(
        review=review,
        question=question.code,
        value=Value(fact.value).value,
        circumstances=sorted(code for code in fact.circumstances if question.circumstance(code)),
        source=fact.source,
        as_of=fact.as_of,
        reference=fact.reference,
        url=fact.url,
        at=clock.now(),
    )
