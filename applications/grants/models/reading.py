"""Whether a second reader was asked for, and why (docs/domain.md §6.2 F3)."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from applications.grants.models.application import GrantApplication
from vetting.kernel.fields import MomentField


class SecondReading(models.Model):
    """One answer of the programme's rule for one submitted review. Only added; the draw can be redone from the seed."""

    application = models.ForeignKey(GrantApplication, on_delete=models.PROTECT, related_name="readings")
    asked = models.BooleanField()
    because = models.JSONField(default=list)  # codes of the rule's grounds, e.g. ["first_time", "drawn"]
    seed = models.CharField(max_length=64)
    draw = models.DecimalField(max_digits=5, decimal_places=2)  # per cent, 0–99.99; below the rule's share: drawn
    # What the proposal said when the review was submitted: a later change needs a reading of its own.
    outcome = models.CharField(max_length=12, blank=True)
    reason_class = models.CharField(max_length=12, blank=True)
    amount = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    at = MomentField()

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(name="grants_reading_draw", condition=Q(draw__gte=0, draw__lt=100)),
            models.CheckConstraint(name="grants_reading_why", condition=Q(asked=False) | ~Q(because=[])),
        ]

    def __str__(self) -> str:
        return f"{self.application_id} {'asked' if self.asked else 'not asked'}"
