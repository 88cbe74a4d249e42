"""Which signed reviews a decision rests on, as they read then (docs/domain.md §6.2 F1; docs/adr/0016)."""

from typing import Any, ClassVar

from django.db import models

from applications.decisions.models.record import Decision
from checklists.models import Review


class DecisionReview(models.Model):
    """One review a decision rests on: its revision, the hash its signature covers, and what it said. Only added.

    The database takes it only while the review is signed in that revision, and opens no review that stands here.
    `adverse` and `stops` are codes of questions: where the review said to look, and where a stop was met.
    """

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="reviews")
    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="+")
    revision = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    adverse = models.JSONField(default=list)
    stops = models.JSONField(default=list)

    class Meta:
        ordering = ("id",)
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["decision", "review"], name="decisions_review_once"),
        ]

    def __str__(self) -> str:
        return f"{self.decision_id}: review {self.review_id} r{self.revision}"
