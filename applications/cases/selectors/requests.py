"""Requests for completion and consultations of a case as pages show them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from applications.cases.models import CONSULTED_LABELS, Case, Completion, Consultation
from applications.cases.texts import read
from applications.cases.timeline import names_of
from vetting.accounts.actors import Actor
from vetting.kernel import clock


@dataclass(frozen=True, slots=True)
class CompletionView:
    """What was asked for, item by item, and whether it came."""

    completion: Completion
    items: Sequence[tuple[str, bool]]
    note: str = ""
    ended_by: str = ""


@dataclass(frozen=True, slots=True)
class ConsultationView:
    """What was asked of whom, and the answer."""

    consultation: Consultation
    asked: Any
    question: Mapping[str, Any]
    answer: Mapping[str, Any]
    ended_by: str = ""

    @property
    def open(self) -> bool:
        return self.consultation.ended_at is None

    @property
    def late(self) -> bool:
        return self.open and self.consultation.last_day < clock.today()


def completions_of(case: Case) -> list[CompletionView]:
    """The case's requests for completion, newest first; three queries."""
    rows = list(Completion.objects.filter(case_id=case.pk).select_related("asked_by").order_by("-id"))
    texts = read([*(row.payload_id for row in rows), *(row.answer_payload_id for row in rows)])
    names = names_of(row.ended_by for row in rows)
    views = []
    for row in rows:
        answer = texts.get(row.answer_payload_id, {}) if row.answer_payload_id else {}
        received = set(answer.get("received", ()))
        items = texts.get(row.payload_id, {}).get("items", ())
        views.append(
            CompletionView(
                row,
                [(item, number in received) for number, item in enumerate(items)],
                answer.get("note", ""),
                names[row.ended_by] if row.ended_by else "",
            )
        )
    return views


def consultations_of(case: Case) -> list[ConsultationView]:
    """The case's consultations, newest first; three queries."""
    return _views(list(Consultation.objects.filter(case_id=case.pk).select_related("asked_by").order_by("-id")))


def put_to(actor: Actor) -> list[ConsultationView]:
    """What is asked of the coordinator or lawyer: open ones first, then the last fifty answered."""
    rows = Consultation.objects.put_to(actor).select_related("case__association", "case__district", "asked_by")
    waiting = list(rows.filter(ended_at__isnull=True).order_by("last_day", "id"))
    return _views([*waiting, *rows.filter(ended_at__isnull=False).order_by("-ended_at")[:50]])


def one_put_to(actor: Actor, key: Any) -> ConsultationView | None:
    """One question put to the actor: the minimal page shows nothing else of the case."""
    rows = Consultation.objects.put_to(actor).select_related("case__association", "case__district", "asked_by")
    found = _views(list(rows.filter(key=key)))
    return found[0] if found else None


def _views(rows: Sequence[Consultation]) -> list[ConsultationView]:
    texts = read([*(row.payload_id for row in rows), *(row.answer_payload_id for row in rows)])
    names = names_of(row.ended_by for row in rows)
    return [
        ConsultationView(
            row,
            f"{CONSULTED_LABELS[row.asked_of]}{f', {row.asked_name}' if row.asked_name else ''}",
            texts.get(row.payload_id, {}),
            texts.get(row.answer_payload_id, {}) if row.answer_payload_id else {},
            names[row.ended_by] if row.ended_by else "",
        )
        for row in rows
    ]
