"""What is registered beside a payment's own steps: a condition that is met, a voluntary repayment and its undoing."""

import uuid
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from applications.cases.models import Direction
from applications.cases.pages import CaseFormPage
from applications.grants.models import PaymentCondition, Repayment
from applications.grants.payments.forms import ConditionForm, RepaymentForm, UndoForm
from applications.grants.payments.services.meet_condition import meet_condition
from applications.grants.payments.services.register_repayment import register_repayment, undo_repayment
from applications.grants.payments.views.base import NO_SUCH_PAGE, of_a_grant
from vetting.accounts.roles import Permission
from vetting.kernel.errors import NotFound
from vetting.kernel.text import day, kronor


class _Beside(CaseFormPage):
    """A form in the case that belongs to its payments."""

    template = "grants/payments/form.html"
    tab = "payments"

    def load(self, key: uuid.UUID, **kwargs: Any) -> None:
        super().load(key)
        of_a_grant(self.case)

    def done_url(self) -> str:
        return reverse("show-payments", args=[self.case.key])

    def rows(self) -> list[tuple[Any, Any]]:
        return []

    def context(self) -> dict[str, Any]:
        return super().context() | {"rows": self.rows(), "back_url": self.done_url()}


class MeetConditionView(_Beside):
    """The document that meets a condition."""

    permission = Permission.SETTLE_CONDITIONS
    title = gettext_lazy("A condition is met")
    lead = gettext_lazy("The payment can be certified when every condition is met. Add the document to the case first.")
    done = gettext_lazy("Registered. The condition is met.")

    def load(self, key: uuid.UUID, **kwargs: Any) -> None:
        found = PaymentCondition.objects.select_related("payment__case").filter(key=key).first()
        if found is None:
            raise NotFound(NO_SUCH_PAGE)
        self.condition = found
        super().load(found.payment.case.key)

    def form(self, data: Any = None, files: Any = None) -> Any:
        documents = self.case.documents.filter(direction=Direction.IN).order_by("-id")
        return ConditionForm(data, documents=documents, initial=self.initial())

    def rows(self) -> list[tuple[Any, Any]]:
        return [
            (_("Condition"), self.condition.get_code_display()),
            (_("Payment"), f"{self.condition.payment.position}: {kronor(self.condition.payment.amount)}"),
        ]

    def submit(self, form: Any) -> None:
        values = form.cleaned_data
        meet_condition(
            condition=self.condition,
            document_id=values["document"].pk,
            met_on=values["met_on"],
            actor=self.actor,
            key=values["idempotency_key"],
        )


class RegisterRepaymentView(_Beside):
    """Money that came back of the association's own accord."""

    permission = Permission.BOOK_REPAYMENTS
    title = gettext_lazy("Register a voluntary repayment")
    lead = gettext_lazy(
        "The association sent the money back of its own accord. No ground is asked for, and nothing is held against it."
    )
    form_class = RepaymentForm
    done = gettext_lazy("The repayment is registered.")

    def form(self, data: Any = None, files: Any = None) -> Any:
        return RepaymentForm(data, initial=self.initial())

    def rows(self) -> list[tuple[Any, Any]]:
        sums = getattr(self.case, "grant_sums", None)
        if sums is None:
            return []
        left = sums.paid - sums.repaid - sums.reclaimed - sums.waived
        return [(_("Paid"), kronor(sums.paid)), (_("Paid and not back"), kronor(left))]

    def submit(self, form: Any) -> None:
        values = form.cleaned_data
        register_repayment(
            case=self.case,
            amount=values["amount"],
            received_on=values["received_on"],
            giro_kind=values["giro_kind"],
            giro=values["giro"],
            reference=values["reference"],
            actor=self.actor,
            key=values["idempotency_key"],
        )


class UndoRepaymentView(_Beside):
    """A repayment registered by mistake."""

    permission = Permission.BOOK_REPAYMENTS
    title = gettext_lazy("Undo a registered repayment")
    lead = gettext_lazy("The row stays, and a second row takes it back. Register it anew if the sum was wrong.")
    done = gettext_lazy("The registration is undone.")

    def load(self, key: uuid.UUID, **kwargs: Any) -> None:
        found = Repayment.objects.select_related("case").filter(key=key).first()
        if found is None:
            raise NotFound(NO_SUCH_PAGE)
        self.repayment = found
        super().load(found.case.key)

    def form(self, data: Any = None, files: Any = None) -> Any:
        return UndoForm(data, initial=self.initial())

    def rows(self) -> list[tuple[Any, Any]]:
        one = self.repayment
        return [(_("Sum"), kronor(one.amount)), (_("Came in"), day(one.received_on)), (_("Reference"), one.reference)]

    def submit(self, form: Any) -> None:
        undo_repayment(repayment=self.repayment, actor=self.actor, key=form.cleaned_data["idempotency_key"])
