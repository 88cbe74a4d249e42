"""Own words of append-only rows: kept in payloads, the row holds the commitment (docs/adr/0005)."""

import uuid
from collections.abc import Iterable, Mapping
from typing import Any

from applications.cases.models import Case
from vetting.audit.models import Payload
from vetting.audit.services import read_payload, store_payload


def keep(case: Case, content: Mapping[str, Any]) -> tuple[uuid.UUID, str]:
    """Stores text of the case's district; returns the payload's id and the commitment for the row."""
    row, promise = store_payload(content, district=case.district.code)
    return row.pk, promise


def read(ids: Iterable[uuid.UUID | None]) -> dict[uuid.UUID, dict[str, Any]]:
    """The contents of many payloads in one query. One that was disposed of is missing: show that it is gone."""
    wanted = {pk for pk in ids if pk is not None}
    return {row.pk: read_payload(row) for row in Payload.objects.filter(pk__in=wanted)}
