"""Long work with progress and result, idempotency keys, heartbeats (docs/domain.md §10; design: Time)."""

import uuid

from django.db import models

from vetting.kernel.fields import MomentField


class JobState(models.TextChoices):
    WAITING = "waiting", "waiting"
    RUNNING = "running", "running"
    DONE = "done", "done"
    FAILED = "failed", "failed"


class Job(models.Model):
    """Work the worker takes on its tick; it survives the page that asked for it, and a killed worker."""

    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=64)
    district = models.ForeignKey("accounts.District", on_delete=models.PROTECT, null=True, related_name="+")
    asked_by = models.CharField(max_length=80)  # audit reference
    arguments = models.JSONField(default=dict)
    state = models.CharField(max_length=8, choices=JobState.choices, default=JobState.WAITING)
    done_steps = models.PositiveIntegerField(default=0)
    all_steps = models.PositiveIntegerField(default=0)
    result = models.JSONField(default=dict)
    error_code = models.CharField(max_length=64, blank=True)
    error_payload_id = models.UUIDField(null=True)  # what the exception said; it may name people
    attempts = models.PositiveSmallIntegerField(default=0)
    created_at = MomentField()
    run_after = MomentField()
    lease_until = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["run_after"], name="jobs_job_open", condition=models.Q(state__in=["waiting", "running"])
            ),
            models.Index(fields=["asked_by", "-id"], name="jobs_job_asked"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.state}"


class IdempotencyKey(models.Model):
    """One intent of one person, kept in the transaction it stands for; a second submit gets the same answer."""

    actor = models.CharField(max_length=80)
    key = models.UUIDField()
    purpose = models.CharField(max_length=64)
    answer = models.JSONField(default=dict)
    at = MomentField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["actor", "key"], name="jobs_idempotency_once")]

    def __str__(self) -> str:
        return f"{self.purpose} {self.key}"


class Heartbeat(models.Model):
    """The last sign of life of a process: its absence is noticed by /readyz and the start page."""

    name = models.CharField(max_length=32, primary_key=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name
