"""The steps of a request with a form of their own: reserve, not available, confirm, cancel."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from applications.cases.pages import FormPage, StepPage, form_status
from applications.rentals import forms
from applications.rentals.dates import owed_beforehand, wishes_of
from applications.rentals.selectors import prices_of, total
from applications.rentals.services.answer import answer_unavailable, cancel_booking, confirm_booking, free_instead
from applications.rentals.services.claims import SlotTaken
from applications.rentals.services.effects import cancellation_fee
from applications.rentals.services.reserve import reserve, reserve_again
from applications.rentals.slots.slot import told
from applications.rentals.views.base import conflict, free_line
from vetting.accounts.form_page import problem
from vetting.accounts.roles import Permission
from vetting.kernel import clock, text
from vetting.kernel.errors import DomainError, Stale


class _AnswerPage(StepPage):
    """A step page with the request's dates above its form, and the conflict explained where there is one."""

    template = "rentals/answer.html"
    tab = "bookings"
    clash: Any = None

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        self.bound = form = self.form(request.POST)
        if not form.is_valid():
            return self.show(form, status=422)
        try:
            self.do(form.cleaned_data)
        except SlotTaken as error:
            self.clash = conflict(error)
            return self.show(form, status=error.status)
        except Stale as error:
            problem(form, error)
            return self.show_stale(form, error)
        except DomainError as error:
            problem(form, error)
            return self.show(form, status=form_status(error))
        return self.saved()

    def saved(self) -> HttpResponse:
        messages.success(self.request, str(self.done))
        return HttpResponseRedirect(self.next_url())

    def next_url(self) -> str:
        return reverse("show-bookings", args=[self.case.key])

    def show(self, form: Any, *, status: int = 200, **context: Any) -> HttpResponse:
        return super().show(
            form, status=status, rows=self.rows(), conflict=self.clash, has_errors=bool(self.clash), **context
        )

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

    def do(self, values: dict[str, Any]) -> None:
        reserve(
            application=self.case, actor=self.actor, expected_version=values["version"], key=values["idempotency_key"]
        )


class ReserveAgainView(FormPage):
    """Holding again what lapsed while the case was handled."""

    template = "rentals/answer.html"
    permission = Permission.SEE_CASES
    post_permission = Permission.REGISTER_RENTAL
    form_class = forms.AgainForm
    tab = "bookings"
    title = gettext_lazy("Reserve again")
    lead = gettext_lazy("The held time was given up. If it is still free it can be held again.")
    done = gettext_lazy("The time is reserved.")

    def do(self, values: dict[str, Any]) -> None:
        reserve_again(application=self.case, actor=self.actor, key=values["idempotency_key"])

    def next_url(self) -> str:
        return reverse("show-bookings", args=[self.case.key])

    def show(self, form: Any, *, status: int = 200, **context: Any) -> HttpResponse:
        rows = [(wish.room.name, told(wish.begins, wish.ends)) for wish in wishes_of(self.case)]
        return super().show(form, status=status, rows=rows, **context)


class AnswerUnavailableView(_AnswerPage):
    action = "not_available"
    form_class = forms.UnavailableForm
    title = gettext_lazy("Answer: not available")
    lead = gettext_lazy(
        "This is no decision: the reason and the terms' version are enough, and free times are shown. "
        "The tenant can ask the unit head to look again."
    )
    done = gettext_lazy("The answer is registered.")

    def do(self, values: dict[str, Any]) -> None:
        answer_unavailable(
            application=self.case,
            because=values["because"],
            actor=self.actor,
            comment=values["comment"],
            expected_version=values["version"],
            key=values["idempotency_key"],
        )

    def show(self, form: Any, *, status: int = 200, **context: Any) -> HttpResponse:
        free = [free_line(one) for one in free_instead(self.case)]
        return super().show(form, status=status, free=free, **context)


class ConfirmBookingView(_AnswerPage):
    action = "confirm"
    title = gettext_lazy("Confirm the booking")
    lead = gettext_lazy("An answer under the published terms and tariff; the confirmation letter is made.")
    done = gettext_lazy("The booking is confirmed, and the letter is being made.")
    consent = False

    def form(self, *data: Any, **kwargs: Any) -> forms.ConfirmForm:
        return forms.ConfirmForm(
            *data,
            fee_owed=bool(owed_beforehand(self.case)),
            consent_owed=self.consent and self.case.venue.rented_in,
            initial=self.initial(),
        )

    def initial(self) -> dict[str, Any]:
        now = {name: getattr(self.case, name) for name in forms.ANSWERED_FIELDS}
        now["terms_accepted_on"] = now["terms_accepted_on"] or clock.today()
        now["terms_accepted_by"] = now["terms_accepted_by"] or self.case.contact_name
        return super().initial() | now

    def do(self, values: dict[str, Any]) -> None:
        confirm_booking(
            application=self.case,
            action=self.action,
            filled=self.bound.filled,
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

    def do(self, values: dict[str, Any]) -> None:
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
