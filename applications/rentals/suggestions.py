"""What a rental case proposes to the forms of the side tracks. The officer chooses; nothing is asked by itself."""

from typing import Any

from applications.cases.rules import unheard
from applications.cases.suggestions import Fact
from applications.rentals.models import Permits
from applications.rentals.review_cycle import reviews_of
from checklists.models import NoteKind
from checklists.selectors.reviews import Material, materials
from checklists.words import Words, words_in
from vetting.kernel.labels import Label

PERMITS = Label("Svar om tillstånd och anmälan till polisen", "Answer on permits and notification to the police")
CONTACT = Label("Vem som ansvarar på plats", "Who is responsible on the spot")


def missing_information(case: Any) -> list[str]:
    """What the request does not say yet and the questions ask for."""
    found = []
    if case.permits == Permits.UNANSWERED:
        found.append(str(PERMITS))
    if not case.contact_name:
        found.append(str(CONTACT))
    return found


def evidence_against(case: Any) -> list[Fact]:
    """Evidence on questions whose answer is not the ordinary one, as long as the tenant has not been heard on it."""
    cards = [
        (f"evidence:{card.key}", card)
        for one in materials(reviews_of(case), with_words=True)
        for card in one.evidence
        if _speaks_against(one, card.question) and not _withdrawn(card)
    ]
    owed = unheard(case.pk, [key for key, _card in cards])
    return [Fact(_text(words_in(card)), _source(words_in(card)), key) for key, card in cards if key in owed]


def _speaks_against(review: Material, code: str) -> bool:
    question, answer = review.definition.by_code[code], review.current(code)
    return answer is None or answer.value != question.expected


def _withdrawn(card: Any) -> bool:
    return any(note.kind == NoteKind.WITHDRAWN for note in card.notes.all())


def _text(said: Words) -> str:
    return said.get("excerpt") or said.get("title", "")


def _source(said: Words) -> str:
    return ", ".join(part for part in (said.get("title", ""), said.get("place", "")) if part)
