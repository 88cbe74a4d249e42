"""Reads of the grants room."""

from collections.abc import Iterable
from decimal import Decimal

from applications.cases.models import CaseDocument
from applications.grants.models import GrantApplication
from applications.grants.programmes.rules.attachments import Required, required_attachments
from applications.grants.programmes.terms.stored import terms_of
from vetting.kernel import clock


def required(application: GrantApplication) -> list[Required]:
    """The papers the programme's version asks for at the sum applied for."""
    terms = terms_of(application.round.programme_version)
    on = application.received_date or clock.today()
    return required_attachments(terms, application.applied_amount or Decimal(0), on)


def missing_attachments(application: GrantApplication, documents: Iterable[CaseDocument]) -> list[tuple[str, str]]:
    """(kind, name) of what is asked for and is not there, or only there in a copy that is too old."""
    there = list(documents)
    return [
        (str(one.attachment.kind), one.name)
        for one in required(application)
        if not any(_serves(document, one) for document in there)
    ]


def _serves(document: CaseDocument, wanted: Required) -> bool:
    if document.kind != wanted.attachment.kind:
        return False
    return wanted.oldest is None or document.dated_on is None or document.dated_on >= wanted.oldest
