"""From a telephone call, a mail or a letter to a request with its time reserved; and correcting it."""

import uuid
from datetime import time
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from applications.associations.models import Association
from applications.associations.selectors import Filters, Match, find_associations
from applications.associations.views.listing import NOT_SEARCHED
from applications.cases.pages import CaseFormPage
from applications.rentals.dates import place, wishes_of
from applications.rentals.forms import ANSWERED_FIELDS, OWN_FIELDS, EditRentalForm, RentalForm
from applications.rentals.selectors import price_for, tariff_on
from applications.rentals.services.claims import SlotTaken, refuse_if_taken
from applications.rentals.services.enter_rental import Person, Wanted, edit_rental, enter_rental, terms_in_force
from applications.rentals.services.reserve import reserve
from applications.rentals.slots.refusals import against
from applications.rentals.slots.slot import slot_on
from applications.rentals.terms.tariff import PERSON
from applications.rentals.terms.venue_terms import read_terms
from applications.rentals.views.base import VenuePage, conflict, locked_out
from applications.rentals.week import monday_of, week_of
from vetting.accounts.form_page import UNPROCESSABLE, form_status, problem
from vetting.accounts.roles import Permission
from vetting.kernel import clock
from vetting.kernel.errors import DomainError

SHOWN = 20
INSTEAD = "instead"


class NewRentalView(VenuePage):
    """Step 1: who asks? An organisation of the register, or a private person."""

    permission = Permission.REGISTER_RENTAL

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        query = request.GET.get("q", "").strip()
        found = find_associations(Filters(text=query)) if query else None
        if found and found.match is Match.IDENTITY:  # it must not stay in the address
            messages.warning(request, str(NOT_SEARCHED))
            return redirect("new-rental", key=self.venue.key)
        context = {
            "venue": self.venue,
            "query": query,
            "found": found,
            "rows": list(found.rows[:SHOWN]) if found else [],
            "may_register": self.actor.may(Permission.EDIT_ASSOCIATIONS),
        }
        return render(request, "rentals/choose_tenant.html", context)


class EnterRentalView(VenuePage):
    """Step 2: the request itself. Price and conflict are shown before anything is saved; nothing typed is lost."""

    permission = Permission.REGISTER_RENTAL
    association: Association | None = None

    def load(self, key: uuid.UUID, **kwargs: Any) -> None:
        super().load(key)
        self.terms = terms_in_force(self.venue)
        if "association" in kwargs:
            self.association = get_object_or_404(Association, key=kwargs["association"])

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self.page(self.form(None))

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        data: QueryDict = request.POST
        if INSTEAD in data:
            data = with_slot(data, str(data[INSTEAD]))
        form = self.form(data)
        if not form.is_valid():
            return self.page(form)
        wanted = form.wanted()
        if not self.possible(form, wanted):
            return self.page(form, wanted=wanted)
        if "check" in data or INSTEAD in data:
            return self.page(form, wanted=wanted, error=self.blocked(wanted), checked=True)
        try:
            application = self.save(form, wanted, reserves="register" not in data)
        except SlotTaken as error:
            return self.page(form, wanted=wanted, error=error)
        except DomainError as error:
            problem(form, error)
            return self.page(form, wanted=wanted, error=error)
        said = {"number": application.number}
        if "register" in data:
            messages.success(request, _("Received as %(number)s. The time is not reserved.") % said)
        else:
            messages.success(request, _("Received as %(number)s, and the time is reserved.") % said)
        return redirect("show-bookings", key=application.key)

    def form(self, data: Any) -> RentalForm:
        initial = {"weeks": 1, "received_on": clock.today()} | self.request.GET.dict()
        return RentalForm(
            data,
            venue=self.venue,
            terms=read_terms(self.terms.content),
            for_person=self.association is None,
            initial=initial,
        )

    def possible(self, form: RentalForm, wanted: list[Wanted]) -> bool:
        """Hours, days and people: what no reservation can mend stands at its field. Registering needs a slot at all."""
        today, now, terms = clock.today(), clock.now(), read_terms(self.terms.content)
        for one in wanted:
            reasons = against(one.slot, place(self.venue, one.room, terms, today), now)
            if "register" in form.data:
                reasons = [reason for reason in reasons if reason.code == "end_before_start"]
            for reason in reasons:
                form.add_error(str(reason.data.get("field", "begins")), str(reason.text))
            if reasons:
                return False
        return True

    def blocked(self, wanted: list[Wanted]) -> SlotTaken | None:
        """The conflict a reservation would meet now, for the check before saving."""
        for one in wanted:
            try:
                refuse_if_taken(one.room, one.slot, self.venue.turnaround_minutes, clock.now())
            except SlotTaken as error:
                return error
        return None

    def save(self, form: Any, wanted: list[Wanted], *, reserves: bool) -> Any:
        """Received and reserved in one: a conflict saves nothing, so that the page can offer what is free."""
        key = form.cleaned_data["idempotency_key"] or uuid.uuid4()
        with transaction.atomic():
            application = enter_rental(
                actor=self.actor,
                venue=self.venue,
                tenant=self.tenant(form),
                values=form.own_values,
                wanted=wanted,
                channel=form.cleaned_data["channel"],
                received_on=form.cleaned_data["received_on"],
                key=key,
            )
            if reserves:
                reserve(application=application, actor=self.actor, key=key)
        return application

    def tenant(self, form: Any) -> Association | Person:
        if self.association is not None:
            return self.association
        said = form.cleaned_data
        return Person(said["tenant_name"], said["contact_email"], said["contact_phone"])

    def page(
        self,
        form: Any,
        *,
        wanted: list[Wanted] | None = None,
        error: DomainError | None = None,
        checked: bool = False,
    ) -> HttpResponse:
        clash = conflict(error)
        prices = self.prices(wanted or [])
        mine = wanted[0] if wanted else None
        monday = monday_of(mine.slot.day.isoformat() if mine else self.request.GET.get("day", ""), clock.today())
        week = None
        if monday is not None:
            week = week_of(
                [self.venue],
                monday,
                now=clock.now(),
                mine=mine.slot if mine else None,
                room=mine.room if mine else None,
                hidden=locked_out(self.actor),
            )
        status = (
            200 if checked or (error is None and not form.errors) else form_status(error) if error else UNPROCESSABLE
        )
        context = {
            "form": form,
            "venue": self.venue,
            "terms": self.terms,
            "association": self.association,
            "conflict": clash,
            "has_errors": bool(clash),
            "prices": prices,
            "week": week,
            "checked": checked and clash is None,
        }
        return render(self.request, "rentals/enter_rental.html", context, status=status)

    def prices(self, wanted: list[Wanted]) -> dict[str, Any] | None:
        """What the dates cost under the tariff in force: shown before anything is saved."""
        tariff = tariff_on(self.venue.district_id, clock.today())
        if tariff is None or not wanted:
            return None
        kind = self.association.legal_form if self.association else PERSON
        each = [price_for(tariff, tenant=kind, room=one.room, minutes=one.slot.minutes) for one in wanted]
        return {
            "number": tariff.number,
            "group": each[0].group,
            "per_hour": each[0].per_hour,
            "dates": len(each),
            "full": sum(one.full for one in each),
            "reduction": sum(one.reduction for one in each),
            "price": sum(one.price for one in each),
        }


