"""Reads of the grants room."""

from collections.abc import Iterable
from typing import Any

from applications.cases.models import DOCUMENT_LABELS, CaseDocument
from applications.grants.models import GrantApplication


def required_attachments(application: GrantApplication) -> list[str]:
    """The document kinds the programme's version asks for at this amount, in its order."""
    content: dict[str, Any] = application.round.programme_version.content
    return [str(entry["kind"]) for entry in content.get("attachments", []) if entry.get("kind") in DOCUMENT_LABELS]


def missing_attachments(application: GrantApplication, documents: Iterable[CaseDocument]) -> list[tuple[str, str]]:
    """(kind, label) of what is asked for and not there yet."""
    there = {document.kind for document in documents}
    return [(kind, str(DOCUMENT_LABELS[kind])) for kind in required_attachments(application) if kind not in there]
