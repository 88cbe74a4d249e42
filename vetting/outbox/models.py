"""What must leave the house. The row is written in the transaction that causes it; delivery comes after commit."""

import uuid

from django.db import models

from vetting.kernel.fields import MomentField


class MessageState(models.TextChoices):
    WAITING = "waiting", "waiting"
    SENDING = "sending", "sending"
    SENT = "sent", "sent"
    PARKED = "parked", "parked"


class Message(models.Model):
    """One mail. Its body is a payload (no case content in it: docs/domain.md §4.4). `message_id` is deterministic."""

    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    message_id = models.CharField(max_length=200, unique=True)
    kind = models.CharField(max_length=64)
    district = models.ForeignKey("accounts.District", on_delete=models.PROTECT, related_name="+")
    case = models.UUIDField(null=True)
    payload_id = models.UUIDField()  # recipient, subject and body
    commitment = models.CharField(max_length=64)
    state = models.CharField(max_length=8, choices=MessageState.choices, default=MessageState.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    created_at = MomentField()
    not_before = MomentField()
    lease_until = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    error_code = models.CharField(max_length=64, blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["not_before"], name="outbox_open", condition=models.Q(state__in=["waiting", "sending"])
            )
        ]

    def __str__(self) -> str:
        return self.message_id
