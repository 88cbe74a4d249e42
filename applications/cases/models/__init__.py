"""The common case's tables. One foreign key to `Case` serves all kinds (docs/domain.md §8)."""

from applications.cases.models.case import (
    CHANNEL_LABELS,
    Case,
    CaseQuerySet,
    Channel,
    DiaryCounter,
    Recusal,
    StateChange,
)
from applications.cases.models.completion import Completion
from applications.cases.models.consultation import CONSULTED_LABELS, Consultation, Consulted
from applications.cases.models.documents import DIRECTION_LABELS, DOCUMENT_LABELS, CaseDocument, Direction, DocumentKind
from applications.cases.models.handling import Assignment, CaseLink
from applications.cases.models.hearing import WAIVER_LABELS, Hearing, HearingEntry, HearingFact, Waiver
from applications.cases.models.jav import JavAnswer, JavDeclaration, JavRuling
from applications.cases.models.notes import Note, SecretNote
from applications.cases.models.reviews import CaseReview, ReviewPart
from applications.cases.models.search import CaseSearch

__all__ = [
    "CHANNEL_LABELS",
    "CONSULTED_LABELS",
    "DIRECTION_LABELS",
    "DOCUMENT_LABELS",
    "WAIVER_LABELS",
    "Assignment",
    "Case",
    "CaseDocument",
    "CaseLink",
    "CaseQuerySet",
    "CaseReview",
    "CaseSearch",
    "Channel",
    "Completion",
    "Consultation",
    "Consulted",
    "DiaryCounter",
    "Direction",
    "DocumentKind",
    "Hearing",
    "HearingEntry",
    "HearingFact",
    "JavAnswer",
    "JavDeclaration",
    "JavRuling",
    "Note",
    "Recusal",
    "ReviewPart",
    "SecretNote",
    "StateChange",
    "Waiver",
]
