"""The money of a grant: sums, payment rows, their conditions, answers to KL 13:14, voluntary repayments (ADR 0014)."""

import uuid
from datetime import date, timedelta
from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q

from applications.associations.models import GiroAccount
from applications.cases.executor import came_from
from applications.cases.models import Case, CaseDocument
from applications.decisions.choices import both
from applications.decisions.models import Decision
from applications.grants.payments.picture import picture_on
from applications.grants.payments.workflow import PAYMENT
from vetting.accounts.models import User
from vetting.kernel.fields import MomentField
from vetting.kernel.fsm import Stateful, moves
from vetting.kernel.giro import GiroKind, formatted
from vetting.kernel.workflow import Move

_SUM: dict[str, Any] = {"max_digits": 12, "decimal_places": 2}


class GrantSums(models.Model):
    """What a grant comes to, in kr. Written by the database alone, under the lock of this row; the app only reads.

    `granted` is the sum of the decision in force, never less than what was paid or on its way when it changed;
    `repaid` came back of the association's own accord, `reclaimed` by a claim, `waived` is what a claim let go.
    """

    case = models.OneToOneField(Case, on_delete=models.PROTECT, primary_key=True, related_name="grant_sums")
    granted = models.DecimalField(default=0, **_SUM)
    paid = models.DecimalField(default=0, **_SUM)
    repaid = models.DecimalField(default=0, **_SUM)
    reclaimed = models.DecimalField(default=0, **_SUM)
    waived = models.DecimalField(default=0, **_SUM)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                name="grants_sums_positive",
                condition=Q(granted__gte=0, paid__gte=0, repaid__gte=0, reclaimed__gte=0, waived__gte=0),
            ),
            models.CheckConstraint(name="grants_sums_paid", condition=Q(paid__lte=F("granted"))),
            models.CheckConstraint(
                name="grants_sums_back", condition=Q(paid__gte=F("repaid") + F("reclaimed") + F("waived"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.paid} of {self.granted}"


class Payment(Stateful):
    """One payment of a grant: planned by the decision, certified and released by two persons, then paid or failed.

    The sum is the plan's and final; a paid or cancelled row is never changed. Moved by the executor alone.
    """

    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="payments")
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="payments")
    position = models.PositiveSmallIntegerField()  # 1, 2 … over all plans of the case
    amount = models.DecimalField(**_SUM)
    payable_from = models.DateField(null=True)  # an instalment's day; empty: as soon as it may be executed
    due_on = models.DateField(null=True)  # the next step
    giro = models.ForeignKey(GiroAccount, on_delete=models.PROTECT, null=True, related_name="+")
    certified_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    certified_at = models.DateTimeField(null=True)
    released_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    released_at = models.DateTimeField(null=True)
    confirmed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    paid_on = models.DateField(null=True)
    reference = models.CharField(max_length=60, blank=True)  # of the city's ledger
    planned_at = MomentField()

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["case", "position"], name="grants_payment_position"),
            models.CheckConstraint(name="grants_payment_amount", condition=Q(amount__gt=0)),
            models.CheckConstraint(
                name="grants_payment_two_people",
                condition=Q(released_by__isnull=True)
                | (Q(certified_by__isnull=False) & ~Q(certified_by=F("released_by"))),
            ),
            models.CheckConstraint(
                name="grants_payment_whole",
                condition=(
                    ~Q(state__in=["certified", "released", "paid"])
                    | Q(certified_by__isnull=False, certified_at__isnull=False, giro__isnull=False)
                )
                & (~Q(state__in=["released", "paid"]) | Q(released_by__isnull=False, released_at__isnull=False))
                & (~Q(state="paid") | (Q(confirmed_by__isnull=False, paid_on__isnull=False) & ~Q(reference=""))),
            ),
        ]
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["state", "due_on", "id"], name="grants_payment_due"),
        ]

    def __str__(self) -> str:
        return f"{self.position}: {self.amount} {self.state}"

    def enter(self, state: str, today: date) -> None:
        """The day the next step is due: by the state's rule, of a later instalment not before its own day."""
        rule = PAYMENT.state(state)
        day = None if rule.final else today + timedelta(days=rule.due_days or 0)
        if day is not None and self.payable_from is not None and state in ("planned", "certified"):
            day = max(day, self.payable_from)
        self.due_on = day

    def _back_to_plan(self) -> None:
        """Nobody has certified it, nobody released it: who did before stands in the state rows."""
        self.giro_id = self.certified_by_id = self.released_by_id = None
        self.certified_at = self.released_at = None

    @moves(*PAYMENT.rows_of("certify"))
    def certify(self, move: Move) -> None:
        self.certified_by_id, self.certified_at = move.actor.person_id, move.at
        self.giro_id = move.facts["giro_id"]
        self.enter("certified", move.today)

    @moves(*PAYMENT.rows_of("release"))
    def release(self, move: Move) -> None:
        self.released_by_id, self.released_at = move.actor.person_id, move.at
        self.enter("released", move.today)

    @moves(*PAYMENT.rows_of("confirm_paid"))
    def confirm_paid(self, move: Move) -> None:
        self.confirmed_by_id = move.actor.person_id
        self.paid_on, self.reference = move.data["paid_on"], move.data["reference"].strip()
        self.enter("paid", move.today)

    @moves(*PAYMENT.rows_of("fail"))
    def fail(self, move: Move) -> None:
        self.enter("failed", move.today)

    @moves(*PAYMENT.rows_of("plan_again"))
    def plan_again(self, move: Move) -> None:
        self._back_to_plan()
        self.enter("planned", move.today)

    @moves(*PAYMENT.rows_of("hold"))
    def hold(self, move: Move) -> None:
        self.enter("held", move.today)

    @moves(*PAYMENT.rows_of("resume"))
    def resume(self, move: Move) -> str:
        """Back to where it was held; a certification on a giro that has ended since is not worth anything."""
        usable = {one.pk for one in picture_on(move).giros}
        state = came_from(self) if self.giro_id in usable else "planned"
        if state == "planned":
            self._back_to_plan()
        self.enter(state, move.today)
        return state

    @moves(*PAYMENT.rows_of("cancel"))
    def cancel(self, move: Move) -> None:
        self.enter("cancelled", move.today)


