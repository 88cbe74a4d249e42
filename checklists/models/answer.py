"""Answers, and what was suggested before them. Both only added (docs/domain.md §3; design: Reviews)."""

import uuid
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from checklists.models.review import Review, codes
from checklists.models.rows import ReviewRow
from checklists.rules.definition import Value
from vetting.kernel.fields import MomentField

VALUES = [(value.value, value.value) for value in Value]


def one_of_the_values(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(name=name, condition=Q(value__in=[value.value for value in Value]))


class Source(models.TextChoices):
    """Where a suggested answer comes from."""

    REGISTER = "register", "register"
    APPLICATION = "application", "application"
    LAST_REVIEW = "last_review", "last_review"


class Prefill(models.Model):
    """A suggested answer. It counts for nothing until a person has confirmed it; the newest per question stands."""

    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="prefills")
    question = models.CharField(max_length=8)
    value = models.CharField(max_length=16, choices=VALUES)
    circumstances = codes()
    source = models.CharField(max_length=16, choices=Source.choices)
    as_of = models.DateField()  # the day the fact held, or the last review was signed
    reference = models.CharField(max_length=80, blank=True)  # the last review's matter; a register entry
    url = models.CharField(max_length=200, blank=True)  # where the fact is seen
    from_answer = models.ForeignKey("Answer", on_delete=models.PROTECT, null=True, related_name="+")
    at = MomentField()

    class Meta:
        constraints: ClassVar[list[Any]] = [
            one_of_the_values("checklists_prefill_value"),
            models.CheckConstraint(
                name="checklists_prefill_last_review",
                condition=Q(source="last_review", from_answer__isnull=False)
                | (~Q(source="last_review") & Q(from_answer__isnull=True)),
            ),
        ]
        indexes: ClassVar[list[Any]] = [models.Index(fields=["review", "id"], name="checklists_prefill_line")]

    def __str__(self) -> str:
        return f"{self.question}: {self.value}"


class Answer(ReviewRow):
    """One answer by one person (or by the system, for what only the system can answer). The newest stands.

    `supersedes` makes the answers to a question one unbroken line: at most one first answer, at most one successor.
    """

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="answers")
    question = models.CharField(max_length=8)
    value = models.CharField(max_length=16, choices=VALUES)
    circumstances = codes()
    looked_at = codes()
    supersedes = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="superseded_by")
    prefill = models.ForeignKey(Prefill, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta(ReviewRow.Meta):
        constraints: ClassVar[list[Any]] = [
            *ReviewRow.Meta.constraints,
            one_of_the_values("checklists_answer_value"),
            models.UniqueConstraint(
                fields=["review", "question"], condition=Q(supersedes__isnull=True), name="checklists_answer_one_first"
            ),
            models.CheckConstraint(
                name="checklists_answer_unclear_says_why", condition=~Q(value="oklart") | Q(payload_id__isnull=False)
            ),
        ]
        indexes: ClassVar[list[Any]] = [models.Index(fields=["review", "id"], name="checklists_answer_line")]

    def __str__(self) -> str:
        return f"{self.question}: {self.value}"
