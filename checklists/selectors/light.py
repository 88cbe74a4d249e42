"""Reviews as the rules see them, without the rows behind: one query, for pages that only ask what stands open."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import SimpleNamespace
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import JSONObject

from checklists.models import Answer, Escalation, Evidence, EvidenceNote, NoteKind, Prefill, Review, SpecialReasons
from checklists.rules.definition import Lane, LookedAt, Target, Value
from checklists.rules.review import (
    AnswerView,
    EscalationView,
    EvidenceView,
    PrefillView,
    ReviewView,
    SpecialReasonsView,
)
from checklists.selectors.reviews import answer_views
from checklists.selectors.versions import definition_of
from vetting.kernel.statement import Statement


@dataclass(frozen=True, slots=True)
class Light:
    """A review and what the rules may look at."""

    review: Review
    view: ReviewView


def light_reviews(pks: Collection[int], system: Mapping[str, AnswerView]) -> dict[int, Light]:
    """The reviews by primary key; one query. `system` holds the answers the system gives, already computed."""
    found = LIGHT.rows(reviews=tuple(pks)) if pks else []
    return {row.pk: Light(row, _view(row, system)) for row in found}


def _light(*, reviews: tuple[int, ...]) -> QuerySet[Review]:
    """A version's questions are read once per process: they do not travel with every review."""
    rows = Review.objects.filter(pk__in=reviews).select_related("version").defer("version__content")
    return rows.annotate(
        a=_rows(Answer, "question", "value", "circumstances", "looked_at", "at", payload_id="payload_id"),
        p=_rows(Prefill, "question", "value", "at"),
        s=_rows(SpecialReasons, "question", "found", "at"),
        e=_cards(),
        x=ArraySubquery(
            Escalation.objects.filter(review=OuterRef("pk"))
            .order_by("id")
            .values(row=JSONObject(question="question", to="to", at="at", answer=F("answer__pk")))
        ),
    )


LIGHT = Statement(_light)


def _rows(model: Any, *names: str, **more: str) -> ArraySubquery:
    fields = {name: name for name in names} | more
    return ArraySubquery(model.objects.filter(review=OuterRef("pk")).order_by("id").values(row=JSONObject(**fields)))


def _cards() -> ArraySubquery:
    """Cards that stand, each with whether the party's newest reply confirms the fact."""
    notes = EvidenceNote.objects.filter(evidence=OuterRef("pk"))
    reply = notes.filter(kind=NoteKind.REPLY).order_by("-id").values("confirms")[:1]
    cards = Evidence.objects.filter(~Q(Exists(notes.filter(kind=NoteKind.WITHDRAWN))), review=OuterRef("pk"))
    return ArraySubquery(
        cards.order_by("id").values(row=JSONObject(question="question", grade="source_class", confirms=Subquery(reply)))
    )


def _view(row: Any, system: Mapping[str, AnswerView]) -> ReviewView:
    definition = definition_of(row.version)
    answers = answer_views(definition, (_answer(one) for one in row.a))
    return ReviewView(
        definition=definition,
        asked=frozenset(row.asked),
        lane=Lane(row.lane),
        refusal_considered=row.refusal_considered,
        rule_flags=frozenset(row.rule_flags),
        least_looked_at=frozenset(LookedAt(one) for one in row.least_looked_at),
        answers=answers,
        prefills={
            one["question"]: PrefillView(one["question"], Value(one["value"]), _moment(one["at"])) for one in row.p
        },
        evidence=tuple(EvidenceView(one["question"], one["grade"], confirmed=bool(one["confirms"])) for one in row.e),
        escalations=tuple(
            EscalationView(one["question"], Target(one["to"]), _moment(one["at"]), one["answer"] is not None)
            for one in row.x
        ),
        special_reasons=tuple(SpecialReasonsView(one["question"], one["found"], _moment(one["at"])) for one in row.s),
        system={code: one for code, one in system.items() if code in row.asked} if row.is_open else answers,
    )


def _answer(one: Mapping[str, Any]) -> Any:
    return SimpleNamespace(**{**one, "at": _moment(one["at"])})


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)
