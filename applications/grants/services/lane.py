"""The in-depth lane: opened on one named circumstance by the unit head, closed with a finding (docs/domain.md §2.3)."""

import uuid
from datetime import date

from applications.cases import executor
from applications.grants.models import GrantApplication, InDepthLane
from vetting.accounts.actors import Actor
from vetting.kernel.workflow import Move


def open_lane(
    *,
    actor: Actor,
    application: GrantApplication,
    circumstance: str,
    scope: str,
    last_day: date,
    expected_version: int,
    key: uuid.UUID | None,
) -> None:
    """Opens the lane until `last_day`, which becomes the day the case's next step is due."""
    executor.perform(
        subject=application,
        action="open_in_depth",
        actor=actor,
        data={"circumstance": circumstance, "scope": scope, "due_on": last_day},
        expected_version=expected_version,
        key=key,
    )


def close_lane(
    *, actor: Actor, application: GrantApplication, finding: str, expected_version: int, key: uuid.UUID | None
) -> None:
    """Closes the open lane with what was found for each limb that was looked at."""
    executor.perform(
        subject=application,
        action="close_in_depth",
        actor=actor,
        data={"finding": finding},
        expected_version=expected_version,
        key=key,
    )


def lane_opened(move: Move) -> None:
    """Effect `grant.lane_opened`."""
    InDepthLane.objects.create(
        application=move.subject,
        circumstance=move.data["circumstance"],
        scope=move.data["scope"],
        last_day=move.data["due_on"],
        opened_by=move.actor.reference,
        opened_at=move.at,
    )


def lane_closed(move: Move) -> None:
    """Effect `grant.lane_closed`."""
    move.subject.lanes.filter(closed_at__isnull=True).update(
        finding=move.data["finding"], closed_by=move.actor.reference, closed_at=move.at
    )
