"""The common case: number, state, people, state rows (docs/domain.md §8). Children hold what is their own."""

import uuid
from datetime import date
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import F, Q

from applications.associations.models import Association
from vetting.accounts.actors import Actor
from vetting.accounts.models import District, Unit, User
from vetting.accounts.roles import Permission
from vetting.accounts.scoping import ScopedQuerySet
from vetting.kernel import clock
from vetting.kernel.fields import MomentField
from vetting.kernel.fsm import Stateful
from vetting.kernel.labels import Label


class Channel(models.TextChoices):
    """How a document reached the district; it decides the arrival day (docs/domain.md §4.1, FL 22 §)."""

    PORTAL = "portal", "portal"
    EMAIL = "email", "email"
    POST = "post", "post"
    LETTER_BOX = "letter_box", "letter_box"
    IN_PERSON = "in_person", "in_person"


CHANNEL_LABELS: dict[str, Label] = {
    Channel.PORTAL: Label("E-tjänst", "Online service"),
    Channel.EMAIL: Label("E-post", "E-mail"),
    Channel.POST: Label("Brev med posten", "Letter by post"),
    Channel.LETTER_BOX: Label("Brevlådan", "Letter box"),
    Channel.IN_PERSON: Label("Lämnat på plats", "Handed in"),
}


class CaseQuerySet(ScopedQuerySet["Case"]):
    def for_user(self, actor: Actor, permission: Permission) -> Self:
        """The cases of the actor's districts, but those a conflict of interest locks the actor out of."""
        scoped = super().for_user(actor, permission)
        if actor.user_id is None:
            return scoped
        out = Recusal.objects.filter(user_id=actor.user_id).locked_out_on(clock.today())
        return scoped.exclude(pk__in=out.values("case_id"))


class Case(Stateful):
    """A matter with a diary number. `association` or `tenant_payload_id` says who applies: exactly one of them."""

    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=16)
    district = models.ForeignKey(District, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    association = models.ForeignKey(Association, on_delete=models.PROTECT, null=True, related_name="cases")
    tenant_payload_id = models.UUIDField(null=True)  # a private person's name and contact; never an identity number
    number = models.CharField(max_length=24, blank=True)  # KUN 2026/0123
    number_year = models.PositiveSmallIntegerField(null=True)
    number_seq = models.PositiveIntegerField(null=True)
    officer = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    channel = models.CharField(max_length=12, choices=Channel.choices, blank=True)
    received_at = models.DateTimeField(null=True)  # when it reached the district
    received_date = models.DateField(null=True)  # inkommen_dag as computed from the channel
    state_since = MomentField()
    due_on = models.DateField(null=True)  # next step due, Europe/Stockholm; null only in a final state
    is_open = models.BooleanField(default=True)  # false in a final state: what the queue and its counts leave out
    created_at = MomentField()
    created_by = models.CharField(max_length=80)

    objects = CaseQuerySet.as_manager()

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                name="cases_case_one_applicant",
                condition=Q(association__isnull=False, tenant_payload_id__isnull=True)
                | Q(association__isnull=True, tenant_payload_id__isnull=False),
            ),
            models.CheckConstraint(
                name="cases_case_number_whole",
                condition=Q(number="", number_year__isnull=True, number_seq__isnull=True)
                | (~Q(number="") & Q(number_year__isnull=False, number_seq__isnull=False)),
            ),
            models.UniqueConstraint(  # with the id, so that the queue's far pages are read from the index alone
                fields=["district", "number_year", "number_seq"], include=["id"], name="cases_case_number_once"
            ),
            models.CheckConstraint(
                name="cases_case_due_or_final", condition=Q(is_open=False) | Q(due_on__isnull=False)
            ),
            models.CheckConstraint(
                name="cases_case_channel", condition=Q(channel="") | Q(channel__in=[c.value for c in Channel])
            ),
        ]
        # The queue's saved views and their counts are answered from these alone (index-only).
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["district", "due_on", "id"], name="cases_case_queue", condition=Q(is_open=True)),
            models.Index(
                fields=["district", "state", "due_on", "id"], name="cases_case_state", condition=Q(is_open=True)
            ),
            models.Index(
                fields=["district", "officer", "due_on", "id"], name="cases_case_officer", condition=Q(is_open=True)
            ),
            models.Index(fields=["association", "-id"], name="cases_case_association"),
            models.Index(fields=["district", "received_date", "id"], name="cases_case_arrived"),  # figures by week
        ]

    def __str__(self) -> str:
        return self.number or f"{self.kind} {self.key}"


class StateChange(models.Model):
    """One move of one row, in the transaction that moved it. Only added; the database demands it for every change.

    A column `xact xid8` with the transaction's id stands in the table (migration 0001) and is the database's own.
    """

    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    subject_type = models.CharField(max_length=24)
    subject_id = models.BigIntegerField()
    case = models.ForeignKey(Case, on_delete=models.PROTECT, null=True, related_name="state_changes")
    version = models.PositiveIntegerField()
    action = models.CharField(max_length=32)
    from_state = models.CharField(max_length=24, blank=True)  # empty: the row was created
    to_state = models.CharField(max_length=24)
    actor = models.CharField(max_length=80)
    role = models.CharField(max_length=24, blank=True)
    ground = models.CharField(max_length=20, blank=True)
    at = models.DateTimeField()
    payload_id = models.UUIDField(null=True)  # the comment
    commitment = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["subject_type", "subject_id", "version"], name="cases_statechange_version")
        ]
        indexes: ClassVar[list[Any]] = [models.Index(fields=["case", "id"], name="cases_statechange_case")]

    def __str__(self) -> str:
        return f"{self.action}: {self.from_state} → {self.to_state}"


class DiaryCounter(models.Model):
    """The last diary number given per district and year; its row is locked last, so numbers have no gaps."""

    district = models.ForeignKey(District, on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["district", "year"], name="cases_diarycounter_once")
        ]

    def __str__(self) -> str:
        return f"{self.district_id} {self.year}: {self.last}"


class RecusalQuerySet(models.QuerySet["Recusal"]):
    def locked_out_on(self, day: date) -> Self:
        """Those that stand and leave no step open that day."""
        return self.filter(lifted_at__isnull=True).exclude(allowed_until__gte=day)


class Recusal(models.Model):
    """While it stands the person cannot see the case. Ended by a date, never removed (docs/domain.md A24).

    Written with the declaration `yes` or a unit head's ruling. `objects.locked_out_on(day)` are those that lock.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="recusals")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    since = models.DateTimeField()
    lifted_at = models.DateTimeField(null=True)
    # KL 6:30: one step that nobody else can take without considerable delay, on a unit head's ruling.
    allowed_action = models.CharField(max_length=32, blank=True)
    allowed_until = models.DateField(null=True)

    objects = RecusalQuerySet.as_manager()

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                fields=["case", "user"], condition=Q(lifted_at__isnull=True), name="cases_recusal_once"
            ),
            models.CheckConstraint(
                name="cases_recusal_dates", condition=Q(lifted_at__isnull=True) | Q(lifted_at__gte=F("since"))
            ),
            models.CheckConstraint(
                name="cases_recusal_allowed",
                condition=Q(allowed_action="", allowed_until__isnull=True)
                | ~Q(allowed_action="") & Q(allowed_until__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.user_id}"
