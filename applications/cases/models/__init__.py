"""Tables of the cases room."""

from applications.cases.models.case import (
    CHANNEL_LABELS,
    Case,
    CaseQuerySet,
    Channel,
    DiaryCounter,
    StateChange,
)
from applications.cases.models.documents import DOCUMENT_LABELS, CaseDocument, Direction, DocumentKind
from applications.cases.models.jav import JavAnswer, JavDeclaration, Recusal
from applications.cases.models.search import CaseSearch

__all__ = [
    "CHANNEL_LABELS",
    "DOCUMENT_LABELS",
    "Case",
    "CaseDocument",
    "CaseQuerySet",
    "CaseSearch",
    "Channel",
    "DiaryCounter",
    "Direction",
    "DocumentKind",
    "JavAnswer",
    "JavDeclaration",
    "Recusal",
    "StateChange",
]
