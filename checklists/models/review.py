"""A review: one checklist about one subject, with the version it keeps (docs/domain.md §3, design: Reviews)."""

import uuid
from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from checklists.models.rows import ReviewRow
from checklists.models.version import ChecklistVersion
from checklists.rules.definition import Lane, LookedAt
from vetting.accounts.models import District
from vetting.accounts.scoping import ScopedQuerySet
from vetting.kernel.fields import MomentField


class ReviewState(models.TextChoices):
    OPEN = "open", "open"
    COMPLETE = "complete", "complete"


def codes() -> ArrayField:
    """A list of codes in a column."""
    return ArrayField(models.CharField(max_length=48), default=list, blank=True)


class ReviewQuerySet(ScopedQuerySet["Review"]):
    """Reads start from `for_user(actor, permission)`."""


class Review(models.Model):
    """One checklist about one subject. Only `state`, `lane`, `refusal_considered` and `revision` ever change.

    `subject` is the caller's opaque key (`association:<uuid>`); `reference` is how people name the matter (a diary
    number). `asked`, `rule_flags` and `least_looked_at` come from the programme's or the venue tier's version and are
    frozen with the review.
    """

    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    district = models.ForeignKey(District, on_delete=models.PROTECT, related_name="+")
    version = models.ForeignKey(ChecklistVersion, on_delete=models.PROTECT, related_name="reviews")
    template = models.SlugField(max_length=64)  # the version's code, for the constraint below
    subject = models.CharField(max_length=80)
    reference = models.CharField(max_length=40, blank=True)
    asked = codes()
    rule_flags = codes()
    least_looked_at = codes()
    lane = models.CharField(
        max_length=8, choices=[(lane.value, lane.value) for lane in Lane], default=Lane.FORMAL.value
    )
    refusal_considered = models.BooleanField(default=False)
    state = models.CharField(max_length=8, choices=ReviewState.choices, default=ReviewState.OPEN)
    revision = models.PositiveIntegerField(default=1)
    opened_at = MomentField()
    opened_by = models.CharField(max_length=80)
    completed_at = models.DateTimeField(null=True, blank=True)

    objects = ReviewQuerySet.as_manager()

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                fields=["district", "subject", "template"],
                condition=Q(state="open"),
                name="checklists_review_one_open",
            ),
            models.CheckConstraint(
                name="checklists_review_completed",
                condition=Q(state="open", completed_at__isnull=True) | Q(state="complete", completed_at__isnull=False),
            ),
            models.CheckConstraint(name="checklists_review_lane", condition=Q(lane__in=[lane.value for lane in Lane])),
            models.CheckConstraint(name="checklists_review_asks", condition=~Q(asked=[])),
            models.CheckConstraint(
                name="checklists_review_looked",
                condition=Q(least_looked_at__contained_by=[one.value for one in LookedAt]),
            ),
        ]
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["district", "subject", "template", "-completed_at"], name="checklists_review_last")
        ]

    def __str__(self) -> str:
        return f"{self.template} {self.subject}"

    @property
    def is_open(self) -> bool:
        return self.state == ReviewState.OPEN


class ChangeKind(models.TextChoices):
    OPENED = "opened", "opened"
    COMPLETED = "completed", "completed"
    REOPENED = "reopened", "reopened"
    REFUSAL_CONSIDERED = "refusal_considered", "refusal_considered"
    LANE = "lane", "lane"


class ReviewChange(ReviewRow):
    """What was done with the review itself. The database demands one for every change of its row.

    On `completed`, `digest` is the SHA-256 over the version and the current answers with their commitments: what the
    person signed for.
    """

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="changes")
    kind = models.CharField(max_length=20, choices=ChangeKind.choices)
    revision = models.PositiveIntegerField()
    digest = models.CharField(max_length=64, blank=True)

    class Meta(ReviewRow.Meta):
        constraints: ClassVar[list[Any]] = [
            *ReviewRow.Meta.constraints,
            models.UniqueConstraint(fields=["review", "revision"], name="checklists_change_revision"),
            models.CheckConstraint(name="checklists_change_signed", condition=~Q(kind="completed") | ~Q(digest="")),
        ]

    def __str__(self) -> str:
        return f"{self.review_id} {self.kind}"
