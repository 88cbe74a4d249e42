"""`put()` (and `put_all()` for many): the way into the outbox."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import connection

from vetting.audit.services import store_payloads
from vetting.kernel import clock
from vetting.outbox.models import Message, MessageState

NO_ADDRESS = "no_address"


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """One mail to be. `identity` names the intent (e.g. `decision:<id>:letter`), `about` what caused it."""

    kind: str
    district: Any
    recipient: str
    subject: str
    body: str
    identity: str
    case: uuid.UUID | None = None
    about: str = ""


def put(
    *, kind: str, district: Any, recipient: str, subject: str, body: str, identity: str, case: uuid.UUID | None
) -> Message:
    """Queues one mail inside the caller's transaction. `identity` names the intent (e.g. `decision:<id>:letter`):
    the same identity gives the same Message-ID, and the database refuses it twice (IntegrityError)."""
    draft = Draft(
        kind=kind, district=district, recipient=recipient, subject=subject, body=body, identity=identity, case=case
    )
    return put_all([draft])[0]


def put_all(drafts: Sequence[Draft]) -> list[Message]:
    """Queues many mails in two statements. One without a recipient's address is parked at once: a person must see
    that somebody cannot be reached by mail, and send a letter."""
    if not connection.in_atomic_block:
        raise RuntimeError("outbox.put() belongs inside the transaction that causes the message")
    contents = (
        ({"to": draft.recipient, "subject": draft.subject, "body": draft.body}, draft.district.code) for draft in drafts
    )
    moment = clock.now()
    stored = store_payloads(contents, at=moment)
    return Message.objects.bulk_create(
        [
            Message(
                message_id=message_id(draft.identity),
                kind=draft.kind,
                district=draft.district,
                case=draft.case,
                about=draft.about,
                payload_id=payload.pk,
                commitment=promise,
                state=MessageState.WAITING if draft.recipient else MessageState.PARKED,
                error_code="" if draft.recipient else NO_ADDRESS,
                created_at=moment,
                not_before=moment,
            )
            for draft, (payload, promise) in zip(drafts, stored, strict=True)
        ]
    )


def message_id(identity: str) -> str:
    """The one Message-ID of an intent, under the name mails are sent in."""
    return f"<{identity.replace(':', '.')}@{settings.MESSAGE_ID_DOMAIN}>"
