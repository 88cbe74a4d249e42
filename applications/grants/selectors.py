"""Reads of the grants room."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q

from applications.associations.models import Association
from applications.cases.models import DOCUMENT_LABELS, CaseDocument
from applications.grants.models import GrantApplication


def find_associations(query: str) -> list[Association]:
    """Up to twenty associations by name, orgnr or part of either."""
    digits = "".join(c for c in query if c.isdigit())
    wanted = Q(name__icontains=query) | (Q(orgnr__contains=digits) if len(digits) >= 3 else Q(pk=None))
    return list(Association.objects.filter(wanted).order_by("name")[:20])


def required_attachments(application: GrantApplication) -> list[str]:
    """The document kinds the programme's version asks for at this amount, in its order."""
    content: dict[str, Any] = application.round.programme_version.content
    return [str(entry["kind"]) for entry in content.get("attachments", []) if entry.get("kind") in DOCUMENT_LABELS]


def missing_attachments(application: GrantApplication, documents: Iterable[CaseDocument]) -> list[tuple[str, str]]:
    """(kind, label) of what is asked for and not there yet."""
    there = {document.kind for document in documents}
    return [(kind, str(DOCUMENT_LABELS[kind])) for kind in required_attachments(application) if kind not in there]
