"""What is done about a doubt: escalated and answered, special reasons tried. Only added."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from checklists.models.review import Review, codes
from checklists.models.rows import ReviewRow
from checklists.rules.definition import Target


class Escalation(ReviewRow):
    """A question put to somebody. Its payload holds what was asked."""

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="escalations")
    question = models.CharField(max_length=8)
    to = models.CharField(max_length=16, choices=[(one.value, one.value) for one in Target])

    class Meta(ReviewRow.Meta):
        constraints: ClassVar[list[Any]] = [
            *ReviewRow.Meta.constraints,
            models.CheckConstraint(name="checklists_escalation_text", condition=Q(payload_id__isnull=False)),
            models.CheckConstraint(
                name="checklists_escalation_to", condition=Q(to__in=[target.value for target in Target])
            ),
        ]
        indexes: ClassVar[list[Any]] = [models.Index(fields=["review", "id"], name="checklists_escalation_line")]

    def __str__(self) -> str:
        return f"{self.question} → {self.to}"


class EscalationAnswer(ReviewRow):
    """The answer, by the one it was put to, or registered by an officer with the reference where it is found."""

    escalation = models.OneToOneField(Escalation, on_delete=models.PROTECT, related_name="answer")
    registered = models.BooleanField(default=False)  # an officer wrote down what somebody else answered
    reference = models.CharField(max_length=80, blank=True)

    class Meta(ReviewRow.Meta):
        constraints: ClassVar[list[Any]] = [
            *ReviewRow.Meta.constraints,
            models.CheckConstraint(name="checklists_escanswer_text", condition=Q(payload_id__isnull=False)),
            models.CheckConstraint(
                name="checklists_escanswer_registered", condition=Q(registered=False) | ~Q(reference="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.escalation_id}"


class SpecialReasons(ReviewRow):
    """Special reasons tried for one question, found or not, with text (docs/domain.md §2.2)."""

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="special_reasons")
    question = models.CharField(max_length=8)
    found = models.BooleanField()
    weighed = codes()  # distance · measures · single · long_ago

    class Meta(ReviewRow.Meta):
        constraints: ClassVar[list[Any]] = [
            *ReviewRow.Meta.constraints,
            models.CheckConstraint(name="checklists_special_text", condition=Q(payload_id__isnull=False)),
        ]
        indexes: ClassVar[list[Any]] = [models.Index(fields=["review", "id"], name="checklists_special_line")]

    def __str__(self) -> str:
        return f"{self.question}: {self.found}"
