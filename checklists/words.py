"""The free text of rows, from their payloads; a text disposed of reads as empty."""

import json
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery

from checklists.models.rows import ReviewRow
from vetting.accounts.naming import person_name
from vetting.audit.models import Payload
from vetting.audit.services import read_payload

Words = dict[str, Any]


def told(rows: QuerySet[Any], beside: str = "") -> QuerySet[Any]:
    """With what a page shows of each row, in the same query: its words (`said`) and the person's name (`by_name`).

    `beside` names a related row whose words and person are read instead, as `<beside>_said` and `<beside>_by_name`.
    """
    path, name = (f"{beside}__", f"{beside}_") if beside else ("", "")
    said = Payload.objects.filter(pk=OuterRef(f"{path}payload_id")).values("content")[:1]
    found = {f"{name}said": Subquery(said), f"{name}by_name": person_name(f"{path}actor")}
    return rows.annotate(**found)


def words_in(row: ReviewRow) -> Words:
    """The words of one row; empty when it has none or they were disposed of. No query for a row read through `told`."""
    if hasattr(row, "said"):
        found: Words = json.loads(bytes(row.said)) if row.said else {}
        return found
    payload = Payload.objects.filter(pk=row.payload_id).first() if row.payload_id else None
    return read_payload(payload) if payload else {}


def answer_words(row: ReviewRow) -> str:
    """The reasons of an answer in the person's own words."""
    return str(words_in(row).get("own_words", ""))
