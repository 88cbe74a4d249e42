"""Open a signed review again, with a reason: the second reader returned it, or something new became known."""

import uuid

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from checklists.models import Review
from checklists.models.review import ChangeKind, ReviewChange
from checklists.services.acting import begin
from checklists.services.changing import change
from vetting.accounts.actors import Actor
from vetting.accounts.roles import Permission
from vetting.kernel.errors import Invalid, NotNow


def reopen_review(*, review: Review, actor: Actor, why: str, case: uuid.UUID | None = None) -> ReviewChange:
    """Opens the review; its answers stand until new ones supersede them.

    Raises NotNow when it is open, or when another review of the subject was opened meanwhile; Invalid without a reason.
    """
    with transaction.atomic():
        acting = begin(
            review, actor, "review.reopened", permission=Permission.REOPEN_REVIEW, case=case, only_open=False
        )
        fresh = acting.review
        if fresh.is_open:
            raise NotNow(_("The review is open already."), code="already")
        if not why.strip():
            raise Invalid(_("The review cannot be opened yet."), fields={"why": [_("Write why it is opened again.")]})
        other = Review.objects.filter(
            district=fresh.district_id, subject=fresh.subject, template=fresh.template, state="open"
        )
        if other.exists():
            raise NotNow(_("A newer review of the same subject is open. Use that one."), code="newer_open")
        row = change(acting, ChangeKind.REOPENED, why=why.strip(), state="open", completed_at=None)
        acting.log("review.reopened")
    return row
