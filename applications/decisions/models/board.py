"""The board's sittings: a meeting, and what it did with each item. Outcomes are registered, never computed."""

import uuid
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from applications.cases.models import Case
from applications.decisions.choices import BoardOutcome, Body, Outcome, ReasonClass
from vetting.accounts.models import District
from vetting.accounts.scoping import ScopedQuerySet
from vetting.kernel.fields import MomentField


class MeetingQuerySet(ScopedQuerySet["BoardMeeting"]):
    pass


class BoardMeeting(models.Model):
    """A sitting of the board, or of a committee or the presidium under the delegation table.

    No board system: the agenda and the delegation list go out, outcomes come in (docs/domain.md §4.2).
    """

    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    district = models.ForeignKey(District, on_delete=models.PROTECT, related_name="+")
    body = models.CharField(max_length=10, choices=Body.choices, default=Body.BOARD)
    date = models.DateField()
    place = models.CharField(max_length=120, blank=True)
    created_by = models.CharField(max_length=80)
    created_at = MomentField()

    objects = MeetingQuerySet.as_manager()

    class Meta:
        ordering = ("date", "id")
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["district", "body", "date"], name="decisions_meeting_once"),
            models.CheckConstraint(name="decisions_meeting_body", condition=Q(body__in=Body.values)),
        ]

    def __str__(self) -> str:
        return f"{self.body} {self.date}"


class ItemKind(models.TextChoices):
    DECIDE = "decide", "decide"
    REPORT = "report", "report"  # a delegated decision reported to the board (anmälan)


class ItemQuerySet(ScopedQuerySet["BoardItem"]):
    district_field = "meeting__district_id"


class BoardItem(models.Model):
    """One paragraph of a meeting. `proposal_digest` is the very text the board had before it.

    Where the board decided otherwise, `own_text` from the minutes replaces the proposal's reasons. An item that has
    ended is frozen by trigger.
    """

    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    meeting = models.ForeignKey(BoardMeeting, on_delete=models.PROTECT, related_name="items")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="board_items")
    kind = models.CharField(max_length=8, choices=ItemKind.choices, default=ItemKind.DECIDE)
    proposal = models.ForeignKey("decisions.Proposal", on_delete=models.PROTECT, null=True, related_name="items")
    proposal_version = models.PositiveIntegerField(null=True)
    proposal_digest = models.CharField(max_length=64, blank=True)
    decision = models.ForeignKey("decisions.Decision", on_delete=models.PROTECT, null=True, related_name="reports")
    closed_doors = models.BooleanField(default=True)  # KL 6:25: closed where authority is exercised
    paragraph = models.CharField(max_length=16, blank=True)  # § of the minutes
    outcome = models.CharField(max_length=12, choices=BoardOutcome.choices, blank=True)
    own_outcome = models.CharField(max_length=12, choices=Outcome.choices, blank=True)
    own_reason_class = models.CharField(max_length=10, choices=ReasonClass.choices, blank=True)
    own_amount = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)
    own_text = models.TextField(blank=True)  # the board's own reasons, from the minutes
    present = models.TextField(blank=True)  # who took part, left, had a reservation: as the minutes say
    version = models.PositiveIntegerField(default=1)
    registered_by = models.CharField(max_length=80, blank=True)
    registered_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    created_at = MomentField()

    objects = ItemQuerySet.as_manager()

    class Meta:
        ordering = ("kind", "id")
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                fields=["case"],
                condition=Q(kind="decide", ended_at__isnull=True),
                name="decisions_item_one_open",
            ),
            models.UniqueConstraint(fields=["meeting", "decision"], name="decisions_item_report_once"),
            models.CheckConstraint(
                name="decisions_item_kind",
                condition=Q(kind="decide", proposal__isnull=False, proposal_version__isnull=False)
                | Q(kind="report", decision__isnull=False, proposal__isnull=True),
            ),
            models.CheckConstraint(
                name="decisions_item_registered",
                condition=Q(outcome="") | (~Q(registered_by="") & Q(registered_at__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return f"§ {self.paragraph or '–'} {self.outcome}"
