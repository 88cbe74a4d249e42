"""Messages that could not leave."""

import itertools
import uuid

from django.db import transaction

from tests.factories import people
from vetting.audit.services import store_payload
from vetting.outbox.models import Message
from vetting.outbox.services import put

_numbers = itertools.count(1)


def parked(
    code: str = "550",
    *,
    to: str = "styrelsen@example.org",
    case: uuid.UUID | None = None,
    words: str = "550 Unknown <x@y.se>",
) -> Message:
    with transaction.atomic():
        row = put(
            kind="notice",
            district=people.district(),
            recipient=to,
            subject=f"Ärende KUN 2026/{next(_numbers):04d}: sista dag 3 mars 2027",
            body="Hej!\n\nDet finns ett meddelande.",
            identity=f"parked:{next(_numbers)}",
            case=case,
        )
        stored = store_payload({"words": words}, district="KUN")[0].pk
    Message.objects.filter(pk=row.pk).update(state="parked", error_code=code, attempts=12, error_payload_id=stored)
    row.refresh_from_db()
    return row
