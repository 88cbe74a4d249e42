"""Stored files: what was received or made, whole and unchanged (docs: trust F11)."""

import uuid

from django.db import models
from django.db.models import Q

from vetting.accounts.models import District
from vetting.kernel.fields import MomentField


class StoredFile(models.Model):
    """One whole file on disk under `FILES_ROOT`, named by its key. The row is written after the file is in place.

    `access_class` names who may read it: a predicate that the owning room registers (`files.access`).
    """

    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    district = models.ForeignKey(District, on_delete=models.PROTECT, related_name="+")
    access_class = models.CharField(max_length=40)
    subject = models.CharField(max_length=80)  # what it belongs to, e.g. case:<uuid>; the predicate reads it
    name = models.CharField(max_length=200)  # as the sender named it, cleaned; only shown
    content_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()  # bytes
    sha256 = models.CharField(max_length=64)
    stored_by = models.CharField(max_length=80)  # audit reference
    stored_at = MomentField()

    class Meta:
        constraints = [
            models.CheckConstraint(name="files_storedfile_size", condition=Q(size__gt=0)),
            models.CheckConstraint(name="files_storedfile_sha", condition=Q(sha256__regex=r"^[0-9a-f]{64}$")),
        ]
        indexes = [models.Index(fields=["subject"], name="files_subject")]

    def __str__(self) -> str:
        return self.name