# What the methods above set and the executor saves with the state, in one statement.
CARRIES = (
    "due_on",
    "giro_id",
    "certified_by_id",
    "certified_at",
    "released_by_id",
    "released_at",
    "confirmed_by_id",
    "paid_on",
    "reference",
)


class PaymentCondition(models.Model):
    """What must be met before a payment is certified; met once, on a document, and then final."""

    class Code(models.TextChoices):
        REVISED_BUDGET = "revised_budget", both("Reviderad budget", "Revised budget")
        APPROVED_REPORT = "approved_report", both("Godkänd redovisning", "Approved report")

    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    payment = models.ForeignKey(Payment, on_delete=models.PROTECT, related_name="conditions")
    code = models.CharField(max_length=16, choices=Code.choices)
    met_on = models.DateField(null=True)
    met_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    document = models.ForeignKey(CaseDocument, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["payment", "code"], name="grants_condition_once"),
            models.CheckConstraint(
                name="grants_condition_met",
                condition=Q(met_on__isnull=True, met_by__isnull=True, document__isnull=True)
                | Q(met_on__isnull=False, met_by__isnull=False, document__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.code


class EarlyExecution(models.Model):
    """Yes, it can be put right if the decision is annulled (KL 13:14): who said so, when, and why. Only added."""

    payment = models.ForeignKey(Payment, on_delete=models.PROTECT, related_name="early_answers")
    track_state = models.CharField(max_length=24)  # how far the decision had come
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    payload_id = models.UUIDField()  # the reason
    commitment = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"{self.payment_id} {self.track_state}"


class Repayment(models.Model):
    """Money the association sent back of its own accord: no ground, no claim, nothing held against it. Only added.

    A slip of the pen is put right by a second row that undoes the first.
    """

    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="repayments")
    amount = models.DecimalField(**_SUM)
    received_on = models.DateField()
    giro_kind = models.CharField(max_length=8, choices=GiroKind.choices)  # of the city, on which it came in
    giro_digits = models.CharField(max_length=8)
    reference = models.CharField(max_length=60)
    undoes = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="undone_by")
    registered_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                name="grants_repayment_amount",
                condition=Q(amount__gt=0, undoes__isnull=True) | Q(amount__lt=0, undoes__isnull=False),
            ),
            models.CheckConstraint(name="grants_repayment_reference", condition=~Q(reference="")),
        ]

    def __str__(self) -> str:
        return f"{self.amount} {self.received_on}"

    @property
    def giro_shown(self) -> str:
        return formatted(self.giro_kind, self.giro_digits)
