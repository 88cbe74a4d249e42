"""Venues and rooms: lists and plain forms."""

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from applications.rentals.dates import opening_of
from applications.rentals.models import Room, TermsVersion, Venue
from applications.rentals.selectors import tariff_on, terms_on, venues_of
from applications.rentals.services.keep_venues import add_room, add_venue, edit_room, edit_venue, name_officers
from applications.rentals.terms.tariff import read_tariff
from applications.rentals.venue_forms import OfficersForm, RoomForm, VenueForm
from applications.rentals.views.base import VenuePage
from applications.rentals.week import opening_lines
from vetting.accounts.form_page import FormPage, key_of
from vetting.accounts.models import District, Membership, User
from vetting.accounts.pages import Page
from vetting.accounts.roles import Permission, Role
from vetting.kernel import clock, text
from vetting.kernel.errors import Invalid


class ListVenuesView(Page):
    """Every venue of one's districts, with its rooms and whether its terms are published."""

    permission = Permission.SEE_VENUES

    def get(self, request: HttpRequest) -> HttpResponse:
        venues = list(venues_of(self.actor, self.permission))
        published = TermsVersion.objects.filter(venue__in=venues).valid_on(clock.today())
        with_terms = set(published.values_list("venue_id", flat=True))
        context = {
            "rows": [{"venue": one, "rooms": list(one.rooms.all()), "terms": one.pk in with_terms} for one in venues],
            "may_edit": self.actor.may(Permission.EDIT_VENUES),
        }
        return render(request, "rentals/venues.html", context)


