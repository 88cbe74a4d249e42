"""What a decision is made of: rules as versions, the proposal, the board's sittings, the record and its track."""

from applications.decisions.models.board import BoardItem, BoardMeeting
from applications.decisions.models.notice import Announcement, Appeal, LegalForce
from applications.decisions.models.proposal import Proposal, ProposalSave, ProposalStatus
from applications.decisions.models.record import Decision, DecisionLetter, DecisionTrack
from applications.decisions.models.reviews import DecisionReview
from applications.decisions.models.versions import DelegationVersion, LetterTemplateVersion

__all__ = [
    "Announcement",
    "Appeal",
    "BoardItem",
    "BoardMeeting",
    "Decision",
    "DecisionLetter",
    "DecisionReview",
    "DecisionTrack",
    "DelegationVersion",
    "LegalForce",
    "LetterTemplateVersion",
    "Proposal",
    "ProposalSave",
    "ProposalStatus",
]
