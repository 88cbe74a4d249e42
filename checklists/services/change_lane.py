"""Into the in-depth lane and back. The case's workflow says when (docs/domain.md §8.1)."""

import uuid
from collections.abc import Collection
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from checklists.models import LaneChange, Review
from checklists.models.review import ChangeKind
from checklists.rules.definition import Lane
from checklists.services.acting import begin
from checklists.services.changing import change
from vetting.accounts.actors import Actor
from vetting.accounts.roles import Permission
from vetting.kernel import clock
from vetting.kernel.errors import Invalid, NotNow


def change_lane(
    *,
    review: Review,
    lane: Lane,
    actor: Actor,
    circumstance: str = "",
    scope: Collection[str] = (),
    until: date | None = None,
    case: uuid.UUID | None = None,
) -> LaneChange:
    """Opens the in-depth lane on a named concrete circumstance, for these questions, until a last day; or closes it.

    Raises Invalid with messages per field without circumstance, scope or last day; NotNow when it is in that lane.
    """
    with transaction.atomic():
        acting = begin(review, actor, "review.lane_changed", permission=Permission.CHANGE_LANE, case=case)
        if acting.review.lane == lane:
            raise NotNow(_("The review is in this lane already."), code="already")
        if lane == Lane.IN_DEPTH:
            _check(acting.review, circumstance, scope, until)
        row = LaneChange.objects.create(
            review=acting.review,
            lane=lane.value,
            scope=sorted(scope),
            until=until,
            at=clock.now(),
            **acting.words({"circumstance": circumstance.strip()}),
            **acting.by(),
        )
        change(acting, ChangeKind.LANE, lane=lane.value)
        acting.log("review.lane_changed", lane=lane.value, scope=row.scope, until=until)
    return row


def _check(review: Review, circumstance: str, scope: Collection[str], until: date | None) -> None:
    fields: dict[str, list[Any]] = {}
    if not circumstance.strip():
        fields["circumstance"] = [_("Name the concrete circumstance: what was done, by whom in which role, when.")]
    if not scope or set(scope) - set(review.asked):
        fields["scope"] = [_("Choose the questions it is about.")]
    if until is None or until < clock.today():
        fields["until"] = [_("Give a last day, today or later.")]
    if fields:
        raise Invalid(_("The in-depth lane cannot be opened yet."), fields=fields)