class ShowVenueView(VenuePage):
    """One venue: rooms, hours, who serves it, its terms."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        venue, today = self.venue, clock.today()
        officers = [one.user.name for one in venue.officers.on(today).select_related("user")]
        context = {
            "venue": venue,
            "rooms": list(venue.rooms.select_related("parent")),
            "about": _about(venue, officers),
            "hours": opening_lines(venue),
            "versions": list(venue.terms.order_by("-number")),
            "terms": terms_on(venue, today),
            "may_edit": self.actor.may(Permission.EDIT_VENUES, venue.district_id),
            "may_publish": self.actor.may(Permission.PUBLISH_RULES, venue.district_id),
            "may_enter": self.actor.may(Permission.REGISTER_RENTAL, venue.district_id),
        }
        return render(request, "rentals/venue.html", context)


def _about(venue: Venue, officers: list[str]) -> list[tuple[Any, Any]]:
    rows: list[tuple[Any, Any]] = [(_("District"), venue.district.name)]
    if venue.address:
        rows.append((_("Address"), venue.address))
    if venue.contact:
        rows.append((_("Contact"), venue.contact))
    rows.append((_("Served by"), ", ".join(officers) or _("every premises officer of the district")))
    rows.append((_("Between two bookings"), _("%(minutes)s minutes") % {"minutes": venue.turnaround_minutes}))
    if venue.rented_in:
        rows.append((_("Rented in"), venue.head_lease or _("yes")))
    if venue.key_text:
        rows.append((_("Key"), venue.key_text))
    if venue.closed_on:
        rows.append((_("Let no more from"), text.day(venue.closed_on)))
    return rows


class RentalFormPage(FormPage):
    """A plain form of the room, with a way back."""

    template = "rentals/form.html"
    title: Any = ""
    lead: Any = ""
    permission = Permission.EDIT_VENUES

    def back(self) -> str:
        return reverse("list-venues")

    def context(self) -> dict[str, Any]:
        return {"title": self.title, "lead": self.lead, "back_url": self.back(), "trail": self.trail()}

    def trail(self) -> list[dict[str, Any]]:
        return [
            {"label": _("Venues"), "url": reverse("list-venues")},
            {"label": self.title, "url": ""},
        ]

    def done_url(self) -> str:
        return self.back()


class AddVenueView(RentalFormPage):
    title = gettext_lazy("New venue")
    done = gettext_lazy("The venue is saved.")

    def form(self, data: Any = None, files: Any = None) -> VenueForm:
        return VenueForm(data, initial={"version": 0, "turnaround_minutes": 30})

    def submit(self, form: Any) -> None:
        district = District.objects.get(pk=min(self.actor.districts_with(self.permission)))
        self.venue = add_venue(
            actor=self.actor, district=district, values=form.values, hours=form.hours, key=key_of(form)
        )

    def done_url(self) -> str:
        return reverse("show-venue", args=[self.venue.key])


class EditVenueView(VenuePage, RentalFormPage):
    title = gettext_lazy("Change the venue")
    done = gettext_lazy("The venue is saved.")
    permission = Permission.EDIT_VENUES

    def back(self) -> str:
        return reverse("show-venue", args=[self.venue.key])

    def form(self, data: Any = None, files: Any = None) -> VenueForm:
        opening = opening_of(self.venue)
        now = {name: getattr(self.venue, name) for name in VenueForm.OWN}
        now |= {f"weekday_{number}": opening.get(number, []) for number in range(7)}
        return VenueForm(data, initial=now | {"version": self.venue.version})

    def submit(self, form: Any) -> None:
        edit_venue(
            actor=self.actor,
            venue=self.venue,
            values=form.values,
            hours=form.hours,
            expected_version=form.cleaned_data["version"],
        )


class AddRoomView(VenuePage, RentalFormPage):
    title = gettext_lazy("New room")
    done = gettext_lazy("The room is saved.")
    permission = Permission.EDIT_VENUES

    def back(self) -> str:
        return reverse("show-venue", args=[self.venue.key])

    def form(self, data: Any = None, files: Any = None) -> RoomForm:
        parents = Room.objects.filter(venue=self.venue, closed_on__isnull=True)
        return RoomForm(data, parents=parents, classes=price_classes(self.venue), initial={"version": 0, "position": 0})

    def submit(self, form: Any) -> None:
        add_room(
            actor=self.actor,
            venue=self.venue,
            values=form.values,
            parent=form.cleaned_data["parent"],
            key=key_of(form),
        )


class EditRoomView(RentalFormPage):
    title = gettext_lazy("Change the room")
    done = gettext_lazy("The room is saved.")

    def load(self, key: uuid.UUID, **kwargs: Any) -> None:
        rows = Room.objects.select_related("venue__district")
        self.room = rows.for_user_or_404(self.actor, self.permission, key=key)
        self.must_be_allowed(self.room.venue.district_id)

    def back(self) -> str:
        return reverse("show-venue", args=[self.room.venue.key])

    def form(self, data: Any = None, files: Any = None) -> RoomForm:
        now = {name: getattr(self.room, name) for name in RoomForm.OWN} | {"version": self.room.version}
        classes = sorted({*price_classes(self.room.venue), self.room.price_class})
        return RoomForm(data, parents=None, classes=classes, initial=now)

    def submit(self, form: Any) -> None:
        edit_room(actor=self.actor, room=self.room, values=form.values, expected_version=form.cleaned_data["version"])

    def reload(self) -> None:
        self.room.refresh_from_db()


def price_classes(venue: Venue) -> list[str]:
    """The classes the district's tariff has a price for. Raises Invalid while there is no tariff."""
    tariff = tariff_on(venue.district_id, clock.today())
    if tariff is None:
        raise Invalid(_("The district has no tariff in force. It is published before rooms are added."), code="tariff")
    return sorted(read_tariff(tariff.content).per_hour)


class NameOfficersView(VenuePage, RentalFormPage):
    title = gettext_lazy("Who serves the venue")
    done = gettext_lazy("Saved.")
    permission = Permission.EDIT_VENUES

    def back(self) -> str:
        return reverse("show-venue", args=[self.venue.key])

    def form(self, data: Any = None, files: Any = None) -> OfficersForm:
        posts = Membership.objects.valid_on(clock.today()).filter(
            district_id=self.venue.district_id, role=Role.PREMISES_OFFICER
        )
        people = User.objects.filter(is_active=True, pk__in=posts.values("user_id")).order_by("name")
        now = [one.user_id for one in self.venue.officers.on(clock.today())]
        return OfficersForm(data, people=people, initial={"officers": now})

    def submit(self, form: Any) -> None:
        name_officers(actor=self.actor, venue=self.venue, users=list(form.cleaned_data["officers"]))
