"""The log: append-only events and the payload rows that hold their free text and personal data (docs/adr/0005).

The byte format is final from the first event on; sealing later signs these very bytes. No foreign keys: an event
must outlive what it is about.
"""

import uuid

from django.db import models

FORMAT = 1


class Payload(models.Model):
    """Free text or personal data of an append-only row, which keeps only the salted commitment to it.

    `commitment` = SHA-256(salt ‖ content). Removing the payload (by a disposal decision alone) leaves every
    commitment, chain and count intact.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    district = models.CharField(max_length=12, blank=True)  # whose data it is: the controller
    salt = models.BinaryField()
    content = models.BinaryField()  # canonical JSON, UTF-8
    at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.id)


class Event(models.Model):
    """What happened: who, what, on what, when. `canonical` holds the bytes that seals are made over."""

    id = models.BigAutoField(primary_key=True)
    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    format = models.PositiveSmallIntegerField(default=FORMAT)
    at = models.DateTimeField()
    actor = models.CharField(max_length=80)  # user:<uuid> or system:<name>
    role = models.CharField(max_length=40, blank=True)  # the role it was done in
    verb = models.CharField(max_length=64)
    district = models.CharField(max_length=12, blank=True)
    case = models.UUIDField(null=True)
    subject = models.CharField(max_length=80, blank=True)  # <type>:<id>
    canonical = models.BinaryField()
    payload_id = models.UUIDField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["case", "-id"], name="audit_event_case", condition=models.Q(case__isnull=False)),
            models.Index(fields=["subject", "-id"], name="audit_event_subject"),
            models.Index(fields=["district", "-id"], name="audit_event_district"),
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.subject}"
