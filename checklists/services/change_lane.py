"""Into the in-depth lane and back. The room that owns the case opens it, in its workflow (docs/domain.md §8.1)."""

import uuid

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from checklists.models import Review
from checklists.models.review import ChangeKind, ReviewChange
from checklists.rules.definition import Lane
from checklists.services.acting import begin
from checklists.services.changing import change
from vetting.accounts.actors import Actor
from vetting.accounts.roles import Permission
from vetting.kernel.errors import NotNow


def change_lane(*, review: Review, lane: Lane, actor: Actor, case: uuid.UUID | None = None) -> ReviewChange:
    """Puts the review in the lane. Circumstance, scope and last day stand where the lane was opened.

    Raises NotNow when it is in that lane already, NotAllowed with who may.
    """
    with transaction.atomic():
        acting = begin(review, actor, "review.lane_changed", permission=Permission.CHANGE_LANE, case=case)
        if acting.review.lane == lane:
            raise NotNow(_("The review is in this lane already."), code="already")
        row = change(acting, ChangeKind.LANE, lane=lane.value)
        acting.log("review.lane_changed", lane=lane.value)
    return row
