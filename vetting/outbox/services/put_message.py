"""`put()`: the way into the outbox."""

import uuid
from typing import Any

from django.db import connection

from vetting.audit.services import store_payload
from vetting.kernel import clock
from vetting.outbox.models import Message


def put(
    *, kind: str, district: Any, recipient: str, subject: str, body: str, identity: str, case: uuid.UUID | None
) -> Message:
    """Queues one mail inside the caller's transaction. `identity` names the intent (e.g. `decision:<id>:letter`):
    the same identity gives the same Message-ID, and the database refuses it twice (IntegrityError)."""
    if not connection.in_atomic_block:
        raise RuntimeError("outbox.put() belongs inside the transaction that causes the message")
    content = {"to": recipient, "subject": subject, "body": body}
    row, promise = store_payload(content, district=district.code, at=clock.now())
    return Message.objects.create(
        message_id=f"<{identity.replace(':', '.')}@vetting.invalid>",
        kind=kind,
        district=district,
        case=case,
        payload_id=row.pk,
        commitment=promise,
    )
