"""Asking the applicant for what is missing, and registering what came (docs/domain.md §8.1; policy, FL 6 §)."""

import uuid
from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from applications.cases.executor import Done, perform
from applications.cases.limits import completion_days
from applications.cases.models import Case, Completion
from applications.cases.texts import keep, read
from vetting.accounts.actors import Actor
from vetting.kernel import clock
from vetting.kernel.errors import Invalid, NotNow
from vetting.kernel.workflow import Move

MOST_ITEMS = 30
Ended = Completion.Ended


def ask_completion(
    *,
    case: Case,
    items: Sequence[str],
    last_day: date,
    actor: Actor,
    expected_version: int | None = None,
    key: uuid.UUID | None = None,
) -> Done:
    """Asks for the items by the last day, which becomes the case's due day. Raises Invalid for no item or a bad day."""
    return perform(
        subject=case,
        action="ask_completion",
        actor=actor,
        data={"items": list(items), "last_day": last_day, "due_on": last_day},
        expected_version=expected_version,
        key=key,
    )


def register_completion(
    *,
    case: Case,
    received: Sequence[int],
    actor: Actor,
    arrived_on: date | None = None,
    note: str = "",
    expected_version: int | None = None,
    key: uuid.UUID | None = None,
) -> Done:
    """Ends the open request: which of its items came (their positions from 0) and on which day the last of them did.

    With nothing received before the last day a note is owed (e.g. that the applicant said no more will come).
    """
    return perform(
        subject=case,
        action="completed",
        actor=actor,
        data={"received": list(received), "arrived_on": arrived_on, "note": note},
        expected_version=expected_version,
        key=key,
    )


def asked(move: Move) -> None:
    """Effect `completion.asked`: writes the request. Needs `items` and `last_day` in the step's data."""
    items = [item.strip() for item in move.data.get("items", ()) if item.strip()]
    if not items or len(items) > MOST_ITEMS:
        message = _("Write what is missing: at least one thing and at most %(most)s.") % {"most": MOST_ITEMS}
        raise Invalid(message, fields={"items": [message]}, code="items")
    last_day = completion_days(move.case).check(move.data.get("last_day"))
    payload, promise = keep(move.case, {"items": items})
    Completion.objects.create(
        case_id=move.case.pk,
        asked_at=move.at,
        asked_by_id=move.actor.user_id,
        last_day=last_day,
        payload_id=payload,
        commitment=promise,
    )
    move.log.update(last_day=last_day, items=len(items))


def ended(move: Move) -> None:
    """Effect `completion.ended`: writes what came. A step that overtakes the request (a dismissal) ends it as it is."""
    request = Completion.objects.filter(case_id=move.case.pk, ended_at__isnull=True).first()
    if request is None:
        if move.row.action == "completed":
            raise NotNow(_("There is no open request for completion in this case."), code="no_request")
        return
    received = sorted(set(move.data.get("received", ())))
    items = read([request.payload_id]).get(request.payload_id, {}).get("items", [])
    if move.row.action != "completed":
        ended_as = Ended.NOTHING if move.today > request.last_day else Ended.OVERTAKEN
        _end(request, move, ended_as, {})
        return
    _check(move, request, received, len(items))
    ended_as = Ended.WHOLE if len(received) == len(items) else Ended.PARTLY if received else Ended.NOTHING
    _end(request, move, ended_as, {"received": received, "note": move.data.get("note", "").strip()})


def _check(move: Move, request: Completion, received: Sequence[int], items: int) -> None:
    if any(not 0 <= position < items for position in received):
        message = _("Tick only what was asked for.")
        raise Invalid(message, fields={"received": [message]}, code="received")
    arrived: date | None = move.data.get("arrived_on")
    if received and (arrived is None or arrived > move.today):
        message = _("Write the day it arrived, today at the latest.")
        raise Invalid(message, fields={"arrived_on": [message]}, code="arrived_on")
    if not received and not move.data.get("note", "").strip() and move.today <= request.last_day:
        message = _("Nothing is ticked and the last day has not passed. Tick what came, or write why you end it now.")
        raise Invalid(message, fields={"received": [message]}, code="nothing")


def _end(request: Completion, move: Move, ended_as: str, answer: dict[str, Any]) -> None:
    payload, promise = keep(move.case, answer) if answer else (None, "")
    request.ended_at, request.ended_as, request.ended_by = clock.now(), ended_as, move.actor.reference
    request.arrived_on = move.data.get("arrived_on") if answer.get("received") else None
    request.answer_payload_id, request.answer_commitment = payload, promise
    request.save(
        update_fields=[
            "ended_at",
            "ended_as",
            "ended_by",
            "arrived_on",
            "answer_payload_id",
            "answer_commitment",
        ]
    )
    move.log.update(completion=ended_as)
