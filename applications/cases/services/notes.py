"""Official notes (tjänsteanteckningar): public by default; one with secrecy stands apart (docs/domain.md §4.3)."""

import uuid
from typing import Any

from django.utils.translation import gettext_lazy as _

from applications.cases.locking import lock_for
from applications.cases.models import Case, Note, SecretNote
from applications.cases.services.secrecy import section_of
from applications.cases.texts import keep, read
from vetting.accounts.actors import Actor
from vetting.accounts.pages import must_have
from vetting.accounts.roles import Permission
from vetting.audit.services import record
from vetting.jobs.idempotency import once
from vetting.kernel import clock
from vetting.kernel.errors import Invalid
from vetting.kernel.workflow import Move


def write_note(
    *,
    case: Case,
    actor: Actor,
    text: str,
    section: str = "",
    must_answer: bool = False,
    answers: Note | None = None,
    key: uuid.UUID | None = None,
) -> None:
    """Adds a note. With `section` (OSL) it becomes a note under secrecy, in its own table; without, it is public.

    `must_answer` makes it an instruction; `answers` an answer to one. Raises Invalid for an empty text, a section that
    names none, or an instruction under secrecy.
    """
    text, named = text.strip(), section_of(section) if section.strip() else ""
    fields: dict[str, list[Any]] = {}
    if not text:
        fields["text"] = [_("Write the note.")]
    if section.strip() and not named:
        fields["section"] = [_("Write the section, for example OSL 21:3. A mark without one cannot be saved.")]
    if named and (must_answer or answers):
        fields["section"] = [_("An instruction and its answer are public.")]
    if answers is not None and answers.case_id != case.pk:
        fields["answers"] = [_("That instruction is not of this case.")]
    if fields:
        raise Invalid(_("The note is not complete."), fields=fields, code="note")

    def do() -> dict[str, Any]:
        fresh = lock_for(case=case, actor=actor, permission=Permission.WRITE_NOTES)
        payload, promise = keep(fresh, {"text": text})
        common = {
            "case": fresh,
            "author_id": actor.person_id,
            "at": clock.now(),
            "payload_id": payload,
            "commitment": promise,
        }
        if named:
            note: Note | SecretNote = SecretNote.objects.create(section=named, **common)
        else:
            note = Note.objects.create(must_answer=must_answer, answers=answers, **common)
        _record(fresh, actor, "secrecy_note_written" if named else "note_written", note, named)
        return {}

    once(actor=actor.reference, key=key, purpose=f"write-note:{case.pk}", do=do)


def instructed(move: Move) -> None:
    """Effect `note.instructed`: what the board or a court said stands as a note that must be answered.

    The step's own guards have asked for the words (its comment) and for the right to take the step.
    """
    payload, promise = keep(move.case, {"text": move.comment.strip()})
    note = Note.objects.create(
        case_id=move.case.pk,
        author_id=move.actor.person_id,
        at=move.at,
        must_answer=True,
        payload_id=payload,
        commitment=promise,
    )
    _record(move.case, move.actor, "note_written", note, "")


def read_secrecy_note(*, note: SecretNote, actor: Actor) -> str:
    """The text of a note under secrecy. The reading is an event: who read which note, when; never the text."""

    def do() -> dict[str, Any]:
        must_have(actor, Permission.READ_SECRECY_NOTES, note.case.district_id)
        _record(note.case, actor, "secrecy_note_read", note, note.section)
        return read([note.payload_id]).get(note.payload_id, {})

    return str(once(actor=actor.reference, key=None, purpose="read-note", do=do).get("text", ""))


def _record(case: Case, actor: Actor, verb: str, note: Note | SecretNote, section: str) -> None:
    record(
        actor=actor,
        verb=f"case.{verb}",
        case=case.key,
        district=case.district.code,
        subject=f"note:{note.key}",
        data={"section": section} if section else {},
    )
