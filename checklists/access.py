"""Who may read the file of an evidence card: whoever may see the review it belongs to."""

import uuid

from checklists.hosts import reasons_against
from checklists.models import Evidence, Review
from vetting.accounts.actors import Actor
from vetting.accounts.roles import Permission
from vetting.files.access import access_classes
from vetting.files.models import StoredFile

EVIDENCE_FILES = "checklists.evidence"
FORMAL_SECTION = "formal"  # what a reader lent by another district sees (docs/domain.md §7)


def subject_of(review: Review) -> str:
    """The name under which files and log events know a review."""
    return f"review:{review.key}"


def may_see_file(actor: Actor, stored: StoredFile) -> bool:
    """The review's readers whom no gate keeps out; a reader lent by another district: files of formal questions."""
    key = uuid.UUID(stored.subject.removeprefix("review:"))
    review = Review.objects.for_user(actor, Permission.SEE_CHECKLIST).filter(key=key).first()
    if review is None or reasons_against(review, actor, "see"):
        return False
    if not actor.formal_only_in(review.district_id):
        return True
    card = Evidence.objects.filter(file=stored).select_related("review__version").first()
    return card is not None and _is_formal(card)


def _is_formal(card: Evidence) -> bool:
    from checklists.selectors.versions import definition_of

    question = definition_of(card.review.version).by_code.get(card.question)
    return question is not None and question.section == FORMAL_SECTION


def register_access() -> None:
    access_classes.register(EVIDENCE_FILES, may_see_file, owner="checklists")
