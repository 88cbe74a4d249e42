"""Declarations on conflicts of interest, and who is out of a case (docs/domain.md §0.3, A24; KL 6:28–32)."""

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


class Recusal(models.Model):
    """While it stands the person cannot see the case. Written with the declaration `yes`, ended by a date."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="recusals")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    since = models.DateTimeField()
    lifted_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                fields=["case", "user"], condition=Q(lifted_at__isnull=True), name="cases_recusal_once"
            ),
            models.CheckConstraint(
                name="cases_recusal_dates", condition=Q(lifted_at__isnull=True) | Q(lifted_at__gte=F("since"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.user_id}"