class EnterPersonRentalView(EnterRentalView):
    """The same for a private person: name and contact, never an identity number."""


def with_slot(data: QueryDict, value: str) -> QueryDict:
    """The typed form with another slot in it: `<room> 2026-03-13 19.00 22.00`, as the page offered it."""
    parts = value.split()
    if len(parts) != 4:
        return data
    kept = data.copy()
    kept["room"], kept["day"], kept["begins"], kept["ends"] = parts
    return kept


class EditRentalView(CaseFormPage):
    """Correcting what was entered; the dates until they are reserved."""

    permission = Permission.SEE_CASES
    post_permission = Permission.REGISTER_RENTAL
    tab = "application"
    title = gettext_lazy("Correct the request")
    done = gettext_lazy("The request is saved.")

    def form(self, data: Any = None, files: Any = None) -> EditRentalForm:
        fixed = self.case.state != "received" or len(wishes_of(self.case)) != 1
        return EditRentalForm(
            data,
            venue=self.case.venue,
            terms=read_terms(self.case.terms.content),
            fixed=fixed,
            initial=self.initial(),
        )

    def initial(self) -> dict[str, Any]:
        case = self.case
        now: dict[str, Any] = {name: getattr(case, name) for name in (*OWN_FIELDS, *ANSWERED_FIELDS)}
        now |= {"version": case.version, "channel": case.channel, "received_on": case.received_date}
        for wish in wishes_of(case)[:1]:
            begins, ends = clock.stockholm(wish.begins), clock.stockholm(wish.ends)
            now |= {
                "room": wish.room_id,
                "day": begins.date(),
                "begins": time(begins.hour, begins.minute),
                "ends": time(ends.hour, ends.minute),
                "people": wish.people,
            }
        return now

    def submit(self, form: Any) -> None:
        values = form.cleaned_data
        wanted = None
        if "room" in values:
            wanted = [
                Wanted(values["room"], slot_on(values["day"], values["begins"], values["ends"], values["people"]))
            ]
        edit_rental(
            actor=self.actor,
            application=self.case,
            values=form.own_values,
            wanted=wanted,
            expected_version=values["version"] or 0,
            key=values["idempotency_key"],
        )
