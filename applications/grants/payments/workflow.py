"""A payment row (docs/domain.md §8.1, Payment row): states and rows, nothing else. Certifier ≠ releaser, always."""

from applications.grants.payments import rules
from applications.grants.rules import comment_given
from vetting.accounts.roles import Role
from vetting.kernel.labels import Label
from vetting.kernel.workflow import Ground, OneOf, Row, Shape, State, Workflow

PAYER, OFFICER, UNIT_HEAD = Role.PAYER, Role.GRANT_OFFICER, Role.UNIT_HEAD
SYSTEM = "system"  # a decision that loses its force holds what is not yet on its way

# Money that is bound or gone: these together never exceed what is granted.
BOUND = ("certified", "released", "paid")
ENDED = ("paid", "cancelled")

STATES = (
    State(
        code="planned",
        label=Label("Planerad", "Planned"),
        shape=Shape.NEW,
        owner=PAYER,
        due_days=14,
        next_step=Label("Attestera", "Certify"),
    ),
    State(
        code="certified",
        label=Label("Attesterad", "Certified"),
        shape=Shape.WORK,
        owner=PAYER,
        due_days=7,
        next_step=Label("Betala ut", "Release"),
    ),
    State(
        code="released",
        label=Label("Skickad för betalning", "Released"),
        shape=Shape.WAIT,
        owner=PAYER,
        due_days=5,
        next_step=Label("Registrera att den är betald", "Register that it is paid"),
    ),
    State(
        code="failed",
        label=Label("Misslyckad", "Failed"),
        shape=Shape.LATE,
        owner=PAYER,
        due_days=5,
        next_step=Label("Planera på nytt", "Plan again"),
    ),
    State(
        code="held",
        label=Label("Innehållen", "Held"),
        shape=Shape.STOP,
        owner=OFFICER,
        due_days=30,
        next_step=Label("Släpp eller ställ in", "Let go or cancel"),
    ),
    State(code="paid", label=Label("Betald", "Paid"), shape=Shape.DONE, final=True),
    State(code="cancelled", label=Label("Inställd", "Cancelled"), shape=Shape.CLOSED, final=True),
)

# fmt: off
ROWS = (
    Row(action="certify", label=Label("Attestera", "Certify"),
        sources=("planned",), target="certified", who=(PAYER,),
        guards=(rules.decision_in_force, rules.conditions_met, rules.giro_in_use, rules.within_granted,
                rules.not_who_prepared, rules.may_be_executed),
        then=("payment.early_answered",), ground=Ground.POLICY, form="certify-payment",
        source_text="docs/domain.md §6.2 F3, F9; §8.1; KL 13:14"),
    Row(action="release", label=Label("Betala ut", "Release the payment"),
        sources=("certified",), target="released", who=(PAYER,),
        guards=(rules.not_who_certified, rules.decision_in_force, rules.conditions_met, rules.giro_still_in_use,
                rules.within_granted, rules.day_has_come, rules.not_who_prepared, rules.may_be_executed),
        then=("payment.early_answered",), ground=Ground.POLICY, form="release-payment",
        source_text="docs/domain.md §6.2 F3, F9; §8.1; KL 13:14"),
    Row(action="confirm_paid", label=Label("Registrera betald", "Register as paid"),
        sources=("released",), target="paid", who=(PAYER,),
        guards=(rules.payment_evidenced,), form="confirm-payment", jav=False,
        source_text="docs/domain.md §6.2 F9; §8.1"),
    Row(action="fail", label=Label("Registrera att den misslyckades", "Register that it failed"),
        sources=("released",), target="failed", who=(PAYER,),
        guards=(comment_given,), form="fail-payment", minor=True, jav=False),
    Row(action="plan_again", label=Label("Planera på nytt", "Plan again"),
        sources=("failed",), target="planned", who=(PAYER,),
        form="plan-payment-again", jav=False),
    Row(action="hold", label=Label("Håll inne", "Hold"),
        sources=("planned", "certified"), target="held", who=(PAYER, OFFICER, UNIT_HEAD, SYSTEM),
        guards=(comment_given,), ground=Ground.CONDITION, form="hold-payment", minor=True,
        source_text="docs/domain.md §4.6, §8.1"),
    Row(action="resume", label=Label("Släpp", "Let go"),
        sources=("held",), target=OneOf(("planned", "certified")), who=(PAYER, OFFICER, UNIT_HEAD),
        guards=(rules.decision_in_force, rules.fits_the_plan), form="resume-payment"),
    Row(action="cancel", label=Label("Ställ in", "Cancel"),
        sources=("planned", "held"), target="cancelled", who=(PAYER, OFFICER, UNIT_HEAD),
        guards=(comment_given, rules.may_be_cancelled), form="cancel-payment", minor=True,
        source_text="docs/domain.md §8.1: without force, or at the association's own written request"),
)
# fmt: on

PAYMENT = Workflow(code="payment", label=Label("Utbetalning", "Payment"), initial="planned", states=STATES, rows=ROWS)
