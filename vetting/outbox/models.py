"""What must leave the house. The row is written in the transaction that causes it; delivery comes after commit."""

import uuid

from django.db import models
from django.db.models import Q

from vetting.accounts.models import District
from vetting.accounts.scoping import ScopedQuerySet
from vetting.kernel.fields import MomentField


class MessageState(models.TextChoices):
    """`sending` is held by a process until `lease_until`; without a lease its last try ended in doubt.

    `parked` waits for a person, who has it tried again, sends it by post, or finds that it is not needed any more.
    """

    WAITING = "waiting", "waiting"
    SENDING = "sending", "sending"
    SENT = "sent", "sent"
    PARKED = "parked", "parked"
    POSTED = "posted", "sent by post"
    NEEDLESS = "needless", "not needed any more"


OPEN = (MessageState.WAITING, MessageState.SENDING)
ENDED = (MessageState.SENT, MessageState.POSTED, MessageState.NEEDLESS)


class Message(models.Model):
    """One mail. Its body is a payload (no case content in it: docs/domain.md §4.4). `message_id` is deterministic."""

    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    message_id = models.CharField(max_length=200, unique=True)
    kind = models.CharField(max_length=64)
    district = models.ForeignKey(District, on_delete=models.PROTECT, related_name="+")
    case = models.UUIDField(null=True)
    about = models.CharField(max_length=80, blank=True)  # <type>:<id> of what caused it, a plain value
    payload_id = models.UUIDField()  # recipient, subject and body
    commitment = models.CharField(max_length=64)
    state = models.CharField(max_length=8, choices=MessageState.choices, default=MessageState.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    created_at = MomentField()
    not_before = MomentField()
    lease_until = models.DateTimeField(null=True)
    tried_at = models.DateTimeField(null=True)  # when the last try began: from where the relay is asked
    sent_at = models.DateTimeField(null=True)
    error_code = models.CharField(max_length=64, blank=True)
    error_payload_id = models.UUIDField(null=True)  # the server's own words: they may name the recipient

    objects = ScopedQuerySet["Message"].as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["not_before"], name="outbox_open", condition=Q(state__in=["waiting", "sending"])),
            models.Index(fields=["district", "created_at"], name="outbox_parked", condition=Q(state="parked")),
            models.Index(fields=["about"], name="outbox_about", condition=~Q(about="")),
        ]
        constraints = [
            models.CheckConstraint(
                name="outbox_message_left_at_a_moment",
                condition=Q(state__in=["sent", "posted"], sent_at__isnull=False)
                | (~Q(state__in=["sent", "posted"]) & Q(sent_at__isnull=True)),
            ),
            models.CheckConstraint(
                name="outbox_message_lease_while_sending", condition=Q(lease_until__isnull=True) | Q(state="sending")
            ),
            models.CheckConstraint(
                name="outbox_message_parked_for_a_reason", condition=~Q(state="parked") | ~Q(error_code="")
            ),
        ]

    def __str__(self) -> str:
        return self.message_id
