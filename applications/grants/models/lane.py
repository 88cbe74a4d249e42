"""The in-depth lane of a case (docs/domain.md §2.3, §8.1)."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from applications.grants.models.application import GrantApplication
from vetting.kernel.fields import MomentField


class InDepthLane(models.Model):
    """The in-depth lane of a case: opened by the unit head on one named, concrete circumstance, for a limited time.

    Ground: `anledning att anta`, concrete circumstances in the single case (docs/domain.md §2.3, §8.1).
    """

    application = models.ForeignKey(GrantApplication, on_delete=models.PROTECT, related_name="lanes")
    circumstance = models.TextField()
    scope = models.JSONField()  # codes of the questions it is about
    last_day = models.DateField()
    opened_by = models.CharField(max_length=80)
    opened_at = MomentField()
    finding = models.TextField(blank=True)
    closed_by = models.CharField(max_length=80, blank=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                fields=["application"], condition=Q(closed_at__isnull=True), name="grants_lane_one_open"
            ),
            models.CheckConstraint(
                name="grants_lane_closed_whole",
                condition=Q(closed_at__isnull=True, finding="", closed_by="")
                | (Q(closed_at__isnull=False) & ~Q(finding="") & ~Q(closed_by="")),
            ),
            models.CheckConstraint(name="grants_lane_named", condition=~Q(circumstance="") & ~Q(scope=[])),
        ]

    def __str__(self) -> str:
        return f"{self.application_id} {self.opened_at:%Y-%m-%d}"
