"""Reviews as the rules see them: a constant number of queries, however many reviews, answers and cards."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from django.db.models import F, Prefetch

from checklists.facts import system_answers
from checklists.models import (
    Answer,
    Escalation,
    Evidence,
    EvidenceNote,
    NoteKind,
    Prefill,
    Review,
    ReviewState,
    SpecialReasons,
)
from checklists.rules.definition import Definition, Lane, LookedAt, Target, Value
from checklists.rules.findings import Verdict
from checklists.rules.review import (
    AnswerView,
    EscalationView,
    EvidenceView,
    PrefillView,
    ReviewView,
    SpecialReasonsView,
    departs,
)
from checklists.rules.verdict import verdict
from checklists.selectors.versions import definition_of
from checklists.words import told

Row = TypeVar("Row", Answer, Prefill, Evidence, Escalation, SpecialReasons)


@dataclass(frozen=True, slots=True)
class Material:
    """A review with all its rows, each list oldest first. What `view` makes of them is what the rules see."""

    review: Review
    definition: Definition
    answers: tuple[Answer, ...]
    prefills: tuple[Prefill, ...]
    evidence: tuple[Evidence, ...]
    escalations: tuple[Escalation, ...]
    special_reasons: tuple[SpecialReasons, ...]
    view: ReviewView

    def current(self, question: str) -> Answer | None:
        """The answer that stands."""
        return next((one for one in reversed(self.answers) if one.question == question), None)

    def prefill(self, question: str) -> Prefill | None:
        """The newest suggestion."""
        return next((one for one in reversed(self.prefills) if one.question == question), None)


def materials(reviews: Sequence[Review], *, with_words: bool = False) -> list[Material]:
    """The rows of the reviews, in six queries for any number of reviews; the system's own facts come on top.

    `with_words` reads the words and the people's names with the rows, for a page; the rules need neither.
    """
    ids = [review.pk for review in reviews]

    def rows(queryset: Any) -> Any:
        return (told(queryset) if with_words else queryset).order_by("id")

    notes = Prefetch("notes", rows(EvidenceNote.objects.all()))
    answers = _per_review(rows(Answer.objects.filter(review__in=ids)))
    prefills = _per_review(Prefill.objects.filter(review__in=ids).order_by("id"))
    cards = Evidence.objects.filter(review__in=ids).select_related("file", "first").prefetch_related(notes)
    evidence = _per_review(rows(cards))
    asked = Escalation.objects.filter(review__in=ids).select_related("answer")
    escalations = _per_review(rows(told(asked, beside="answer") if with_words else asked))
    special = _per_review(rows(SpecialReasons.objects.filter(review__in=ids)))
    return [
        _material(
            review=review,
            answers=answers[review.pk],
            prefills=prefills[review.pk],
            evidence=evidence[review.pk],
            escalations=escalations[review.pk],
            special_reasons=special[review.pk],
        )
        for review in reviews
    ]


def material(review: Review) -> Material:
    """One review's rows as the rules need them."""
    return materials([review])[0]


def verdict_on(review: Review) -> Verdict:
    """What the review says now. For guards of rooms above, and for services."""
    return verdict(material(review).view)


def last_complete(review: Review, *, since: date) -> Review | None:
    """The district's newest signed review of the same subject and checklist, signed on `since` or later."""
    return (
        Review.objects.filter(
            district=review.district_id,
            subject=review.subject,
            template=review.template,
            state=ReviewState.COMPLETE,
            completed_at__date__gte=since,
        )
        .exclude(pk=review.pk)
        .select_related("version")
        .order_by(F("completed_at").desc(), "-id")
        .first()
    )


def _per_review(rows: Iterable[Row]) -> dict[int, tuple[Row, ...]]:
    found: dict[int, list[Row]] = defaultdict(list)
    for row in rows:
        found[row.review_id].append(row)
    return defaultdict(tuple, {key: tuple(each) for key, each in found.items()})


def _material(
    *,
    review: Review,
    answers: tuple[Answer, ...],
    prefills: tuple[Prefill, ...],
    evidence: tuple[Evidence, ...],
    escalations: tuple[Escalation, ...],
    special_reasons: tuple[SpecialReasons, ...],
) -> Material:
    for row in (*answers, *evidence, *escalations, *special_reasons):
        row._state.fields_cache["review"] = review  # known already: no row asks for it again
    definition = definition_of(review.version)
    given = answer_views(definition, answers)
    by_system = system_answers(review, definition) if review.is_open else given
    view = ReviewView(
        definition=definition,
        asked=frozenset(review.asked),
        lane=Lane(review.lane),
        refusal_considered=review.refusal_considered,
        rule_flags=frozenset(review.rule_flags),
        least_looked_at=frozenset(LookedAt(one) for one in review.least_looked_at),
        answers=given,
        prefills={one.question: PrefillView(one.question, Value(one.value), one.at) for one in prefills},
        evidence=tuple(_evidence_view(card) for card in evidence if not _withdrawn(card)),
        escalations=tuple(
            EscalationView(one.question, Target(one.to), one.at, hasattr(one, "answer")) for one in escalations
        ),
        special_reasons=tuple(SpecialReasonsView(one.question, one.found, one.at) for one in special_reasons),
        system=by_system,
    )
    return Material(review, definition, answers, prefills, evidence, escalations, special_reasons, view)


def answer_views(definition: Definition, answers: Iterable[Answer]) -> dict[str, AnswerView]:
    """The current answers, from all answers oldest first; `since` is where the present run began."""
    found: dict[str, AnswerView] = {}
    for answer in answers:
        question = definition.by_code[answer.question]
        value = Value(answer.value)
        before = found.get(answer.question)
        same_run = before is not None and departs(question, before.value) == departs(question, value)
        found[answer.question] = AnswerView(
            question=answer.question,
            value=value,
            at=answer.at,
            since=before.since if before and same_run else answer.at,
            circumstances=frozenset(answer.circumstances),
            looked_at=frozenset(LookedAt(one) for one in answer.looked_at),
            has_own_words=answer.payload_id is not None,
        )
    return found


def _withdrawn(card: Evidence) -> bool:
    return any(note.kind == NoteKind.WITHDRAWN for note in card.notes.all())


def _evidence_view(card: Evidence) -> EvidenceView:
    replies = [note for note in card.notes.all() if note.kind == NoteKind.REPLY]
    return EvidenceView(card.question, card.source_class, confirmed=bool(replies) and bool(replies[-1].confirms))
