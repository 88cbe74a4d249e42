"""The confirmation letter: frozen words with their hash, and the PDF made of them. No decision (design §2.3)."""

import uuid
from typing import Any, ClassVar

from django.db import models

from applications.rentals.models.application import RentalApplication
from vetting.files.models import StoredFile
from vetting.kernel.fields import MomentField


class Confirmation(models.Model):
    """What the tenant is told when a booking is confirmed. The words stand in a payload."""

    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    application = models.ForeignKey(RentalApplication, on_delete=models.PROTECT, related_name="confirmations")
    payload_id = models.UUIDField()
    commitment = models.CharField(max_length=64)
    text_sha256 = models.CharField(max_length=64)
    by = models.CharField(max_length=80)
    at = MomentField()

    def __str__(self) -> str:
        return f"{self.application_id} {self.at:%Y-%m-%d}"


class ConfirmationFile(models.Model):
    """The PDF of one confirmation. Only added, once."""

    confirmation = models.OneToOneField(Confirmation, on_delete=models.PROTECT, related_name="made")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    at = MomentField()

    class Meta:
        constraints: ClassVar[list[Any]] = []

    def __str__(self) -> str:
        return f"{self.confirmation_id}"
