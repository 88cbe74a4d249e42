"""Adding a document to a case: the one way, for officers, letters and later for the association's own pages."""

from dataclasses import dataclass
from datetime import date
from typing import IO

from django.db import transaction

from applications.cases.locking import lock_for
from applications.cases.models import Case, CaseDocument, Direction
from vetting.accounts.actors import Actor
from vetting.accounts.roles import Permission
from vetting.audit.services import record
from vetting.files.services import store_upload
from vetting.kernel import clock

ACCESS_CLASS = "cases.document"


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it was sent: `name` is the sender's, `size` in bytes."""

    file: IO[bytes]
    name: str
    size: int


def add_document(
    *,
    case: Case,
    actor: Actor,
    kind: str,
    upload: Upload | None = None,
    direction: str = Direction.IN,
    title: str = "",
    dated_on: date | None = None,
    arrived_on: date | None = None,
    channel: str = "",
) -> CaseDocument:
    """Adds one document with its file, in one transaction with its event. Raises FileRefused before anything is kept.

    `arrived_on` is the day it counts as received (docs/domain.md §4.1); today when an incoming one has none. Raises
    NotAllowed without the right in the case's district, LockedOut for a person with a conflict of interest.
    """
    with transaction.atomic():
        lock_for(case=case, actor=actor, permission=Permission.ADD_DOCUMENTS)
        return keep_document(
            case=case,
            actor=actor,
            kind=kind,
            upload=upload,
            direction=direction,
            title=title,
            dated_on=dated_on,
            arrived_on=arrived_on,
            channel=channel,
        )


def keep_document(
    *,
    case: Case,
    actor: Actor,
    kind: str,
    upload: Upload | None = None,
    direction: str = Direction.IN,
    title: str = "",
    dated_on: date | None = None,
    arrived_on: date | None = None,
    channel: str = "",
) -> CaseDocument:
    """`add_document` for a paper that belongs to a step: the caller has asked the step's row whether the actor may."""
    with transaction.atomic():
        stored = None
        if upload is not None:
            stored = store_upload(
                file=upload.file,
                name=upload.name,
                size=upload.size,
                district=case.district,
                access_class=ACCESS_CLASS,
                subject=f"case:{case.key}",
                stored_by=actor.reference,
            )
        document = CaseDocument.objects.create(
            case_id=case.pk,
            kind=kind,
            direction=direction,
            title=title,
            dated_on=dated_on,
            arrived_on=arrived_on or (clock.today() if direction == Direction.IN else None),
            channel=channel,
            file=stored,
            added_by=actor.reference,
            added_at=clock.now(),
        )
        record(
            actor=actor,
            verb="case.document_added",
            case=case.key,
            district=case.district.code,
            subject=f"document:{document.key}",
            data={"kind": kind, "sha256": stored.sha256 if stored else ""},
        )
        return document
