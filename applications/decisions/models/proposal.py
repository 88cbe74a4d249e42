"""The proposal: what an officer writes before anybody decides. Editable until then, with a version."""

import uuid
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from applications.cases.models import Case
from applications.decisions.choices import (
    Differs,
    FactSource,
    FormalGround,
    Matter,
    Outcome,
    Path,
    ReasonClass,
    SpecialReasons,
)
from vetting.kernel.fields import MomentField


class ProposalStatus(models.TextChoices):
    OPEN = "open", "open"
    DECIDED = "decided", "decided"
    DROPPED = "dropped", "dropped"  # the case ended another way


def _list() -> list[Any]:
    return []


class Proposal(models.Model):
    """One open proposal per case and matter. The four parts: facts, rule (citations), assessment, ladder.

    `citations` are rules as data: `{id, ground, section, version, sv, en}`. `rungs` are the tried steps of the
    ladder: `{rung, reason}`, each with why it is not enough. `lines` are the costs: `{cost, applied, granted}`
    in kr as strings. `criteria` are the codes of the questions the proposal rests on, e.g. `A11`.
    """

    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="proposals")
    matter = models.CharField(max_length=12, choices=Matter.choices, default=Matter.MAIN)
    status = models.CharField(max_length=8, choices=ProposalStatus.choices, default=ProposalStatus.OPEN)
    version = models.PositiveIntegerField(default=1)
    outcome = models.CharField(max_length=12, choices=Outcome.choices, blank=True)
    reason_class = models.CharField(max_length=10, choices=ReasonClass.choices, blank=True)
    amount = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)
    lines = models.JSONField(default=_list, blank=True)
    criteria = models.JSONField(default=_list, blank=True)

    facts = models.TextField(blank=True)
    facts_from = models.CharField(max_length=10, choices=FactSource.choices, blank=True)
    citations = models.JSONField(default=_list, blank=True)
    assessment = models.TextField(blank=True)
    rungs = models.JSONField(default=_list, blank=True)
    priority_note = models.TextField(blank=True)
    formal_ground = models.CharField(max_length=12, choices=FormalGround.choices, blank=True)
    formal_last_day = models.DateField(null=True, blank=True)  # last day of the application or of the completion
    formal_came_on = models.DateField(null=True, blank=True)  # arrival day; of a withdrawal its request
    formal_helped_on = models.DateField(null=True, blank=True)  # when completion was asked for

    principle = models.BooleanField(null=True, blank=True)  # principiell?
    principle_reason = models.TextField(blank=True)
    special_reasons = models.CharField(max_length=10, choices=SpecialReasons.choices, blank=True)
    special_reasons_text = models.TextField(blank=True)
    differs = models.CharField(max_length=4, choices=Differs.choices, blank=True)
    differs_reason = models.TextField(blank=True)

    conditions = models.TextField(blank=True)  # one a line
    last_report_on = models.DateField(null=True, blank=True)
    repayment_clause = models.BooleanField(default=True)
    interest_clause = models.BooleanField(default=True)

    path = models.CharField(max_length=12, choices=Path.choices, default=Path.DELEGATE)
    urgent_reason = models.TextField(blank=True)  # why the board cannot be awaited (KL 6:39)

    corrects = models.ForeignKey("decisions.Decision", on_delete=models.PROTECT, null=True, related_name="+")
    written_by = models.CharField(max_length=80)  # audit reference: who wrote it, and presents it
    written_by_name = models.CharField(max_length=120)
    created_at = MomentField()
    saved_at = MomentField()

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                fields=["case", "matter"], condition=Q(status="open"), name="decisions_proposal_one_open"
            ),
            models.CheckConstraint(
                name="decisions_proposal_amount", condition=Q(amount__isnull=True) | Q(amount__gt=0)
            ),
            models.CheckConstraint(
                name="decisions_proposal_codes",
                condition=Q(outcome__in=["", *Outcome.values])
                & Q(reason_class__in=["", *ReasonClass.values])
                & Q(path__in=Path.values)
                & Q(matter__in=Matter.values)
                & Q(status__in=ProposalStatus.values),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.matter} v{self.version}"

    @property
    def is_open(self) -> bool:
        return self.status == ProposalStatus.OPEN

    @property
    def condition_lines(self) -> list[str]:
        """The officer's own conditions, one a line."""
        return [line.strip() for line in self.conditions.splitlines() if line.strip()]


class ProposalSave(models.Model):
    """Who wrote which version of a proposal: whoever did has prepared it (docs/domain.md §6.2 F3, §7). Only added.

    The database demands one for every version.
    """

    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="saves")
    version = models.PositiveIntegerField()
    by = models.CharField(max_length=80)  # audit reference
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["proposal", "version"], name="decisions_proposalsave_once")
        ]

    def __str__(self) -> str:
        return f"{self.proposal_id} v{self.version}"
