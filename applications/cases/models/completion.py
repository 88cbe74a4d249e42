"""Asking the applicant for what is missing (docs/domain.md §8.1; policy, FL 6 §)."""

import uuid
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from applications.cases.models.case import Case
from vetting.accounts.models import User


class Completion(models.Model):
    """One request for completion: items (in the payload), last day, and how it ended. At most one is open per case.

    What was asked stands as it was sent; ending it is written once (migration 0004).
    """

    class Ended(models.TextChoices):
        WHOLE = "whole", "whole"
        PARTLY = "partly", "partly"
        NOTHING = "nothing", "nothing"
        OVERTAKEN = "overtaken", "overtaken"  # the case took another way, e.g. it was withdrawn

    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="completions")
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    last_day = models.DateField()
    payload_id = models.UUIDField()  # {"items": [...]}
    commitment = models.CharField(max_length=64)
    ended_at = models.DateTimeField(null=True)
    ended_as = models.CharField(max_length=12, blank=True, choices=Ended.choices)
    ended_by = models.CharField(max_length=80, blank=True)  # audit reference of who registered it
    arrived_on = models.DateField(null=True)
    answer_payload_id = models.UUIDField(null=True)  # {"received": [0, 2], "note": "…"}
    answer_commitment = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(ended_at__isnull=True), name="cases_completion_one_open"
            ),
            models.CheckConstraint(
                name="cases_completion_ended_whole",
                condition=Q(ended_at__isnull=True, ended_as="", ended_by="")
                | Q(ended_at__isnull=False) & ~Q(ended_as="") & ~Q(ended_by=""),
            ),
        ]
        indexes: ClassVar[list[Any]] = [models.Index(fields=["case", "-id"], name="cases_completion_case")]

    def __str__(self) -> str:
        return f"{self.case_id} {self.last_day}"
