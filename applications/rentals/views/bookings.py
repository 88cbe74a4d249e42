"""The tab Bokning: every date with its state, price and steps; the confirmation letter; one step of a date."""

import uuid
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from applications.cases.available import available
from applications.cases.executor import kind_of, not_in_state, permitted_now, reasons_against
from applications.cases.pages import CasePage
from applications.cases.texts import read
from applications.cases.timeline import names_of
from applications.decisions.letters.preview import marked
from applications.rentals.booking_forms import BookingStepForm
from applications.rentals.dates import lapsed_dates
from applications.rentals.models import UNAVAILABLE_LABELS, Booking, Confirmation
from applications.rentals.selectors import prices_of
from applications.rentals.services.confirmation import letter_of
from applications.rentals.services.occasion import take_booking_step
from applications.rentals.services.reserve import AGAIN
from applications.rentals.slots.slot import told
from applications.rentals.terms.tariff import read_tariff
from applications.rentals.workflow import BOOKING
from vetting.accounts.form_page import form_status, problem, renew
from vetting.accounts.roles import ROLES, Permission, Role
from vetting.kernel import clock
from vetting.kernel.errors import DomainError, NotFound, Stale
from vetting.kernel.workflow import Move, promises

SYSTEM = "system"
_STEPS = frozenset({"reserve-slots", "answer-unavailable", "confirm-booking", "confirm-reviewed", "cancel-booking"})


_PLAIN = frozenset({"start_review"})


class ShowBookingsView(CasePage):
    """What is asked for, what is held or booked, what it costs, and what can be done with each date."""

    template = "rentals/bookings.html"
    tab = "bookings"
    title = gettext_lazy("Booking")

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        rows = self.case.bookings.select_related("room", "tariff").prefetch_related("claims", "notes")
        bookings = list(rows.order_by("begins", "id"))
        notes = read([note.payload_id for one in bookings for note in one.notes.all()])
        names = names_of(note.by for one in bookings for note in one.notes.all())
        standing = {one.pk for one in bookings if any(claim.released_at is None for claim in one.claims.all())}
        return self.page(
            wishes=[] if standing or bookings else prices_of(self.case),
            dates=[self.told(one, notes, names) for one in bookings],
            steps=[
                step
                for step in available(self.case, self.actor)
                if step.row.form in _STEPS or step.row.action in _PLAIN
            ],
            lapsed=bool(self.case.state in AGAIN and bookings and lapsed_dates(self.case)),
            may_again=self.actor.may(Permission.REGISTER_RENTAL, self.case.district_id),
            confirmations=list(self.case.confirmations.select_related("made__file").order_by("-id")),
            unavailable=self.unavailable(),
            cancelled=self.case.cancellations.order_by("-id").first(),
        )

    def told(self, booking: Booking, notes: Any, names: Any) -> dict[str, Any]:
        """A date as the page tells it, with the steps from its state."""
        state = BOOKING.state(booking.state)
        group = read_tariff(booking.tariff.content).group_of_code(booking.tariff_group)
        held = [claim.held_until for claim in booking.claims.all() if claim.released_at is None]
        mine = {role.value for role in self.actor.roles_in(self.case.district_id)}
        steps = [
            {
                "label": row.label,
                "url": reverse("take-booking-step", args=[booking.key, row.action]),
                "mine": bool(mine & set(row.who)),
                "minor": row.minor,
            }
            for row in BOOKING.rows_from(booking.state)
            if set(row.who) != {SYSTEM} and mine & set(row.who)
        ]
        return {
            "booking": booking,
            "state": state,
            "when": told(booking.begins, booking.ends),
            "group": group.label,
            "rule": group.rule,
            "held_until": next((moment for moment in held if moment), None),
            "steps": steps,
            "notes": [
                {
                    "at": note.at,
                    "by": names.get(note.by, ""),
                    "lines": list(notes.get(note.payload_id, {}).values()),
                }
                for note in sorted(booking.notes.all(), key=lambda one: one.pk)
            ],
        }

    def unavailable(self) -> dict[str, Any] | None:
        row = self.case.unavailabilities.select_related("terms").order_by("-id").first()
        if row is None:
            return None
        free = [f"{one['room']}, {told(_moment(one['begins']), _moment(one['ends']))}" for one in row.alternatives]
        return {"row": row, "because": UNAVAILABLE_LABELS[row.because], "free": free}


def _moment(value: str) -> Any:
    return datetime.fromisoformat(value)


class TakeBookingStepView(CasePage):
    """One step of one date: exactly what will happen, the words it asks for, then it is done."""

    template = "rentals/booking_step.html"
    tab = "bookings"

    def load(self, key: uuid.UUID, **kwargs: Any) -> None:
        rows = Booking.objects.select_related("case", "room", "venue")
        self.booking = rows.for_user_or_404(self.actor, self.permission, key=key)
        super().load(self.booking.case.key)
        self.action = kwargs["action"]
        row = BOOKING.row(self.action, self.booking.state)
        if row is None:
            if self.action not in BOOKING.actions():
                raise NotFound(_("There is no such page, or it belongs to another district."))
            raise not_in_state(kind_of(self.booking), self.booking, self.action)
        self.row = row
        self.role = permitted_now(row, self.actor, self.case)
        self.title = row.label

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self.show(self.form())

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = self.form(request.POST)
        if not form.is_valid():
            return self.show(form, status=422)
        try:
            take_booking_step(
                booking=self.booking,
                action=self.action,
                actor=self.actor,
                said=form.said,
                comment=form.cleaned_data["comment"].strip(),
                expected_version=form.cleaned_data["version"],
                key=form.cleaned_data["idempotency_key"],
            )
        except DomainError as error:
            problem(form, error)
            if isinstance(error, Stale):
                self.load(**self.kwargs)
                renew(form, self.booking.version)
            return self.show(form, status=form_status(error))
        messages.success(request, _("Done: %(step)s.") % {"step": self.row.label})
        return HttpResponseRedirect(reverse("show-bookings", args=[self.case.key]))

    def form(self, *data: Any) -> BookingStepForm:
        return BookingStepForm(*data, row=self.row, state=self.booking.state, initial={"version": self.booking.version})

    def show(self, form: Any, *, status: int = 200) -> HttpResponse:
        move = Move(self.booking, self.case, self.row, self.actor, clock.now(), clock.today(), {"preview": True})
        target = BOOKING.state(str(self.row.target))
        rows = [
            (_("Date"), f"{self.booking.room.name}, {told(self.booking.begins, self.booking.ends)}"),
            (_("From"), BOOKING.state(self.booking.state).label),
            (_("To"), target.label),
            (_("You do it as"), ROLES[Role(self.role)].label),
        ]
        effects = [label for name in self.row.then if (label := promises.get(name))]
        return self.page(status=status, form=form, rows=rows, effects=effects, reasons=reasons_against(move))


class ShowConfirmationView(CasePage):
    """The confirmation on A4, exactly as it was frozen."""

    template = "rentals/confirmation.html"
    tab = "bookings"
    title = gettext_lazy("Confirmation")

    def load(self, key: uuid.UUID, **kwargs: Any) -> None:
        found = Confirmation.objects.select_related("application", "made__file").filter(key=key).first()
        if found is None:
            raise NotFound(_("There is no such page, or it belongs to another district."))
        self.confirmation = found
        super().load(found.application.key)

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        letter = letter_of(self.confirmation)
        file = self.confirmation.made.file if hasattr(self.confirmation, "made") else None
        return self.page(letter=marked(letter, letter), confirmation=self.confirmation, file=file)
