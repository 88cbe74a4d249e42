"""The three kinds of answer that are no decision: otillgänglig, bekräftad, avbokad (docs/domain.md §0.7, §8.2)."""

import uuid
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from applications.cases import executor
from applications.rentals.dates import wishes_of
from applications.rentals.models import RentalApplication, UnavailableBecause
from applications.rentals.selectors import Free, alternatives
from vetting.accounts.actors import Actor
from vetting.jobs.idempotency import once
from vetting.kernel import clock
from vetting.kernel.errors import Invalid

# What the steps that confirm may fill in: with who and when (docs/domain.md §8.2: guards with time and person).
FILLED = (
    "terms_accepted_on",
    "terms_accepted_by",
    "fee_settled_on",
    "consent_from",
    "consent_scope",
    "consent_on",
)


def answer_unavailable(
    *,
    application: RentalApplication,
    because: str,
    actor: Actor,
    comment: str = "",
    expected_version: int | None = None,
    key: uuid.UUID | None = None,
) -> executor.Done:
    """Answers with a reason code and the terms' version; the nearest free times are kept with the answer.

    What must be judged is not on the list: it is reviewed. Raises Invalid for another code.
    """
    if because not in UnavailableBecause.values:
        message = _("Choose the reason.")
        raise Invalid(message, fields={"because": [message]}, code="because")
    shown = [_plain(one) for one in free_instead(application)]
    return executor.perform(
        subject=application,
        action="not_available",
        actor=actor,
        data={"because": because, "alternatives": shown},
        comment=comment,
        expected_version=expected_version,
        key=key,
    )


def free_instead(application: RentalApplication) -> list[Free]:
    """The nearest free times instead of the first date that is asked for."""
    wishes = wishes_of(application)
    return alternatives(wishes[0].room, wishes[0].slot, clock.now()) if wishes else []


def _plain(one: Free) -> dict[str, str]:
    return {
        "room": one.room.name,
        "venue": one.room.venue.name,
        "begins": one.slot.begins.isoformat(),
        "ends": one.slot.ends.isoformat(),
    }


def confirm_booking(
    *,
    application: RentalApplication,
    action: str,
    filled: Mapping[str, Any],
    actor: Actor,
    comment: str = "",
    expected_version: int | None = None,
    key: uuid.UUID | None = None,
) -> None:
    """Takes the step `confirm` or `confirm_reviewed` with what its form fills in, together or not at all."""
    unknown = set(filled) - set(FILLED)
    if unknown:
        raise ValueError(f"not filled in by this step: {sorted(unknown)}")

    def do() -> dict[str, Any]:
        executor.hold(subject=application, action=action, actor=actor)
        if filled:
            RentalApplication.objects.filter(pk=application.pk).update(**filled)
        executor.perform(
            subject=application, action=action, actor=actor, comment=comment, expected_version=expected_version
        )
        return {}

    once(actor=actor.reference, key=key, purpose=f"{action}:{application.pk}", do=do)


def cancel_booking(
    *,
    application: RentalApplication,
    asked_on: date,
    comment: str,
    actor: Actor,
    expected_version: int | None = None,
    key: uuid.UUID | None = None,
) -> executor.Done:
    """Cancels all dates ahead at the tenant's wish; the fee follows from the terms and the day it was asked."""
    return executor.perform(
        subject=application,
        action="cancel",
        actor=actor,
        data={"asked_on": asked_on},
        comment=comment,
        expected_version=expected_version,
        key=key,
    )
