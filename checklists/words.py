"""The free text of rows, from their payloads; a text disposed of reads as empty."""

import json
from typing import Any

from checklists.models.rows import ReviewRow
from vetting.audit.models import Payload
from vetting.audit.services import read_payload

Words = dict[str, Any]


def words_in(row: ReviewRow) -> Words:
    """The words of one row; empty when it has none or they were disposed of. No query for a row read with `told()`."""
    if hasattr(row, "said"):
        found: Words = json.loads(bytes(row.said)) if row.said else {}
        return found
    payload = Payload.objects.filter(pk=row.payload_id).first() if row.payload_id else None
    return read_payload(payload) if payload else {}


def answer_words(row: ReviewRow) -> str:
    """The reasons of an answer in the person's own words."""
    return str(words_in(row).get("own_words", ""))
