"""What the append-only rows of a review have in common: who, in which role, when, and own words in a payload row."""

import uuid
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q

from vetting.accounts.naming import person_name
from vetting.audit.models import Payload
from vetting.kernel.fields import MomentField


class ReviewRowQuerySet(models.QuerySet[Any]):
    def told(self) -> Self:
        """With what a page shows beside the row, in the same query: its words (`said`), a person's name (`by_name`)."""
        said = Payload.objects.filter(pk=models.OuterRef("payload_id")).values("content")[:1]
        return self.annotate(said=models.Subquery(said), by_name=person_name("actor"))


class ReviewRow(models.Model):
    """Abstract base. Rows are only added; a correction is a new row (docs/adr/0008)."""

    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    actor = models.CharField(max_length=80)  # audit reference, plain value
    role = models.CharField(max_length=24, blank=True)  # the role it was done in; empty for the system
    at = MomentField()
    payload_id = models.UUIDField(null=True)  # free text and names: removed by a disposal decision alone
    commitment = models.CharField(max_length=64, blank=True)

    objects = ReviewRowQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_payload",
                condition=Q(payload_id__isnull=True, commitment="") | (Q(payload_id__isnull=False) & ~Q(commitment="")),
            )
        ]
