"""Hearings of a case as pages show them: each fact, the reply beside it, what we say to it."""

import uuid
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from applications.cases.models import WAIVER_LABELS, Case, Hearing, HearingEntry, HearingFact
from applications.cases.texts import read
from applications.cases.timeline import Names, names_of

By = HearingEntry.By
Texts = Mapping[uuid.UUID, Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class EntryView:
    text: str
    written_by: str
    at: datetime
    arrived_on: date | None


@dataclass(frozen=True, slots=True)
class FactView:
    """One fact with what was said to it, newest first: the first of each counts, the others are its history."""

    key: uuid.UUID
    position: int
    text: str
    source: str
    evidence_key: str
    replies: Sequence[EntryView]
    comments: Sequence[EntryView]


@dataclass(frozen=True, slots=True)
class HearingView:
    hearing: Hearing
    facts: Sequence[FactView]
    waiver: Any = ""
    detail: Mapping[str, Any] | None = None

    @property
    def open(self) -> bool:
        return self.hearing.ended_at is None

    @property
    def tried_at(self) -> datetime | None:
        """When an oral hearing was tried, for an event that was near."""
        tried = (self.detail or {}).get("tried_at")
        return datetime.fromisoformat(tried) if tried else None


def hearings_of(case: Case) -> list[HearingView]:
    """The case's hearings, newest first; five queries, whatever their number."""
    hearings = list(Hearing.objects.filter(case_id=case.pk).select_related("begun_by").order_by("-id"))
    facts = list(HearingFact.objects.filter(hearing__in=hearings).order_by("position"))
    entries = list(HearingEntry.objects.filter(fact__in=facts).order_by("-id"))
    texts = read(
        [
            *(hearing.waiver_payload_id for hearing in hearings),
            *(fact.payload_id for fact in facts),
            *(entry.payload_id for entry in entries),
        ]
    )
    names = names_of(entry.written_by for entry in entries)
    by_fact: dict[int, list[HearingEntry]] = defaultdict(list)
    for entry in entries:
        by_fact[entry.fact_id].append(entry)
    by_hearing: dict[int, list[FactView]] = defaultdict(list)
    for fact in facts:
        by_hearing[fact.hearing_id].append(_fact(fact, by_fact[fact.pk], texts, names))
    return [
        HearingView(
            hearing,
            by_hearing[hearing.pk],
            WAIVER_LABELS.get(hearing.waiver, ""),
            texts.get(hearing.waiver_payload_id) if hearing.waiver_payload_id else None,
        )
        for hearing in hearings
    ]


def _fact(fact: HearingFact, entries: Sequence[HearingEntry], texts: Texts, names: Names) -> FactView:
    content = texts.get(fact.payload_id, {})
    views = [
        (entry.by, EntryView(_text(texts, entry.payload_id), names[entry.written_by], entry.at, entry.arrived_on))
        for entry in entries
    ]
    return FactView(
        key=fact.key,
        position=fact.position,
        text=str(content.get("text", "")),
        source=str(content.get("source", "")),
        evidence_key=fact.evidence_key,
        replies=[view for by, view in views if by == By.APPLICANT],
        comments=[view for by, view in views if by == By.DISTRICT],
    )


def _text(texts: Texts, payload: uuid.UUID) -> str:
    return str(texts.get(payload, {}).get("text", ""))


def open_hearing_of(case: Case) -> HearingView | None:
    """The hearing that runs, if one does."""
    return next((view for view in hearings_of(case) if view.open), None)
