"""Letting the applicant comment before anything speaks against it (kommunicering; docs/domain.md §0.1, §4.1)."""

import uuid
from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q

from applications.cases.models.case import Case
from vetting.accounts.models import User
from vetting.kernel.labels import Label


class Waiver(models.TextChoices):
    """The closed list of grounds for deciding without a hearing (docs/domain.md §4.1)."""

    FULLY_GRANTED = "fully_granted", "fully_granted"
    OWN_FACT = "own_fact", "own_fact"
    TOO_NEAR = "too_near", "too_near"
    SECRECY = "secrecy", "secrecy"


WAIVER_LABELS: dict[str, Label] = {
    Waiver.FULLY_GRANTED: Label("Beslutet går helt sökandens väg", "The decision goes fully the applicant's way"),
    Waiver.OWN_FACT: Label(
        "Uppgiften kommer från sökanden och inget läggs till",
        "The fact comes from the applicant and nothing is added",
    ),
    Waiver.TOO_NEAR: Label(
        "Evenemanget är så nära att ett svar inte kan inväntas",
        "The event is so near that an answer cannot be awaited",
    ),
    Waiver.SECRECY: Label(
        "En sekretessbestämmelse hindrar, och det som kan berättas har berättats",
        "A secrecy provision bars it, and what can be told has been told",
    ),
}


class Hearing(models.Model):
    """Facts sent to the applicant with a last day, or a recorded waiver. At most one is open per case; it ends once."""

    class Ended(models.TextChoices):
        REPLIED = "replied", "replied"
        NO_REPLY = "no_reply", "no_reply"  # the last day passed
        WAIVED = "waived", "waived"
        OVERTAKEN = "overtaken", "overtaken"

    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="hearings")
    begun_at = models.DateTimeField()
    begun_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    sent_on = models.DateField(null=True)  # null: waived from the start
    last_day = models.DateField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_as = models.CharField(max_length=12, blank=True, choices=Ended.choices)
    ended_by = models.CharField(max_length=80, blank=True)
    waiver = models.CharField(max_length=16, blank=True, choices=Waiver.choices)
    waiver_payload_id = models.UUIDField(null=True)  # {"why", "tried_at", "section", "told"} as the code demands
    waiver_commitment = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["case"], condition=Q(ended_at__isnull=True), name="cases_hearing_one_open"),
            models.CheckConstraint(
                name="cases_hearing_dates",
                condition=Q(sent_on__isnull=True, last_day__isnull=True, ended_as="waived")
                | Q(sent_on__isnull=False, last_day__isnull=False, last_day__gt=F("sent_on")),
            ),
            models.CheckConstraint(
                name="cases_hearing_ended_whole",
                condition=Q(ended_at__isnull=True, ended_as="", ended_by="")
                | Q(ended_at__isnull=False) & ~Q(ended_as="") & ~Q(ended_by=""),
            ),
            models.CheckConstraint(
                name="cases_hearing_waiver",
                condition=Q(ended_as="waived", waiver__in=Waiver.values, waiver_payload_id__isnull=False)
                | ~Q(ended_as="waived") & Q(waiver="", waiver_payload_id__isnull=True),
            ),
        ]
        indexes: ClassVar[list[Any]] = [models.Index(fields=["case", "-id"], name="cases_hearing_case")]

    def __str__(self) -> str:
        return f"{self.case_id} {self.sent_on}"


class HearingFact(models.Model):
    """One fact as it was sent. `evidence_key` is an opaque reference to where it rests. Only added."""

    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    hearing = models.ForeignKey(Hearing, on_delete=models.PROTECT, related_name="facts")
    position = models.PositiveSmallIntegerField()
    evidence_key = models.CharField(max_length=80, blank=True)
    payload_id = models.UUIDField()  # {"text", "source"}
    commitment = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        ordering = ("position",)
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["hearing", "position"], name="cases_hearingfact_position")
        ]

    def __str__(self) -> str:
        return f"{self.hearing_id}.{self.position}"


class HearingEntry(models.Model):
    """What the applicant replied to a fact, or what we say to it. Only added: a correction is a newer entry."""

    class By(models.TextChoices):
        APPLICANT = "applicant", "applicant"
        DISTRICT = "district", "district"

    fact = models.ForeignKey(HearingFact, on_delete=models.PROTECT, related_name="entries")
    by = models.CharField(max_length=12, choices=By.choices)
    written_by = models.CharField(max_length=80)  # audit reference
    arrived_on = models.DateField(null=True)  # of a reply
    payload_id = models.UUIDField()  # {"text"}
    commitment = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                name="cases_hearingentry_arrival",
                condition=Q(by="applicant", arrived_on__isnull=False) | Q(by="district", arrived_on__isnull=True),
            )
        ]
        indexes: ClassVar[list[Any]] = [models.Index(fields=["fact", "by", "-id"], name="cases_hearingentry_newest")]

    def __str__(self) -> str:
        return f"{self.fact_id} {self.by}"
