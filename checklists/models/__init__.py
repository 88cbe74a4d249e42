"""The rows of the checklist: versions, reviews, answers, evidence and what was done about them. Only services write."""

from checklists.models.answer import Answer, Prefill, Source
from checklists.models.evidence import Evidence, EvidenceNote, NoteKind
from checklists.models.measures import Escalation, EscalationAnswer, SpecialReasons
from checklists.models.review import Review, ReviewChange, ReviewState
from checklists.models.version import ChecklistVersion

__all__ = [
    "Answer",
    "ChecklistVersion",
    "Escalation",
    "EscalationAnswer",
    "Evidence",
    "EvidenceNote",
    "NoteKind",
    "Prefill",
    "Review",
    "ReviewChange",
    "ReviewState",
    "Source",
    "SpecialReasons",
]
