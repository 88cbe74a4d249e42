"""Who handles a case from when to when, and which cases belong together."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q

from applications.cases.models.case import Case
from vetting.accounts.models import User


class Assignment(models.Model):
    """One person's time as the case's officer; `Case.officer` is whoever holds the open one. Ended once, by a date."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="assignments")
    officer = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    since = models.DateField()
    back_on = models.DateField(null=True)  # handed over for a time: the day the earlier officer takes it back
    assigned_by = models.CharField(max_length=80)  # audit reference
    at = models.DateTimeField()
    ended_on = models.DateField(null=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(ended_on__isnull=True), name="cases_assignment_one_open"
            ),
            models.CheckConstraint(
                name="cases_assignment_dates",
                condition=(Q(ended_on__isnull=True) | Q(ended_on__gte=F("since")))
                & (Q(back_on__isnull=True) | Q(back_on__gt=F("since"))),
            ),
        ]
        indexes: ClassVar[list[Any]] = [models.Index(fields=["case", "-id"], name="cases_assignment_case")]

    def __str__(self) -> str:
        return f"{self.case_id} {self.officer_id}"


class CaseLink(models.Model):
    """Two cases of one district that belong together, the older one first. Ended by a date, never removed."""

    class Why(models.TextChoices):
        EARLIER = "earlier", "earlier"  # the same association's earlier case
        SAME_MATTER = "same_matter", "same_matter"
        JOINT_PROJECT = "joint_project", "joint_project"
        REOPENED = "reopened", "reopened"  # after a judgment or a referral

    first = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="links_from")
    second = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="links_to")
    why = models.CharField(max_length=16, choices=Why.choices)
    by = models.CharField(max_length=80)
    at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(name="cases_caselink_order", condition=Q(first__lt=F("second"))),
            models.UniqueConstraint(
                fields=["first", "second"], condition=Q(ended_at__isnull=True), name="cases_caselink_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first_id}–{self.second_id}"
