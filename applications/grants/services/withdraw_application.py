"""Withdrawing: the applicant's own act in writing, entered by an officer (docs/domain.md §8.1)."""

import uuid
from datetime import date

from django.db import transaction

from applications.cases import executor
from applications.cases.models import DocumentKind
from applications.cases.services.add_document import Upload, add_document
from applications.grants.models import GrantApplication
from vetting.accounts.actors import Actor


def withdraw_application(
    *,
    actor: Actor,
    application: GrantApplication,
    upload: Upload,
    arrived_on: date,
    comment: str,
    expected_version: int,
    key: uuid.UUID | None,
) -> None:
    """Stores the request and writes off the case, together or not at all."""
    with transaction.atomic():
        document = add_document(
            case=application, actor=actor, kind=DocumentKind.WITHDRAWAL, upload=upload, arrived_on=arrived_on
        )
        executor.perform(
            subject=application,
            action="withdraw",
            actor=actor,
            data={"document_id": document.pk},
            comment=comment,
            expected_version=expected_version,
            key=key,
        )
