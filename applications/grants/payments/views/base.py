"""The form page of one step of a payment: under the case's header, shown only to whoever may take the step now."""

import uuid
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from applications.cases.available import PREVIEW
from applications.cases.executor import not_in_state, perform, permitted_now, reasons_against
from applications.cases.pages import CaseFormPage
from applications.grants.models import Payment
from applications.grants.payments import telling
from applications.grants.payments.panels import KINDS
from applications.grants.payments.picture import picture_of
from applications.grants.payments.workflow import PAYMENT
from vetting.accounts.form_page import renew
from vetting.accounts.roles import ROLES, Permission, Role
from vetting.kernel import clock
from vetting.kernel.errors import DomainError, NotFound, NotNow, Reason, Stale
from vetting.kernel.text import kronor
from vetting.kernel.workflow import Move, Row, kinds

NO_SUCH_PAGE = gettext_lazy("There is no such page, or it belongs to another district.")
ONLY_TYPED = frozenset({"version", "idempotency_key", "comment"})


def of_a_grant(case: Any) -> None:
    """Raises NotFound for a case of another kind: it has no payments."""
    if case.kind not in KINDS:
        raise NotFound(NO_SUCH_PAGE)


class PaymentStepPage(CaseFormPage):
    """One row of the payment's table: what it is about and what will happen stand above the form."""

    template = "grants/payments/take_step.html"
    permission = Permission.SEE_CASES
    tab = "payments"
    action = ""
    done: Any = gettext_lazy("Done. It is written in the case's history.")

    def load(self, key: uuid.UUID, **kwargs: Any) -> None:
        found = Payment.objects.filter(key=key).values_list("pk", "case__key").first()
        if found is None:
            raise NotFound(NO_SUCH_PAGE)
        super().load(found[1])
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

    def submit(self, form: Any) -> None:
        values = form.cleaned_data
        perform(
            subject=self.payment,
            action=self.action,
            actor=self.actor,
            data=self.data(values),
            comment=(values.get("comment") or "").strip(),
            expected_version=values["version"],
            key=values["idempotency_key"],
        )

    def data(self, values: dict[str, Any]) -> dict[str, Any]:
        """The step's own values, as the guards and the row's method read them."""
        given = {name: value for name, value in values.items() if name not in ONLY_TYPED}
        if given.get("giro"):
            given["giro_id"] = int(given.pop("giro"))
        if given.get("document") is not None:
            given["document_id"] = given["document"].pk
        given.pop("document", None)
        return given

    def problem(self, form: Any, error: DomainError) -> None:
        """A guard's reason that names a field of the form stands at that field."""
        reasons = getattr(error, "reasons", ())
        named = [one for one in reasons if one.data.get("field") in form.fields]
        for one in named:
            form.add_error(one.data["field"], str(one))
        if not named or len(named) < len(reasons):
            super().problem(form, error)

    def done_url(self) -> str:
        return reverse("show-payments", args=[self.case.key])

    def reasons(self) -> list[Any]:
        """What speaks against the step now, before anything is typed."""
        facts = {"payments": self.picture, "jav": self.case.my_standing}
        move = Move(self.payment, self.case, self.row, self.actor, clock.now(), clock.today(), PREVIEW, facts=facts)
        return reasons_against(move)

    def context(self) -> dict[str, Any]:
        return super().context() | {
            "payment": self.payment,
            "row": self.row,
            "reasons": self.reasons(),
            "rows": self.rows(),
            "effects": self.effects(),
            "back_url": self.done_url(),
        }

    def show_stale(self, form: Any, error: Stale) -> HttpResponse:
        """The payment as it stands now; taking the step on it is a new, deliberate submit."""
        self.problem(form, error)
        try:
            self.reload()
        except NotNow as gone:  # the step is no longer there: what was typed is shown, to be kept elsewhere
            reasons = [Reason(gone.code, gone.text)]
            renew(form, self.payment.version)
            return self.page(status=gone.status, form=form, reasons=reasons, rows=self.rows(), back_url=self.done_url())
        renew(form, self.payment.version)
        return self.show(form, status=error.status)

    def rows(self) -> list[tuple[Any, Any]]:
        """Exactly what it is about: how much, to whom, from what to what."""
        return [
            (_("Sum"), kronor(self.payment.amount)),
            (_("To"), telling.payee(self.case, telling.giro_of(self.payment, self.picture))),
            (_("Case"), self.case.number),
            (_("State"), PAYMENT.state(self.payment.state).label),
            *[line for line in telling.facts_of(self.payment, self.case, self.picture) if line[0] != _("To")],
            (_("You do it as"), ROLES[Role(self.role)].label),
        ]

    def effects(self) -> list[Any]:
        return [_("The step is written in the case's history with your name, the day and the time.")]
