"""The forms of the review page and the pages that hang on it. What is owed is asked of the rules, never here."""

from checklists.forms.answers import AnswerForm, ConfirmForm
from checklists.forms.evidence import EvidenceForm, NoteForm
from checklists.forms.measures import EscalationAnswerForm, EscalationForm, ReasonForm, SpecialReasonsForm

__all__ = [
    "AnswerForm",
    "ConfirmForm",
    "EscalationAnswerForm",
    "EscalationForm",
    "EvidenceForm",
    "NoteForm",
    "ReasonForm",
    "SpecialReasonsForm",
]
