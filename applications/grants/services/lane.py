"""The in-depth lane of a case: its reviews change lane together, on one named circumstance (docs/domain.md §2.3)."""

import uuid
from collections.abc import Collection
from datetime import date

from applications.cases import executor
from applications.cases.services.open_reviews_again import open_reviews_again
from applications.grants.models import GrantApplication, InDepthLane
from applications.grants.review_cycle import SYSTEM, reviews_of
from checklists.models import Review
from checklists.rules.definition import Lane
from checklists.services.change_lane import change_lane
from vetting.accounts.actors import Actor
from vetting.kernel.workflow import Move


def open_lane(
    *,
    actor: Actor,
    application: GrantApplication,
    circumstance: str,
    scope: Collection[str],
    last_day: date,
    expected_version: int,
    key: uuid.UUID | None,
) -> None:
    """Opens the lane for the questions in `scope` until `last_day`, which becomes the day the next step is due."""
    executor.perform(
        subject=application,
        action="open_in_depth",
        actor=actor,
        data={"circumstance": circumstance, "scope": sorted(scope), "due_on": last_day},
        expected_version=expected_version,
        key=key,
    )


def close_lane(
    *, actor: Actor, application: GrantApplication, finding: str, expected_version: int, key: uuid.UUID | None
) -> None:
    """Closes the open lane with what was found for each question that was looked at."""
    executor.perform(
        subject=application,
        action="close_in_depth",
        actor=actor,
        data={"finding": finding},
        expected_version=expected_version,
        key=key,
    )


def lane_opened(move: Move) -> None:
    """Effect `grant.lane_opened`: the ground is kept here; the reviews that ask the questions change lane."""
    InDepthLane.objects.create(
        application=move.subject,
        circumstance=move.data["circumstance"],
        scope=sorted(move.data["scope"]),
        last_day=move.data["due_on"],
        opened_by=move.actor.reference,
        opened_at=move.at,
    )
    wanted = [review.key for review in reviews_of(move.subject) if _asks(review, move)]
    open_reviews_again(case=move.case, actor=SYSTEM, why=move.data["circumstance"], only=wanted)
    for review in reviews_of(move.subject):
        if _asks(review, move):
            change_lane(review=review, lane=Lane.IN_DEPTH, actor=move.actor, case=move.case.key)


def _asks(review: Review, move: Move) -> bool:
    return bool(set(move.data["scope"]) & set(review.asked))


def lane_closed(move: Move) -> None:
    """Effect `grant.lane_closed`: the finding is kept, the reviews go back to the formal lane."""
    move.subject.lanes.filter(closed_at__isnull=True).update(
        finding=move.data["finding"], closed_by=move.actor.reference, closed_at=move.at
    )
    for review in reviews_of(move.subject):
        if review.lane == Lane.IN_DEPTH:
            change_lane(review=review, lane=Lane.FORMAL, actor=move.actor, case=move.case.key)
