"""`record()` (and `record_all()` for many): the way into the log, inside the transaction of what it records."""

import hashlib
import json
import secrets
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
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
    row, promise = _sealed(content, district, at or clock.now())
    row.save(force_insert=True)
    return row, promise


def store_payloads(
    contents: Iterable[tuple[Mapping[str, Any], str]], *, at: datetime | None = None
) -> list[tuple[Payload, str]]:
    """The same for many at once, each given with its district's code; one statement."""
    moment = at or clock.now()
    made = [_sealed(content, district, moment) for content, district in contents]
    Payload.objects.bulk_create([row for row, _promise in made])
    return made


def _sealed(content: Mapping[str, Any], district: str, at: datetime) -> tuple[Payload, str]:
    body, salt = canonical_json(content), secrets.token_bytes(16)
    return Payload(district=district, salt=salt, content=body, at=at), commitment(salt, body)


def read_payload(row: Payload) -> dict[str, Any]:
    """The payload's content as it was given."""
    content: dict[str, Any] = json.loads(bytes(row.content))
    return content


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What one event says. `data` holds ids, codes, dates and sums only; free text and names go in `payload`."""

    actor: HasReference
    verb: str
    case: uuid.UUID | None = None
    district: str = ""
    subject: str = ""
    role: str = ""
    data: Mapping[str, Any] | None = None
    payload: Mapping[str, Any] | None = None


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
    entry = Entry(
        actor=actor, verb=verb, case=case, district=district, subject=subject, role=role, data=data, payload=payload
    )
    verbs[verb]
    _inside_a_transaction()
    at = at or clock.now()
    row, promise = store_payload(payload, district=district, at=at) if payload else (None, "")
    event = _event(entry, at, row, promise)
    event.save(force_insert=True)
    return event


def record_all(entries: Sequence[Entry], *, at: datetime | None = None) -> list[Event]:
    """Adds many events in their order, set-wise: timed work goes over thousands of rows. Raises as `record` does."""
    for verb in {entry.verb for entry in entries}:
        verbs[verb]
    _inside_a_transaction()
    moment = at or clock.now()
    spoken = [entry for entry in entries if entry.payload]
    stored = store_payloads(((entry.payload or {}, entry.district) for entry in spoken), at=moment)
    payloads = dict(zip(map(id, spoken), stored, strict=True))
    return Event.objects.bulk_create([_event(entry, moment, *payloads.get(id(entry), (None, ""))) for entry in entries])


def _inside_a_transaction() -> None:
    if not connection.in_atomic_block:
        raise RuntimeError("audit.record() belongs inside the transaction of what it records")


def _event(entry: Entry, at: datetime, payload: Payload | None, promise: str) -> Event:
    """The unsaved event with its canonical bytes: format 1, final."""
    key = uuid.uuid4()
    body = {
        "format": FORMAT,
        "key": str(key),
        "at": at.isoformat(timespec="microseconds"),
        "actor": entry.actor.reference,
        "role": entry.role,
        "verb": entry.verb,
        "district": entry.district,
        "case": str(entry.case) if entry.case else "",
        "subject": entry.subject,
        "data": dict(entry.data or {}),
        "payload": promise,
    }
    return Event(
        key=key,
        at=at,
        actor=entry.actor.reference,
        role=entry.role,
        verb=entry.verb,
        district=entry.district,
        case=entry.case,
        subject=entry.subject,
        canonical=canonical_json(body),
        payload_id=payload.pk if payload else None,
    )
