"""Conflict of interest (jäv): what was declared and ruled (docs/domain.md §0.3, A24; KL 6:28–32, 7:4)."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q

from applications.cases.models.case import Case
from vetting.accounts.models import User


class JavAnswer(models.TextChoices):
    """A24's answers (docs/domain.md §3.1; KL 6:28–32)."""

    NONE = "none", "none"
    POSSIBLE = "possible", "possible"
    YES = "yes", "yes"
    IRRELEVANT = "irrelevant", "irrelevant"  # uppenbart utan betydelse (6:29), with a reason


class JavDeclaration(models.Model):
    """What one person declared about conflicts of interest in one case. Only added; the newest counts."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="jav_declarations")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    answer = models.CharField(max_length=12, choices=JavAnswer.choices)
    payload_id = models.UUIDField(null=True)  # the reason in own words
    commitment = models.CharField(max_length=64, blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                name="cases_jav_reason", condition=Q(answer__in=["none", "yes"]) | Q(payload_id__isnull=False)
            )
        ]
        indexes: ClassVar[list[Any]] = [models.Index(fields=["case", "user", "-id"], name="cases_jav_newest")]

    def __str__(self) -> str:
        return f"{self.case_id} {self.user_id}: {self.answer}"


class JavRuling(models.Model):
    """What a unit head ruled on another person's conflict of interest in one case. Only added; the newest counts."""

    class Ruling(models.TextChoices):
        NO_CONFLICT = "no_conflict", "no_conflict"  # a possible conflict was looked at: none
        CONFLICT = "conflict", "conflict"  # the person is out
        LIFTED = "lifted", "lifted"  # the lock-out ended; the person declares anew
        ALLOWED = "allowed", "allowed"  # KL 6:30: one step nobody else can take without considerable delay

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="jav_rulings")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    ruling = models.CharField(max_length=12, choices=Ruling.choices)
    action = models.CharField(max_length=32, blank=True)  # the step that is allowed
    until = models.DateField(null=True)  # the last day it is allowed on
    payload_id = models.UUIDField()  # the reason in own words
    commitment = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(name="cases_javruling_not_own", condition=~Q(user=F("by"))),
            models.CheckConstraint(
                name="cases_javruling_allowed",
                condition=Q(ruling="allowed", until__isnull=False) & ~Q(action="")
                | ~Q(ruling="allowed") & Q(action="", until__isnull=True),
            ),
        ]
        indexes: ClassVar[list[Any]] = [models.Index(fields=["case", "user", "-id"], name="cases_javruling_newest")]

    def __str__(self) -> str:
        return f"{self.case_id} {self.user_id}: {self.ruling}"
