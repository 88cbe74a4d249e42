"""Documents and notes of a case."""

from dataclasses import dataclass
from typing import Any

from applications.cases.models import DIRECTION_LABELS, Case, CaseDocument, Note, SecretNote
from applications.cases.texts import read


@dataclass(frozen=True, slots=True)
class NoteView:
    """A public note with its text, or one under secrecy with its section alone: that text has a page of its own."""

    note: Note | SecretNote
    text: str = ""
    section: str = ""
    answered: bool = False
    answers: str = ""  # the instruction it answers


def documents_of(case: Case) -> list[tuple[CaseDocument, Any]]:
    """Documents with the word for their direction, newest first; one query."""
    rows = CaseDocument.objects.filter(case_id=case.pk).select_related("file").order_by("-id")
    return [(row, DIRECTION_LABELS[row.direction]) for row in rows]


def notes_of(case: Case) -> list[NoteView]:
    """Notes of both kinds, newest first; three queries."""
    public = list(Note.objects.filter(case_id=case.pk).select_related("author").order_by("-id"))
    secret = list(SecretNote.objects.filter(case_id=case.pk).select_related("author").order_by("-id"))
    texts = read(note.payload_id for note in public)
    answered = {note.answers_id for note in public}
    by_id = {note.pk: note for note in public}
    views = [
        NoteView(
            note,
            text=texts.get(note.payload_id, {}).get("text", ""),
            answered=note.pk in answered,
            answers=texts.get(by_id[note.answers_id].payload_id, {}).get("text", "") if note.answers_id else "",
        )
        for note in public
    ]
    views += [NoteView(note, section=note.section) for note in secret]
    return sorted(views, key=lambda view: view.note.at, reverse=True)
