"""An evidence card as the page shows it (`components/_evidence.html`)."""

from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from checklists.labels import ACTOR_ROLES, CAPACITIES, SOURCE_CLASSES
from checklists.models import Evidence, EvidenceNote, NoteKind
from checklists.rules.evidence import ActorRole, Capacity, SourceClass
from checklists.selectors.sheets import who
from checklists.words import words_in
from vetting.kernel import text


def card_context(card: Evidence, note_url: str = "") -> dict[str, Any]:
    """Title, class, quote, facts, then the two slots; an empty slot says why it is empty."""
    words, notes = words_in(card), list(card.notes.all())
    reply, counter = _newest(notes, NoteKind.REPLY), _newest(notes, NoteKind.COUNTER)
    withdrawn = _newest(notes, NoteKind.WITHDRAWN)
    said_against = str(words_in(counter).get("text", "")) if counter else ""
    return {
        "id": str(card.key)[:8],
        "title": _("Evidence %(number)d: %(title)s") % {"number": card.number, "title": words.get("title", "")},
        "source_class": card.source_class,
        "class_label": SOURCE_CLASSES[SourceClass(card.source_class)],
        "quote": words.get("excerpt", ""),
        "rows": [(label, value) for label, value in _rows(card, words, notes) if value],
        "reply_title": _("The association's reply, %(day)s") % {"day": text.day(reply.on)} if reply else "",
        "reply": _reply(reply) if reply else "",
        "reply_reason": _("No reply yet.") if _newest(notes, NoteKind.SENT) else "",
        "other": said_against if counter and counter.found else "",
        "other_reason": said_against,
        "withdrawn": words_in(withdrawn).get("text", "") if withdrawn else "",
        "note_url": note_url if not withdrawn else "",
    }


def _newest(notes: list[EvidenceNote], kind: NoteKind) -> EvidenceNote | None:
    return next((note for note in reversed(notes) if note.kind == kind), None)


def _reply(note: EvidenceNote) -> str:
    said = str(words_in(note).get("text", ""))
    verdict = _("confirms the fact") if note.confirms else _("does not confirm the fact")
    return f"{said} ({verdict})"


def _rows(card: Evidence, words: dict[str, Any], notes: list[EvidenceNote]) -> list[tuple[str, Any]]:
    day = text.day(card.happened_on) if card.happened_on else ""
    place_and_day = ", ".join(filter(None, (words.get("place", ""), day)))
    role = [str(ACTOR_ROLES[ActorRole(card.actor_role)])] if card.actor_role else []
    capacity = [str(CAPACITIES[Capacity(card.capacity)])] if card.capacity else []
    sent = _newest(notes, NoteKind.SENT)
    return [
        (_("Where, when"), place_and_day),
        (_("Role"), ", ".join((*role, *capacity))),
        (_("Captured by"), f"{who(card)}, {text.day(card.captured_on)}"),
        (_("File"), _file(card)),
        (_("Checksum"), format_html("<code>{}</code>", card.file.sha256) if card.file else ""),
        (_("Reliability"), words.get("reliability", "")),
        (_("Sent to the party"), _sent(sent) if sent else ""),
    ]


def _file(card: Evidence) -> str:
    if card.file is None:
        return ""
    url = reverse("serve-file", kwargs={"key": card.file.key})
    return format_html('<a href="{}">{}</a>, {}', url, card.file.name, text.file_size(card.file.size))


def _sent(note: EvidenceNote) -> str:
    if note.answer_by is None:
        return text.day(note.on)
    return _("%(day)s, reply by %(last)s") % {"day": text.day(note.on), "last": text.day(note.answer_by)}
