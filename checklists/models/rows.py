"""What the append-only rows of a review have in common: who, in which role, when, and own words in a payload row."""

import uuid
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from vetting.kernel.fields import MomentField


class ReviewRow(models.Model):
    """Abstract base. Rows are only added; a correction is a new row (docs/adr/0008)."""

    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    actor = models.CharField(max_length=80)  # audit reference, plain value
    role = models.CharField(max_length=24, blank=True)  # the role it was done in; empty for the system
    at = MomentField()
    payload_id = models.UUIDField(null=True)  # free text and names: removed by a disposal decision alone
    commitment = models.CharField(max_length=64, blank=True)

    class Meta:
        abstract = True
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_payload",
                condition=Q(payload_id__isnull=True, commitment="") | (Q(payload_id__isnull=False) & ~Q(commitment="")),
            )
        ]
