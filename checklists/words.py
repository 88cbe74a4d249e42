"""The free text of rows, from their payloads; a text disposed of reads as empty."""

import uuid
from collections.abc import Iterable
from typing import Any

from checklists.models.rows import ReviewRow
from vetting.audit.models import Payload
from vetting.audit.services import read_payload

Words = dict[str, Any]


def words_of(rows: Iterable[ReviewRow]) -> dict[uuid.UUID, Words]:
    """The payloads of many rows in one query, by payload id."""
    wanted = {row.payload_id for row in rows if row.payload_id}
    return {one.pk: read_payload(one) for one in Payload.objects.filter(pk__in=wanted)}


def words_in(row: ReviewRow) -> Words:
    """The words of one row; empty when it has none or they were disposed of."""
    return words_of([row]).get(row.payload_id, {}) if row.payload_id else {}


def answer_words(row: ReviewRow) -> str:
    """The reasons of an answer in the person's own words."""
    return str(words_in(row).get("own_words", ""))
