"""A grant application: the child of a case that says what is asked for, and what runs beside its review."""

from decimal import Decimal
from typing import Any, ClassVar

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q

from applications.cases.executor import came_from
from applications.cases.models import Case
from applications.grants.models.programmes import Round
from applications.grants.workflow import GRANT
from vetting.accounts.models import User
from vetting.kernel.fsm import moves
from vetting.kernel.workflow import Move


class Language(models.TextChoices):
    """The language the party wants to use (docs/domain.md §4.4, lag 2009:724)."""

    SWEDISH = "sv", "sv"
    FINNISH = "fi", "fi"
    ENGLISH = "en", "en"


class GrantApplication(Case):
    """One application in one round. Its transitions are moved by the executor alone (docs/adr/0002)."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="applications")
    form_code = models.CharField(max_length=64, blank=True)  # which of the programme's forms, where it has several
    applied_amount = models.DecimalField(
        max_digits=12, decimal_places=2, null=True, validators=[MinValueValidator(Decimal("1"))]
    )
    purpose = models.TextField(blank=True)
    target_group = models.CharField(max_length=300, blank=True)
    place = models.CharField(max_length=200, blank=True)
    period_from = models.DateField(null=True, blank=True)
    period_to = models.DateField(null=True, blank=True)
    signed = models.BooleanField(default=False)  # the paper bears a signature; who may sign is A6
    other_support = models.BooleanField(null=True)  # as declared; the rows say which
    help_given = models.TextField(blank=True)  # FL 6 §: what help the officer gave before the application was whole
    postmarked_on = models.DateField(null=True, blank=True)  # of a letter, where it can be read and matters
    arrival_reason = models.CharField(max_length=300, blank=True)  # why paper is not counted to the day before
    language = models.CharField(max_length=2, choices=Language.choices, default=Language.SWEDISH)
    contact_name = models.CharField(max_length=120, blank=True)
    contact_email = models.EmailField(blank=True)
    preparer = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")  # submitted the review

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                name="grants_application_amount", condition=Q(applied_amount__isnull=True) | Q(applied_amount__gt=0)
            ),
            models.CheckConstraint(
                name="grants_application_period",
                condition=Q(period_to__isnull=True) | Q(period_to__gte=F("period_from")),
            ),
        ]

    @moves(*GRANT.rows_of("submit"))
    def submit(self, move: Move) -> None: ...

    @moves(*GRANT.rows_of("register"))
    def register(self, move: Move) -> None: ...

    @moves(*GRANT.rows_of("start_check"))
    def start_check(self, move: Move) -> None: ...

    @moves(*GRANT.rows_of("ask_completion"))
    def ask_completion(self, move: Move) -> None: ...

    @moves(*GRANT.rows_of("completed"))
    def completed(self, move: Move) -> str:
        return came_from(self)

    @moves(*GRANT.rows_of("start_review"))
    def start_review(self, move: Move) -> None: ...

    @moves(*GRANT.rows_of("consult"))
    def consult(self, move: Move) -> None: ...

    @moves(*GRANT.rows_of("answered"))
    def answered(self, move: Move) -> str:
        return came_from(self)

    @moves(*GRANT.rows_of("hear"))
    def hear(self, move: Move) -> None: ...

    @moves(*GRANT.rows_of("heard"))
    def heard(self, move: Move) -> str:
        return came_from(self)

    @moves(*GRANT.rows_of("open_in_depth"))
    def open_in_depth(self, move: Move) -> None: ...

    @moves(*GRANT.rows_of("close_in_depth"))
    def close_in_depth(self, move: Move) -> None: ...

    @moves(*GRANT.rows_of("submit_review"))
    def submit_review(self, move: Move) -> str:
        return move.facts["next_state"]

    @moves(*GRANT.rows_of("return_review"))
    def return_review(self, move: Move) -> None: ...

    @moves(*GRANT.rows_of("confirm_review"))
    def confirm_review(self, move: Move) -> None: ...

    @moves(*GRANT.rows_of("return_proposal"))
    def return_proposal(self, move: Move) -> None: ...

    @moves(*GRANT.rows_of("send_to_board"))
    def send_to_board(self, move: Move) -> None: ...

    @moves(*GRANT.rows_of("strike"))
    def strike(self, move: Move) -> None: ...

    @moves(*GRANT.rows_of("table"))
    def table(self, move: Move) -> None: ...

    @moves(*GRANT.rows_of("back_from_table"))
    def back_from_table(self, move: Move) -> None: ...

    @moves(*GRANT.rows_of("refer_back"))
    def refer_back(self, move: Move) -> None: ...

    @moves(*GRANT.rows_of("grant"))
    def grant(self, move: Move) -> None: ...

    @moves(*GRANT.rows_of("refuse"))
    def refuse(self, move: Move) -> None: ...

    @moves(*GRANT.rows_of("dismiss"))
    def dismiss(self, move: Move) -> None: ...

    @moves(*GRANT.rows_of("withdraw"))
    def withdraw(self, move: Move) -> None: ...

    @moves(*GRANT.rows_of("reconsider"))
    def reconsider(self, move: Move) -> None: ...

    @moves(*GRANT.rows_of("reopen_after_judgment"))
    def reopen_after_judgment(self, move: Move) -> None: ...

    @moves(*GRANT.rows_of("close"))
    def close(self, move: Move) -> None: ...


class BudgetLine(models.Model):
    """One cost of the budget and how much of it is applied for, in kr."""

    application = models.ForeignKey(GrantApplication, on_delete=models.PROTECT, related_name="budget")
    position = models.PositiveSmallIntegerField()
    cost = models.CharField(max_length=120)
    amount = models.DecimalField(max_digits=12, decimal_places=2)
    applied = models.DecimalField(max_digits=12, decimal_places=2, default=Decimal(0))

    class Meta:
        ordering = ("position",)
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["application", "position"], name="grants_budgetline_position"),
            models.CheckConstraint(
                name="grants_budgetline_sums", condition=Q(amount__gte=0, applied__gte=0, applied__lte=F("amount"))
            ),
        ]

    def __str__(self) -> str:
        return self.cost


class OtherSupport(models.Model):
    """Support the applicant declares for the same purpose (A11)."""

    application = models.ForeignKey(GrantApplication, on_delete=models.PROTECT, related_name="other_supports")
    giver = models.CharField(max_length=160)
    cost = models.CharField(max_length=120, blank=True)
    amount = models.DecimalField(max_digits=12, decimal_places=2)
    period = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(name="grants_othersupport_amount", condition=Q(amount__gte=0))
        ]

    def __str__(self) -> str:
        return self.giver
