"""What a grant case proposes to the forms of the side tracks: papers that lack, evidence that speaks against.

The officer chooses among them; nothing is asked for or sent by itself.
"""

from typing import Any

from applications.cases.rules import unheard
from applications.cases.suggestions import Fact
from applications.grants.review_cycle import reviews_of
from applications.grants.selectors import missing_attachments
from checklists.models import NoteKind
from checklists.selectors.reviews import Material, materials
from checklists.words import Words, words_in


def missing_papers(case: Any) -> list[str]:
    """The names of the papers that the programme asks for and the case lacks."""
    return [name for _kind, name in missing_attachments(case, case.documents.all())]


def evidence_against(case: Any) -> list[Fact]:
    """Evidence on questions whose answer is not the ordinary one, as long as the association has not been heard on it.

    A withdrawn card is left out (docs/domain.md §3.3, §4.1).
    """
    cards = [
        (f"evidence:{(card.first or card).key}", card)
        for one in materials(reviews_of(case), with_words=True)
        for card in one.evidence
        if _speaks_against(one, card.question) and not _withdrawn(card)
    ]
    owed = unheard(case.pk, [key for key, _card in cards])
    return [
        Fact(_text(words_in(card)), _source(words_in(card)), key, card.question, card.at)
        for key, card in cards
        if key in owed
    ]


def _speaks_against(review: Material, code: str) -> bool:
    question, answer = review.definition.by_code[code], review.current(code)
    return answer is None or answer.value != question.expected


def _withdrawn(card: Any) -> bool:
    return any(note.kind == NoteKind.WITHDRAWN for note in card.notes.all())


def _text(said: Words) -> str:
    return said.get("excerpt") or said.get("title", "")


def _source(said: Words) -> str:
    return ", ".join(part for part in (said.get("title", ""), said.get("place", "")) if part)
