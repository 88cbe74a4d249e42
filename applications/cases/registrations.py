"""What the cases room fills in the registries of the rooms below."""

import uuid

from applications.cases.models import Case
from applications.cases.services.add_document import ACCESS_CLASS
from vetting.accounts.actors import Actor
from vetting.accounts.roles import Permission
from vetting.audit.verbs import Verb, register
from vetting.files.access import access_classes
from vetting.files.models import StoredFile
from vetting.kernel.labels import Label

OWNER = "applications.cases"


def may_read_case_file(actor: Actor, stored: StoredFile) -> bool:
    """A case's file is read by whoever may see the case (district, role, no conflict of interest)."""
    key = uuid.UUID(stored.subject.removeprefix("case:"))
    return Case.objects.for_user(actor, Permission.SEE_CASES).filter(key=key).exists()


def register_all() -> None:
    access_classes.register(ACCESS_CLASS, may_read_case_file, owner=OWNER)
    register(
        OWNER,
        Verb("case.document_added", Label("{actor} lade till en handling.", "{actor} added a document.")),
    )
