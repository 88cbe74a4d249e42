"""What happens with one date: key out, held, inspected, a deviation, stopped, nobody came (docs/domain.md §8.2)."""

import uuid
from collections.abc import Mapping
from typing import Any

from applications.cases import executor
from applications.rentals.models import Booking
from vetting.accounts.actors import Actor


def take_booking_step(
    *,
    booking: Booking,
    action: str,
    actor: Actor,
    said: Mapping[str, Any] | None = None,
    comment: str = "",
    expected_version: int | None = None,
    key: uuid.UUID | None = None,
) -> executor.Done:
    """Takes one step of a date. `said` are the step's own words (`note`, or who stopped it and why)."""
    return executor.perform(
        subject=booking,
        action=action,
        actor=actor,
        data=dict(said or {}),
        comment=comment,
        expected_version=expected_version,
        key=key,
    )
