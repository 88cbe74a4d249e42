"""`record()`: the one way into the log. Called inside the transaction of what it records."""

import hashlib
import json
import secrets
import uuid
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Protocol

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection

from vetting.audit.models import FORMAT, Event, Payload
from vetting.audit.verbs import verbs
from vetting.kernel import clock


class HasReference(Protocol):
    """Whoever acts: `accounts.Actor`. `reference` is user:<uuid> or system:<name>."""

    @property
    def reference(self) -> str: ...


def canonical_json(content: Any) -> bytes:
    """The one byte form: UTF-8, keys sorted, no spaces, dates in ISO 8601, decimals as strings."""
    text = json.dumps(content, cls=DjangoJSONEncoder, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode()


def commitment(salt: bytes, content: bytes) -> str:
    """Hex SHA-256 of salt ‖ content: what an append-only row keeps of its payload."""
    return hashlib.sha256(salt + content).hexdigest()


def store_payload(content: Mapping[str, Any], *, district: str = "", at: datetime | None = None) -> tuple[Payload, str]:
    """Stores free text or personal data in a payload row; returns the row and the commitment to keep."""
    body, salt = canonical_json(content), secrets.token_bytes(16)
    row = Payload.objects.create(district=district, salt=salt, content=body, at=at or clock.now())
    return row, commitment(salt, body)


def read_payload(row: Payload) -> dict[str, Any]:
    """The payload's content as it was given."""
    content: dict[str, Any] = json.loads(bytes(row.content))
    return content


def record(
    *,
    actor: HasReference,
    verb: str,
    case: uuid.UUID | None = None,
    district: str = "",
    subject: str = "",
    role: str = "",
    data: Mapping[str, Any] | None = None,
    payload: Mapping[str, Any] | None = None,
    at: datetime | None = None,
) -> Event:
    """Adds one event. `data` holds ids, codes, dates and sums only; free text and names of people go in `payload`.

    Raises LookupError for a verb no room registered, and RuntimeError outside a transaction: an event that could
    survive what it records, or the other way round, would be false.
    """
    verbs[verb]
    if not connection.in_atomic_block:
        raise RuntimeError("audit.record() belongs inside the transaction of what it records")
    at = at or clock.now()
    row, promise = store_payload(payload, district=district, at=at) if payload else (None, "")
    key = uuid.uuid4()
    body = {
        "format": FORMAT,
        "key": str(key),
        "at": at.isoformat(timespec="microseconds"),
        "actor": actor.reference,
        "role": role,
        "verb": verb,
        "district": district,
        "case": str(case) if case else "",
        "subject": subject,
        "data": dict(data or {}),
        "payload": promise,
    }
    return Event.objects.create(
        key=key,
        at=at,
        actor=actor.reference,
        role=role,
        verb=verb,
        district=district,
        case=case,
        subject=subject,
        canonical=canonical_json(body),
        payload_id=row.pk if row else None,
    )
