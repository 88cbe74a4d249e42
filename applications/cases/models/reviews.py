"""Which reviews a case rests on: the checklist knows no case, the case names its reviews (design: Reviews)."""

from typing import Any, ClassVar, Self

from django.db import models

from applications.cases.models.case import Case
from checklists.models import Review
from vetting.kernel.fields import MomentField


class ReviewPart(models.TextChoices):
    """What the review is about. A review of an association may serve several cases of its district."""

    ASSOCIATION = "association", "association"
    APPLICATION = "application", "application"
    EVENT = "event", "event"


class CaseReviewQuerySet(models.QuerySet["CaseReview"]):
    def standing(self) -> Self:
        """The links that count now, association first; those that were replaced say what the case rested on before."""
        return self.filter(replaced_by__isnull=True).order_by("-part", "id")


class CaseReview(models.Model):
    """One review a case rests on. Only added.

    A case that is taken up again keeps its reviews, opened anew, unless something else rests on them: then the link to
    a fresh review of the same subject `replaces` this one (docs/adr/0016).
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="case_reviews")
    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="+")
    part = models.CharField(max_length=12, choices=ReviewPart.choices)
    linked_at = MomentField()
    replaces = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="replaced_by")

    objects = CaseReviewQuerySet.as_manager()

    class Meta:
        ordering = ("id",)
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["case", "review"], name="cases_casereview_once")
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.part}"
