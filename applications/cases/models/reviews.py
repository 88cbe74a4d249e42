"""Which reviews a case rests on: the checklist knows no case, the case names its reviews (design: Reviews)."""

from typing import Any, ClassVar

from django.db import models

from applications.cases.models.case import Case
from checklists.models import Review
from vetting.kernel.fields import MomentField


class ReviewPart(models.TextChoices):
    """What the review is about. A review of an association may serve several cases of its district."""

    ASSOCIATION = "association", "association"
    APPLICATION = "application", "application"
    EVENT = "event", "event"


class CaseReview(models.Model):
    """One review a case rests on. Only added; a case that is taken up again keeps its reviews, opened anew."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="case_reviews")
    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="+")
    part = models.CharField(max_length=12, choices=ReviewPart.choices)
    linked_at = MomentField()

    class Meta:
        ordering = ("id",)
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["case", "review"], name="cases_casereview_once")
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.part}"
