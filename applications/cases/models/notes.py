"""Official notes (tjänsteanteckningar; docs/domain.md §4.3). Public by default; one with secrecy stands apart."""

import uuid
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from applications.cases.models.case import Case
from vetting.accounts.models import User


class Note(models.Model):
    """A note that anybody may ask to see. Only added: a correction is a newer note.

    `must_answer` marks an instruction (the board's at a referral back, a court's ground); `answers` points at it.
    """

    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="notes")
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    must_answer = models.BooleanField(default=False)
    answers = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="answered_by")
    payload_id = models.UUIDField()  # {"text"}
    commitment = models.CharField(max_length=64)

    class Meta:
        indexes: ClassVar[list[Any]] = [models.Index(fields=["case", "-id"], name="cases_note_case")]

    def __str__(self) -> str:
        return str(self.key)


class SecretNote(models.Model):
    """A note under a secrecy provision, which must be named (TF 2:20): a warning, never a decision on release.

    Its own table and permission; each reading of it is an event. Only added.
    """

    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="secret_notes")
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    section = models.CharField(max_length=24)  # e.g. OSL 21:3
    payload_id = models.UUIDField()  # {"text"}
    commitment = models.CharField(max_length=64)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                name="cases_secretnote_section", condition=Q(section__regex=r"^OSL [0-9]{1,2}:[0-9]{1,2}( [a-z])?$")
            )
        ]
        indexes: ClassVar[list[Any]] = [models.Index(fields=["case", "-id"], name="cases_secretnote_case")]

    def __str__(self) -> str:
        return str(self.key)
