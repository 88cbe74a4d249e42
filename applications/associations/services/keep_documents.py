"""The papers of an association: added with their file, then checked by somebody (docs/domain.md §1.5)."""

import uuid
from dataclasses import dataclass
from datetime import date
from typing import IO, Any

from django.db import transaction
from django.utils.translation import gettext as _

from applications.associations.choices import CheckResult, DocumentKind
from applications.associations.models import Association, AssociationDocument
from applications.associations.services.register_association import person_id
from vetting.accounts.actors import Actor
from vetting.accounts.models import District
from vetting.accounts.pages import must_have
from vetting.accounts.roles import Permission
from vetting.audit.services import record
from vetting.files.services import store_upload
from vetting.jobs.idempotency import once
from vetting.kernel import clock
from vetting.kernel.errors import Invalid, Stale

ACCESS_CLASS = "associations.document"


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it was sent: `name` is the sender's, `size` in bytes."""

    file: IO[bytes]
    name: str
    size: int


def add_document(
    *,
    actor: Actor,
    association: Association,
    district: District,
    kind: DocumentKind,
    dated_on: date,
    signed: bool | None = None,
    upload: Upload | None = None,
    key: uuid.UUID | None = None,
) -> AssociationDocument:
    """Adds a paper, with its file or as seen on paper; of an identity check no copy is taken.

    Raises Invalid for a file with an identity check, FileRefused before anything is kept, NotAllowed.
    """
    must_have(actor, Permission.ADD_DOCUMENTS, district.pk)
    if upload is not None and kind == DocumentKind.IDENTITY_CHECK:
        text = _("No copy of an identity document is kept. Take the file away; that you checked is recorded.")
        raise Invalid(_("The document was not added."), fields={"file": [text]}, code="identity_copy")

    def do() -> dict[str, Any]:
        stored = None
        if upload is not None:
            stored = store_upload(
                file=upload.file,
                name=upload.name,
                size=upload.size,
                district=district,
                access_class=ACCESS_CLASS,
                subject=association.subject,
                stored_by=actor.reference,
            )
        document = AssociationDocument.objects.create(
            association=association,
            district=district,
            kind=kind,
            dated_on=dated_on,
            signed=signed,
            file=stored,
            registered_by_id=person_id(actor),
        )
        record(
            actor=actor,
            verb="document.added",
            district=district.code,
            subject=association.subject,
            data={"document": str(document.key), "kind": kind, "sha256": stored.sha256 if stored else ""},
        )
        return {"id": document.pk}

    answer = once(
        actor=actor.reference, key=key or uuid.uuid4(), purpose=f"add_association_document:{association.pk}", do=do
    )
    return AssociationDocument.objects.get(pk=answer["id"])


def check_document(
    *,
    actor: Actor,
    document: AssociationDocument,
    expected_version: int,
    result: CheckResult,
    signed: bool | None,
    note: str = "",
) -> AssociationDocument:
    """Records who checked a paper, when and with what result; an earlier check stays in the log.

    Raises Stale when somebody checked it meanwhile, Invalid when it is incomplete without a note, NotAllowed.
    """
    must_have(actor, Permission.ADD_DOCUMENTS, document.district_id)
    if result == CheckResult.INCOMPLETE and not note.strip():
        raise Invalid(_("The check was not saved."), fields={"note": [_("Write what is missing.")]}, code="note")
    with transaction.atomic():
        row = AssociationDocument.objects.select_for_update(no_key=True, of=("self",)).get(pk=document.pk)
        if row.version != expected_version:
            text = _("Somebody else checked the document meanwhile.")
            raise Stale(text, seen=expected_version, current=row.version)
        row.result, row.signed, row.note = result, signed, note.strip()
        row.checked_by_id, row.checked_at = person_id(actor), clock.now()
        row.version += 1
        row.save()
        record(
            actor=actor,
            verb="document.checked",
            district=row.district.code,
            subject=row.association.subject,
            data={"document": str(row.key), "kind": row.kind, "result": result, "signed": signed},
            payload={"note": row.note} if row.note else None,
        )
        return row


def may_read_document(actor: Actor, district_id: int) -> bool:
    """An association's paper is read by whoever may see cases in the district that holds it."""
    return actor.may(Permission.SEE_CASES, district_id)
