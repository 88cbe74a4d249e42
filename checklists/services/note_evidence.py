"""Note on a card what came later: sent to the party, its reply, what speaks the other way, or that it is withdrawn."""

import uuid
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from checklists.models import Evidence, EvidenceNote, NoteKind
from checklists.services.acting import begin
from vetting.accounts.actors import Actor
from vetting.kernel import clock
from vetting.kernel.errors import Invalid, NotNow


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """What is noted. `confirms`: the party's own reply confirms the fact. `found`: something speaks the other way."""

    kind: NoteKind
    text: str = ""
    on: date
    answer_by: date | None = None
    confirms: bool | None = None
    found: bool | None = None


def note_evidence(*, evidence: Evidence, note: Note, actor: Actor, case: uuid.UUID | None = None) -> EvidenceNote:
    """Adds the note; a card is withdrawn once and for all, with a reason, and stays readable.

    Raises Invalid with messages per field, and NotNow for a card that is withdrawn already.
    """
    with transaction.atomic():
        acting = begin(evidence.review, actor, "review.evidence_noted", case=case)
        _check(note)
        if EvidenceNote.objects.filter(evidence=evidence, kind=NoteKind.WITHDRAWN).exists():
            raise NotNow(_("The card is withdrawn: nothing more is noted on it."), code="withdrawn")
        row = EvidenceNote.objects.create(
            evidence=evidence,
            kind=note.kind,
            on=note.on,
            answer_by=note.answer_by,
            confirms=note.confirms,
            found=note.found,
            at=clock.now(),
            **acting.words({"text": note.text.strip()}),
            **acting.by(),
        )
        acting.log("review.evidence_noted", card=evidence.number, evidence=str(evidence.key), kind=note.kind.value)
    return row


def _check(note: Note) -> None:
    fields: dict[str, list[Any]] = {}
    if note.kind != NoteKind.SENT and not note.text.strip():
        fields["text"] = [_("Write what should be noted.")]
    if note.kind == NoteKind.REPLY and note.confirms is None:
        fields["confirms"] = [_("Say whether the reply confirms the fact.")]
    if note.kind == NoteKind.COUNTER and note.found is None:
        fields["found"] = [_("Say whether something speaks the other way.")]
    if note.kind == NoteKind.SENT and note.answer_by and note.answer_by < note.on:
        fields["answer_by"] = [_("The last day for an answer cannot lie before the day it was sent.")]
    if fields:
        raise Invalid(_("The note cannot be saved yet."), fields=fields)
