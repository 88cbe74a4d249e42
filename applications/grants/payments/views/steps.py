"""The steps of a payment, one page each."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from applications.cases.models import Direction
from applications.grants.payments import telling
from applications.grants.payments.forms import CancelForm, CommentForm, ConfirmForm, ExecuteForm
from applications.grants.payments.rules import early_answer, is_final
from applications.grants.payments.views.base import PaymentStepPage
from vetting.audit.models import Payload
from vetting.audit.services import read_payload
from vetting.kernel.text import day, kronor


class _Execute(PaymentStepPage):
    """Certify and release: a check page with the payee in full, and KL 13:14 where the decision has no legal force."""

    form_class = ExecuteForm

    def form(self, data: Any = None, files: Any = None) -> ExecuteForm:
        giros = [(one.pk, telling.giro_text(one, self.case.district_id)) for one in self.offered()]
        return ExecuteForm(
            data,
            label=self.row.label,
            giros=giros,
            early=self.early_owed(),
            initial=self.initial() | ({"giro": giros[0][0]} if giros else {}),
        )

    def offered(self) -> list[Any]:
        return list(self.picture.giros)

    def early_owed(self) -> bool:
        return not is_final(self.picture) and early_answer(self.picture, self.payment) is None

    def rows(self) -> list[tuple[Any, Any]]:
        found = super().rows()
        answer = early_answer(self.picture, self.payment)
        if answer is not None and not is_final(self.picture):
            reason = read_payload(Payload.objects.get(pk=answer.payload_id))["reason"]
            said = {"name": answer.by.name, "day": day(answer.at), "reason": reason}
            found.append((_("Before legal force"), _("%(name)s, %(day)s: %(reason)s") % said))
        track = self.picture.track
        if track is not None:
            decided = {"sum": kronor(track.decision.amount or 0), "day": day(track.decision.decided_on)}
            found.insert(0, (_("Decision"), _("%(sum)s granted %(day)s") % decided))
        return found


class CertifyPaymentView(_Execute):
    """The first person: the payment is due, right in sum and payee."""

    action = "certify"
    done = gettext_lazy("The payment is certified. Another person releases it.")

    def effects(self) -> list[Any]:
        return [
            _("You certify that the sum, the payee and the conditions are right."),
            _("Nothing is paid yet: another person releases the payment, never you."),
            *super().effects(),
        ]


class ReleasePaymentView(_Execute):
    """The second person: the money leaves."""

    action = "release"
    done = gettext_lazy("The payment is released. Register it as paid when the ledger says so.")

    def offered(self) -> list[Any]:
        return []  # what was certified is what is paid to

    def effects(self) -> list[Any]:
        said = {"sum": kronor(self.payment.amount), "payee": telling.payee(self.case, self.payment.giro)}
        return [
            _("%(sum)s is to be paid in the city's ledger to: %(payee)s.") % said,
            _("The payment waits here until the ledger's day and reference are registered."),
            *super().effects(),
        ]


class ConfirmPaymentView(PaymentStepPage):
    """The ledger says that the money has gone."""

    action = "confirm_paid"
    form_class = ConfirmForm
    done = gettext_lazy("The payment is registered as paid.")

    def effects(self) -> list[Any]:
        said = {"sum": kronor(self.payment.amount)}
        return [
            _("%(sum)s is added to what is paid of the grant. The row can never be changed after that.") % said,
            *super().effects(),
        ]


class _Comment(PaymentStepPage):
    """A step with a reason, or with none owed."""

    form_class = CommentForm
    owed = True

    def form(self, data: Any = None, files: Any = None) -> Any:
        return CommentForm(data, label=self.row.label, owed=self.owed, initial=self.initial())


class FailPaymentView(_Comment):
    action = "fail"
    done = gettext_lazy("Registered that the payment failed. Plan it again when the cause is found.")

    def effects(self) -> list[Any]:
        return [_("Nothing is counted as paid. The payment can be planned again."), *super().effects()]


class PlanPaymentAgainView(_Comment):
    action = "plan_again"
    owed = False
    done = gettext_lazy("The payment is planned again.")

    def effects(self) -> list[Any]:
        return [_("It is certified and released anew, by two persons."), *super().effects()]


class HoldPaymentView(_Comment):
    action = "hold"
    done = gettext_lazy("The payment is held.")

    def effects(self) -> list[Any]:
        return [
            _("Nothing is paid until somebody lets it go. To take the money back for good a decision is needed."),
            *super().effects(),
        ]


class ResumePaymentView(_Comment):
    action = "resume"
    owed = False
    done = gettext_lazy("The payment goes on.")

    def effects(self) -> list[Any]:
        return [
            _("It goes back to where it was held. If the giro has changed since then, it is certified anew."),
            *super().effects(),
        ]


class CancelPaymentView(_Comment):
    action = "cancel"
    done = gettext_lazy("The payment is cancelled.")

    def form(self, data: Any = None, files: Any = None) -> Any:
        return CancelForm(
            data,
            label=self.row.label,
            owed=True,
            asks=self.picture.carries(self.payment),
            documents=self.case.documents.filter(direction=Direction.IN).order_by("-id"),
            initial=self.initial(),
        )

    def effects(self) -> list[Any]:
        said = {"sum": kronor(self.payment.amount)}
        return [
            _("%(sum)s is never paid under this plan. The row cannot be taken up again.") % said,
            *super().effects(),
        ]
