"""Withdrawing: the applicant's own act in writing, entered by an officer (docs/domain.md §8.1)."""

import uuid
from datetime import date
from typing import Any

from applications.cases import executor
from applications.cases.models import DocumentKind
from applications.cases.services.add_document import Upload, keep_document
from applications.grants.models import GrantApplication
from vetting.accounts.actors import Actor
from vetting.jobs.idempotency import once


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
    """Stores the request and writes off the case, together or not at all, and once per `key`."""

    def do() -> dict[str, Any]:
        executor.hold(subject=application, action="withdraw", actor=actor)
        document = keep_document(
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
        return {}

    once(actor=actor.reference, key=key, purpose=f"withdraw-application:{application.pk}", do=do)
