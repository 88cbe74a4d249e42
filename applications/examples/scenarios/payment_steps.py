"""The payment of a grant walked step by step, each by the right person, through the services that the pages call."""

from typing import Any

from applications.associations.models import GiroAccount
from applications.associations.services.change_giro import confirm_giro, register_giro
from applications.cases import executor
from applications.cases.models import DocumentKind
from applications.examples.names import bankgiro
from applications.examples.scenarios.grant_steps import GrantSteps
from applications.grants.models import Payment, PaymentCondition
from applications.grants.payments.services.meet_condition import meet_condition
from applications.grants.payments.services.register_repayment import register_repayment
from vetting.accounts.actors import Actor
from vetting.kernel import clock
from vetting.kernel.giro import GiroKind, formatted

EARLY = "Föreningen har god ekonomi och kan betala tillbaka, och verksamheten börjar snart."


class PaymentSteps(GrantSteps):
    """Steps on the first payment that is not settled. The payer certifies, the second payer releases."""

    @property
    def payment(self) -> Payment:
        rows = Payment.objects.filter(case_id=self.pk).exclude(state__in=["paid", "cancelled"]).order_by("position")
        return rows.first() or Payment.objects.filter(case_id=self.pk).order_by("-position")[0]

    def move(self, action: str, actor: Actor, **data: Any) -> None:
        comment = data.pop("comment", "")
        executor.perform(subject=self.payment, action=action, actor=actor, data=data, comment=comment)

    def have_giro(self) -> None:
        """A bankgiro that a second person has confirmed, where there is none."""
        accounts = GiroAccount.objects.filter(association=self.association, ended_at__isnull=True)
        if accounts.filter(confirmed_at__isnull=False).exists():
            return
        account = accounts.first() or register_giro(
            actor=self.staff.officer,
            association=self.association,
            district=self.staff.district,
            kind=GiroKind.BANKGIRO,
            number=bankgiro(2000 + self.association.pk % 5000),
        )
        confirm_giro(actor=self.staff.payer, account=account, district=self.staff.district)

    def meet_conditions(self) -> None:
        """The association has sent what the payment waits for."""
        for condition in PaymentCondition.objects.filter(payment=self.payment, met_on__isnull=True):
            self.paper(DocumentKind.OTHER)
            document = self.case.documents.order_by("-id")[0]
            meet_condition(condition=condition, document_id=document.pk, met_on=clock.today(), actor=self.staff.officer)

    def early(self) -> dict[str, Any]:
        """The answer to KL 13:14, owed while the decision has no legal force."""
        return {"can_be_put_right": "yes", "early_reason": EARLY}

    def certify(self) -> None:
        self.have_giro()
        self.meet_conditions()
        self.declare(self.staff.payer)
        self.move("certify", self.staff.payer, **self.early())

    def release(self) -> None:
        self.declare(self.staff.second_payer)
        self.move("release", self.staff.second_payer)

    def confirm_paid(self) -> None:
        self.move("confirm_paid", self.staff.payer, paid_on=clock.today(), reference=f"LB-{self.payment.pk:06d}")

    def fail(self) -> None:
        self.move("fail", self.staff.payer, comment="Banken kunde inte leverera: kontot är avslutat.")

    def hold(self) -> None:
        self.declare(self.staff.officer)
        self.move("hold", self.staff.officer, comment="Föreningen har anmält att styrelsen är under ombildning.")

    def plan_again(self) -> None:
        self.move("plan_again", self.staff.payer)

    def resume(self) -> None:
        self.declare(self.staff.officer)
        self.move("resume", self.staff.officer)

    def ask_to_cancel(self) -> None:
        """The association's own written request arrives."""
        self.paper(DocumentKind.OTHER)

    def cancel_as_asked(self) -> None:
        self.declare(self.staff.unit_head)
        document = self.case.documents.order_by("-id")[0]
        self.move(
            "cancel", self.staff.unit_head, document_id=document.pk, comment="Föreningen avstår: lägret blev inte av."
        )

    def cancel(self) -> None:
        self.ask_to_cancel()
        self.cancel_as_asked()

    def repay(self) -> None:
        """A part that was not used comes back."""
        register_repayment(
            case=self.case,
            amount=(self.payment.amount / 10).quantize(self.payment.amount),
            received_on=clock.today(),
            giro_kind=GiroKind.BANKGIRO,
            giro=formatted(GiroKind.BANKGIRO, "50501055"),
            reference="INB-1",
            actor=self.staff.payer,
        )
