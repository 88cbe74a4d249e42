"""Note that a refusal is considered: from then on L4, L8 and L16 are asked (docs/domain.md §3)."""

import uuid

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from checklists.models import Review
from checklists.models.review import ChangeKind
from checklists.services.acting import begin
from checklists.services.changing import change
from vetting.accounts.actors import Actor
from vetting.kernel.errors import NotNow


def consider_refusal(*, review: Review, actor: Actor, considered: bool = True, case: uuid.UUID | None = None) -> Review:
    """Turns the questions about a refusal on, or off again. It decides nothing. Raises NotNow when it is so already."""
    with transaction.atomic():
        acting = begin(review, actor, "review.refusal_considered", case=case)
        if acting.review.refusal_considered == considered:
            raise NotNow(_("This is noted already."), code="already")
        change(acting, ChangeKind.REFUSAL_CONSIDERED, refusal_considered=considered)
        acting.log("review.refusal_considered", considered=considered)
    return acting.review
