"""Reads of the grants room."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from applications.associations.models import AssociationDocument
from applications.cases.models import CaseDocument
from applications.grants.models import GrantApplication
from applications.grants.programmes.rules.attachments import Held, Required, required_attachments, serves
from applications.grants.programmes.terms.stored import terms_of
from vetting.kernel import clock


@dataclass(frozen=True, slots=True)
class AskedPaper:
    """A paper the programme asks for: `with_it` came with the application, `held` is what the register has of it."""

    wanted: Required
    with_it: bool
    held: Held | None

    @property
    def kind(self) -> str:
        return str(self.wanted.attachment.kind)

    @property
    def name(self) -> str:
        return self.wanted.name

    @property
    def is_there(self) -> bool:
        return self.with_it or self.held is not None


def required(application: GrantApplication) -> list[Required]:
    """The papers the programme's version asks for at the sum applied for."""
    terms = terms_of(application.round.programme_version)
    return required_attachments(terms, application.applied_amount or Decimal(0), _came(application))


def register_papers(application: GrantApplication) -> list[Held]:
    """What the district's register holds of the association's papers, newest first; one query."""
    rows = AssociationDocument.objects.filter(
        association=application.association_id, district=application.district_id
    ).order_by("-dated_on", "-id")
    return [Held(*row) for row in rows.values_list("kind", "dated_on", "signed", "result")]


def asked_papers(
    application: GrantApplication, documents: Iterable[CaseDocument], held: Iterable[Held]
) -> list[AskedPaper]:
    """Every paper the programme asks for, with where it is; in the programme's order. Asks the database nothing."""
    there, known, on = list(documents), list(held), _came(application)
    return [
        AskedPaper(
            one,
            any(_serves(document, one) for document in there),
            next((paper for paper in known if serves(paper, one, on)), None),
        )
        for one in required(application)
    ]


def missing_attachments(application: GrantApplication, documents: Iterable[CaseDocument]) -> list[tuple[str, str]]:
    """(kind, name) of what is asked for and neither came with the application nor stands in the register.

    A copy that is too old is missing. One query, for the register.
    """
    asked = asked_papers(application, documents, register_papers(application))
    return [(one.kind, one.name) for one in asked if not one.is_there]


def _came(application: GrantApplication) -> date:
    return application.received_date or clock.today()


def _serves(document: CaseDocument, wanted: Required) -> bool:
    if document.kind != wanted.attachment.kind:
        return False
    return wanted.oldest is None or document.dated_on is None or document.dated_on >= wanted.oldest
