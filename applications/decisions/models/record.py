"""The decision: an immutable record, the letter made from it, and the track that the executor moves."""

import uuid
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from applications.cases.models import Case
from applications.decisions.choices import Body, Frame, Matter, Outcome, Path, ReasonClass, Reported
from applications.decisions.workflow import DECISION, NOT_IN_FORCE
from vetting.accounts.models import District
from vetting.accounts.scoping import ScopedQuerySet
from vetting.kernel.fsm import Stateful, moves
from vetting.kernel.workflow import Move


class DecisionQuerySet(ScopedQuerySet["Decision"]):
    pass


class Decision(models.Model):
    """What was decided, by whom, on what ground. Only added; a correction is a new record that points at this one.

    The fields of FL 31 § are the template (docs/domain.md §4.1). Free text and names stand in the payload, which
    holds the whole letter; `text_sha256` is over its canonical JSON and was there before any letter could be made.
    """

    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="decisions")
    district = models.ForeignKey(District, on_delete=models.PROTECT, related_name="+")
    matter = models.CharField(max_length=12, choices=Matter.choices)
    outcome = models.CharField(max_length=12, choices=Outcome.choices)
    reason_class = models.CharField(max_length=10, choices=ReasonClass.choices)
    frame = models.CharField(max_length=20, choices=Frame.choices)
    requested = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    amount = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    criteria = models.JSONField()
    citations = models.JSONField()
    rules_version = models.CharField(max_length=120, blank=True)  # the programme version the case was handled by
    principle = models.BooleanField()
    special_reasons = models.CharField(max_length=10, blank=True)
    differs = models.CharField(max_length=4, blank=True)
    last_report_on = models.DateField(null=True)
    repayment_clause = models.BooleanField(default=False)
    interest_clause = models.BooleanField(default=False)
    proposal = models.ForeignKey("decisions.Proposal", on_delete=models.PROTECT, related_name="decisions")
    proposal_version = models.PositiveIntegerField()
    corrects = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="corrected_by")

    path = models.CharField(max_length=12, choices=Path.choices)
    body = models.CharField(max_length=10, choices=Body.choices, blank=True)
    board_item = models.ForeignKey("decisions.BoardItem", on_delete=models.PROTECT, null=True, related_name="+")
    paragraph = models.CharField(max_length=16, blank=True)
    delegation = models.ForeignKey("decisions.DelegationVersion", on_delete=models.PROTECT, null=True, related_name="+")
    delegation_rule = models.CharField(max_length=16, blank=True)
    reported = models.CharField(max_length=24, choices=Reported.choices, blank=True)
    decided_on = models.DateField()  # Europe/Stockholm; of a board its meeting day
    decided_by = models.CharField(max_length=80)  # user:<uuid>, or the body the secretary registered for
    registered_by = models.CharField(max_length=80)
    presented_by = models.CharField(max_length=80)
    took_part = models.JSONField()  # references of those who took part without deciding

    template = models.ForeignKey("decisions.LetterTemplateVersion", on_delete=models.PROTECT, related_name="+")
    payload_id = models.UUIDField()
    commitment = models.CharField(max_length=64)
    text_sha256 = models.CharField(max_length=64)
    at = models.DateTimeField()

    objects = DecisionQuerySet.as_manager()

    class Meta:
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["case", "-id"], name="decisions_decision_case"),
            models.Index(fields=["district", "-decided_on", "-id"], name="decisions_decision_newest"),
        ]
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["id", "text_sha256"], name="decisions_decision_frozen"),
            models.UniqueConstraint(
                fields=["corrects"], condition=Q(corrects__isnull=False), name="decisions_decision_corrected_once"
            ),
            models.CheckConstraint(
                name="decisions_decision_sum",
                condition=Q(outcome__in=["full", "part"])
                | Q(outcome__in=["refused", "dismissed", "struck"], amount__isnull=True),
            ),
            models.CheckConstraint(
                name="decisions_decision_within",
                condition=Q(amount__isnull=True)
                | (Q(amount__gt=0) & (Q(requested__isnull=True) | Q(amount__lte=models.F("requested")))),
            ),
            models.CheckConstraint(
                name="decisions_decision_reasoned", condition=~Q(reason_class="") & ~Q(citations=[])
            ),
            models.CheckConstraint(
                name="decisions_decision_empowered",
                condition=Q(path="board", board_item__isnull=False)
                | Q(path="chair_urgent", delegation_rule__gt="")
                | Q(path="delegate", delegation__isnull=False, delegation_rule__gt="", reported__gt=""),
            ),
            # Of principle closes every delegated path (KL 6:38 p. 3); the board and 6:39 remain.
            models.CheckConstraint(
                name="decisions_decision_principle",
                condition=Q(principle=False) | (~Q(path="delegate") & Q(body__in=["", "board"])),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.outcome} {self.decided_on}"


class DecisionLetter(models.Model):
    """The PDF made by the worker from the frozen text. The foreign key is over the hash: no text, no letter."""

    decision = models.OneToOneField(Decision, on_delete=models.PROTECT, related_name="letter")
    text_sha256 = models.CharField(max_length=64)
    file = models.ForeignKey("files.StoredFile", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.text_sha256[:12]


class DecisionTrack(Stateful):
    """What happens to a decision afterwards: announced, final, appealed, corrected (docs/domain.md §8.1).

    At most one per case and matter is in force: those in any state but `NOT_IN_FORCE`.
    """

    decision = models.OneToOneField(Decision, on_delete=models.PROTECT, related_name="track")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="decision_tracks")
    matter = models.CharField(max_length=12, choices=Matter.choices)
    due_on = models.DateField(null=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                fields=["case", "matter"], condition=~Q(state__in=NOT_IN_FORCE), name="decisions_one_in_force"
            ),
        ]
        indexes: ClassVar[list[Any]] = [models.Index(fields=["state", "due_on"], name="decisions_track_due")]

    def __str__(self) -> str:
        return f"{self.matter} {self.state}"

    @property
    def in_force(self) -> bool:
        return self.state not in NOT_IN_FORCE

    @moves(*DECISION.rows_of("announce"))
    def announce(self, move: Move) -> None: ...

    @moves(*DECISION.rows_of("notice_fell"))
    def notice_fell(self, move: Move) -> None: ...

    @moves(*DECISION.rows_of("confirm_final"))
    def confirm_final(self, move: Move) -> None: ...

    @moves(*DECISION.rows_of("appeal"))
    def appeal(self, move: Move) -> None: ...

    @moves(*DECISION.rows_of("stay"))
    def stay(self, move: Move) -> None: ...

    @moves(*DECISION.rows_of("lift_stay"))
    def lift_stay(self, move: Move) -> None: ...

    @moves(*DECISION.rows_of("uphold"))
    def uphold(self, move: Move) -> None: ...

    @moves(*DECISION.rows_of("annul"))
    def annul(self, move: Move) -> None: ...

    @moves(*DECISION.rows_of("dismiss_appeal"))
    def dismiss_appeal(self, move: Move) -> None: ...

    @moves(*DECISION.rows_of("correct"))
    def correct(self, move: Move) -> None: ...
