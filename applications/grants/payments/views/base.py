"""The form page of one step of a payment: under the case's header, shown only to whoever may take the step now."""

import uuid
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from applications.cases.available import PREVIEW
from applications.cases.executor import not_in_state, perform, permitted_now, reasons_against
from applications.cases.pages import FormPage, renew
from applications.cases.selectors import page_case
from applications.grants.models import Payment
from applications.grants.payments import telling
from applications.grants.payments.picture import picture_of
from applications.grants.payments.workflow import PAYMENT
from vetting.accounts.roles import ROLES, Permission, Role
from vetting.kernel import clock
from vetting.kernel.errors import DomainError, Invalid, NotFound, NotNow, Stale
from vetting.kernel.text import kronor
from vetting.kernel.workflow import Move, Row, kinds

ONLY_TYPED = frozenset({"version", "idempotency_key", "comment"})


class PaymentStepPage(FormPage):
    """One row of the payment's table. `asks` is a document or a comment; what will happen stands above the form."""

    template = "grants/payments/take_step.html"
    permission = Permission.SEE_CASES
    tab = "payments"
    action = ""
    done: Any = gettext_lazy("Done. It is written in the case's history.")

    def load(self, key: uuid.UUID, **kwargs: Any) -> None:
        found = Payment.objects.filter(key=key).values_list("pk", "case__key").first()
        if found is None:
            raise NotFound(_("There is no such page, or it belongs to another district."))
        self.case = page_case(self.actor, self.permission, found[1])
        self.picture = picture_of(self.case)
        self.payment: Any = self.picture.row(found[0])
        kind = kinds["payment"]
        row = kind.workflow.row(self.action, self.payment.state)
        if row is None:
            raise not_in_state(kind, self.payment, self.action)
        self.row: Row = row
        self.title = row.label
        self.role = permitted_now(row, self.actor, self.case)

    def initial(self) -> dict[str, Any]:
        return {"version": self.payment.version}

    def do(self, values: dict[str, Any]) -> None:
        try:
            perform(
                subject=self.payment,
                action=self.action,
                actor=self.actor,
                data=self.data(values),
                comment=(values.get("comment") or "").strip(),
                expected_version=values["version"],
                key=values["idempotency_key"],
            )
        except NotNow as error:
            raise self.at_fields(error) from error

    def data(self, values: dict[str, Any]) -> dict[str, Any]:
        """The step's own values, as the guards and the row's method read them."""
        given = {name: value for name, value in values.items() if name not in ONLY_TYPED}
        if given.get("giro"):
            given["giro_id"] = int(given.pop("giro"))
        if given.get("document") is not None:
            given["document_id"] = given["document"].pk
        given.pop("document", None)
        return given

    def at_fields(self, error: NotNow) -> DomainError:
        """Guards that all speak of fields of the form speak there; else the step itself cannot be taken now."""
        named = [(one.data.get("field"), one) for one in error.reasons]
        if not named or any(field not in self.bound.fields for field, _one in named):
            return error
        return Invalid(error.text, fields={str(field): [str(one)] for field, one in named}, code=error.code)

    def next_url(self) -> str:
        return reverse("show-payments", args=[self.case.key])

    def reasons(self) -> list[Any]:
        """What speaks against the step now, before anything is typed."""
        facts = {"payments": self.picture, "jav": self.case.my_standing}
        move = Move(self.payment, self.case, self.row, self.actor, clock.now(), clock.today(), PREVIEW, facts=facts)
        return reasons_against(move)

    def show(self, form: Any, *, status: int = 200, **context: Any) -> HttpResponse:
        return super().show(
            form,
            status=status,
            payment=self.payment,
            row=self.row,
            reasons=self.reasons(),
            rows=self.rows(),
            effects=self.effects(),
            back_url=self.next_url(),
            **context,
        )

    def show_stale(self, form: Any, error: Stale) -> HttpResponse:
        """The payment as it stands now; taking the step on it is a new, deliberate submit."""
        try:
            self.load(**self.kwargs)
        except DomainError as gone:  # the step is no longer there: what was typed is shown, to be kept elsewhere
            return self.page(status=gone.status, form=form, reasons=[gone.text], rows=self.rows(), effects=[])
        renew(form, self.payment.version)
        return self.show(form, status=error.status)

    def rows(self) -> list[tuple[Any, Any]]:
        """Exactly what it is about: how much, to whom, from what to what."""
        return [
            (_("Sum"), kronor(self.payment.amount)),
            (_("To"), telling.payee(self.case, self.payment.giro)),
            (_("Case"), self.case.number),
            (_("State"), PAYMENT.state(self.payment.state).label),
            *[line for line in telling.facts_of(self.payment, self.case, self.picture) if line[0] != _("To")],
            (_("You do it as"), ROLES[Role(self.role)].label),
        ]

    def effects(self) -> list[Any]:
        return [_("The step is written in the case's history with your name, the day and the time.")]
