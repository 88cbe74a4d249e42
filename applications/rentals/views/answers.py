"""The steps of a request with a form of their own: reserve, not available, confirm, cancel."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from applications.cases.pages import CaseFormPage, StepPage
from applications.rentals import forms
from applications.rentals.dates import owed_beforehand, wishes_of
from applications.rentals.selectors import prices_of, total
from applications.rentals.services.answer import answer_unavailable, cancel_booking, confirm_booking, free_instead
from applications.rentals.services.effects import cancellation_fee
from applications.rentals.services.reserve import reserve, reserve_again
from applications.rentals.slots.slot import told
from applications.rentals.views.base import conflict, free_line
from vetting.accounts.roles import Permission
from vetting.kernel import clock, text
from vetting.kernel.errors import DomainError


class _AnswerPage(StepPage):
    """A step page with the request's dates above its form, and the conflict explained where there is one."""

    template = "rentals/answer.html"
    tab = "bookings"
    clash: Any = None

    def problem(self, form: Any, error: DomainError) -> None:
        """A conflict has its own panel; everything else stands on the form."""
        self.clash = conflict(error)
        if self.clash is None:
            super().problem(form, error)

    def done_url(self) -> str:
        return reverse("show-bookings", args=[self.case.key])

    def context(self) -> dict[str, Any]:
        return super().context() | {"rows": self.rows(), "conflict": self.clash, "has_errors": bool(self.clash)}

    def rows(self) -> list[tuple[Any, Any]]:
        """The dates asked for, and what they cost."""
        rows: list[tuple[Any, Any]] = []
        prices = prices_of(self.case)
        for wish, price in prices:
            said = told(wish.begins, wish.ends)
            rows.append((wish.room.name, f"{said}, {text.kronor(price.price)}" if price else said))
        if len(prices) > 1:
            rows.append((_("In all"), text.kronor(total(prices)[1])))
        return rows


class ReserveSlotsView(_AnswerPage):
    action = "reserve"
    form_class = forms.ReserveForm
    title = gettext_lazy("Reserve the time")
    lead = gettext_lazy("The time is held for the tenant while the request is handled.")
    done = gettext_lazy("The time is reserved.")

    def submit(self, form: Any) -> None:
        values = form.cleaned_data
        reserve(
            application=self.case, actor=self.actor, expected_version=values["version"], key=values["idempotency_key"]
        )


class ReserveAgainView(CaseFormPage):
    """Holding again what lapsed while the case was handled."""

    template = "rentals/answer.html"
    permission = Permission.SEE_CASES
    post_permission = Permission.REGISTER_RENTAL
    form_class = forms.AgainForm
    tab = "bookings"
    title = gettext_lazy("Reserve again")
    lead = gettext_lazy("The held time was given up. If it is still free it can be held again.")
    done = gettext_lazy("The time is reserved.")
    clash: Any = None

    def submit(self, form: Any) -> None:
        values = form.cleaned_data
        reserve_again(application=self.case, actor=self.actor, key=values["idempotency_key"])

    def problem(self, form: Any, error: DomainError) -> None:
        self.clash = conflict(error)
        if self.clash is None:
            super().problem(form, error)

    def done_url(self) -> str:
        return reverse("show-bookings", args=[self.case.key])

    def context(self) -> dict[str, Any]:
        rows = [(wish.room.name, told(wish.begins, wish.ends)) for wish in wishes_of(self.case)]
        return super().context() | {"rows": rows, "conflict": self.clash, "has_errors": bool(self.clash)}


class AnswerUnavailableView(_AnswerPage):
    action = "not_available"
    form_class = forms.UnavailableForm
    title = gettext_lazy("Answer: not available")
    lead = gettext_lazy(
        "This is no decision: the reason and the terms' version are enough, and free times are shown. "
        "The tenant can ask the unit head to look again."
    )
    done = gettext_lazy("The answer is registered.")

    def submit(self, form: Any) -> None:
        values = form.cleaned_data
        answer_unavailable(
            application=self.case,
            because=values["because"],
            actor=self.actor,
            comment=values["comment"],
            expected_version=values["version"],
            key=values["idempotency_key"],
        )

    def context(self) -> dict[str, Any]:
        return super().context() | {"free": [free_line(one) for one in free_instead(self.case)]}


class ConfirmBookingView(_AnswerPage):
    action = "confirm"
    title = gettext_lazy("Confirm the booking")
    lead = gettext_lazy("An answer under the published terms and tariff; the confirmation letter is made.")
    done = gettext_lazy("The booking is confirmed, and the letter is being made.")
    consent = False

    def form(self, data: Any = None, files: Any = None) -> forms.ConfirmForm:
        return forms.ConfirmForm(
            data,
            fee_owed=bool(owed_beforehand(self.case)),
            consent_owed=self.consent and self.case.venue.rented_in,
            initial=self.initial(),
        )

    def initial(self) -> dict[str, Any]:
        now = {name: getattr(self.case, name) for name in forms.ANSWERED_FIELDS}
        now["terms_accepted_on"] = now["terms_accepted_on"] or clock.today()
        now["terms_accepted_by"] = now["terms_accepted_by"] or self.case.contact_name
        return super().initial() | now

    def submit(self, form: Any) -> None:
        values = form.cleaned_data
        confirm_booking(
            application=self.case,
            action=self.action,
            filled=form.filled,
            actor=self.actor,
            comment=values["comment"],
            expected_version=values["version"],
            key=values["idempotency_key"],
        )


class ConfirmReviewedView(ConfirmBookingView):
    action = "confirm_reviewed"
    title = gettext_lazy("Confirm after review")
    consent = True


class CancelBookingView(_AnswerPage):
    action = "cancel"
    form_class = forms.CancelForm
    title = gettext_lazy("Cancel the booking")
    done = gettext_lazy("The booking is cancelled.")

    def submit(self, form: Any) -> None:
        values = form.cleaned_data
        cancel_booking(
            application=self.case,
            asked_on=values["asked_on"],
            comment=values["comment"],
            actor=self.actor,
            expected_version=values["version"],
            key=values["idempotency_key"],
        )

    def rows(self) -> list[tuple[Any, Any]]:
        fee = cancellation_fee(self.case, clock.today())
        return [*super().rows(), (_("Fee by the terms, cancelled today"), text.kronor(fee))]
