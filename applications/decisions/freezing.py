"""Freezing the text of a decision: canonical bytes, their SHA-256, and the check that they still agree."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from vetting.audit.models import Payload
from vetting.audit.services import canonical_json, commitment

LETTER = "letter"  # the payload's key under which the frozen letter stands


def text_sha256(letter: Mapping[str, Any]) -> str:
    """Hex SHA-256 over the canonical JSON of the letter: every word of it, and nothing else."""
    return hashlib.sha256(canonical_json(letter)).hexdigest()


def frozen(decision: Any) -> dict[str, Any]:
    """The payload of a decision: the frozen letter, the reasons and the names, as they were decided."""
    content: dict[str, Any] = json.loads(bytes(Payload.objects.get(pk=decision.payload_id).content))
    return content


def is_intact(decision: Any) -> bool:
    """Whether payload, commitment and text hash still agree."""
    row = Payload.objects.filter(pk=decision.payload_id).first()
    if row is None:
        return False
    body = bytes(row.content)
    if commitment(bytes(row.salt), body) != decision.commitment:
        return False
    return text_sha256(json.loads(body)[LETTER]) == decision.text_sha256
