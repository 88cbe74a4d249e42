"""What is due: an obligation, its plan of reminders, and what became of each step (docs/adr/0012).

The ground does not know what is owed: kinds are registered by higher rooms, subject and case are plain values.
"""

import uuid
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from vetting.accounts.models import District
from vetting.accounts.scoping import ScopedQuerySet
from vetting.kernel.fields import MomentField
from vetting.kernel.versions import VersionedRule


class ReminderPlan(VersionedRule):
    """A district's steps of reminders as a version. `content` is read by `plan.steps_of`."""

    district = models.ForeignKey(District, on_delete=models.PROTECT, related_name="+")

    class Meta(VersionedRule.Meta):
        constraints: ClassVar[list[Any]] = [
            *VersionedRule.Meta.constraints,
            models.UniqueConstraint(fields=["district", "code", "number"], name="obligations_plan_number"),
        ]


class ObligationState(models.TextChoices):
    OPEN = "open", "open"
    PAUSED = "paused", "paused"
    MET = "met", "met"
    CANCELLED = "cancelled", "cancelled"


STANDING = (ObligationState.OPEN, ObligationState.PAUSED)


class Obligation(models.Model):
    """Something somebody owes by a day in Europe/Stockholm. Written by the room's services alone.

    `turn` counts the last days it has had: a moved day has its own steps. `next_on` is the day the next step is owed;
    the tick asks for nothing else. The plan is the version in force when it began.
    """

    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=48)
    district = models.ForeignKey(District, on_delete=models.PROTECT, related_name="+")
    subject_type = models.CharField(max_length=40)
    subject_key = models.UUIDField()
    case = models.UUIDField(null=True)
    plan = models.ForeignKey(ReminderPlan, on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField()
    turn = models.PositiveSmallIntegerField(default=1)
    next_on = models.DateField(null=True)
    state = models.CharField(max_length=9, choices=ObligationState.choices, default=ObligationState.OPEN)
    version = models.PositiveIntegerField(default=1)
    created_at = MomentField()
    ended_at = models.DateTimeField(null=True)
    # A step that could not be written: tried again after `retry_at`, and with `trouble` shown to a person.
    attempts = models.PositiveSmallIntegerField(default=0)
    retry_at = models.DateTimeField(null=True)
    trouble = models.CharField(max_length=64, blank=True)

    objects = ScopedQuerySet["Obligation"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "subject_key"],
                condition=Q(state__in=["open", "paused"]),
                name="obligations_one_standing",
            ),
            models.CheckConstraint(
                name="obligations_obligation_state", condition=Q(state__in=["open", "paused", "met", "cancelled"])
            ),
            models.CheckConstraint(
                name="obligations_obligation_ended",
                condition=Q(state__in=["open", "paused"], ended_at__isnull=True)
                | Q(state__in=["met", "cancelled"], ended_at__isnull=False, next_on__isnull=True),
            ),
        ]
        indexes = [
            models.Index(fields=["next_on", "id"], name="obligations_next", condition=Q(state="open", trouble="")),
            models.Index(fields=["case"], name="obligations_case", condition=Q(case__isnull=False)),
            models.Index(fields=["subject_key"], name="obligations_subject"),
            models.Index(fields=["district", "due_on"], name="obligations_trouble", condition=~Q(trouble="")),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.due_on}"

    @property
    def stands(self) -> bool:
        return self.state in STANDING


class StepOutcome(models.TextChoices):
    WRITTEN = "written", "written"  # its mails were put in the outbox
    PASSED_OVER = "passed_over", "passed over"  # a later step was owed too, and left in its stead
    IN_PAUSE = "in_pause", "fell in a pause"


class ObligationStep(models.Model):
    """What became of one step: once per obligation, last day and step, added in the transaction of its mails."""

    obligation = models.ForeignKey(Obligation, on_delete=models.PROTECT, related_name="steps")
    turn = models.PositiveSmallIntegerField()
    step = models.CharField(max_length=32)
    owed_on = models.DateField()
    outcome = models.CharField(max_length=12, choices=StepOutcome.choices)
    instead = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")
    at = MomentField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["obligation", "turn", "step"], name="obligations_step_once"),
            models.CheckConstraint(
                name="obligations_step_instead",
                condition=Q(outcome="passed_over", instead__isnull=False)
                | (~Q(outcome="passed_over") & Q(instead__isnull=True)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.step} {self.outcome}"

    @property
    def reference(self) -> str:
        """How its mails name it (`Message.about`)."""
        return f"step:{self.pk}"
