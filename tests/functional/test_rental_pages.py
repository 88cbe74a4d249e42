"""Venues, the calendar, a request from the telephone to its answer: what the pages say and keep."""

import uuid
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from applications.rentals.models import Booking, RentalApplication, Venue
from applications.rentals.services.reserve import reserve
from tests.factories import people, rentals
from vetting.accounts.models import User
from vetting.accounts.roles import Role
from vetting.kernel import clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff():
    return rentals.office()


@pytest.fixture
def house(staff):
    return rentals.venue(staff.district)


@pytest.fixture
def hall(house):
    return rentals.room(house)


def signed_in(actor) -> Client:
    client = Client()
    client.force_login(User.objects.get(pk=actor.user_id))
    return client


@pytest.fixture
def steward(staff):
    return signed_in(staff.steward)


def typed(room, days=10, begins="18", ends="21.00", **more):
    return {
        "room": room.pk,
        "day": (clock.today() + timedelta(days=days)).isoformat(),
        "begins": begins,
        "ends": ends,
        "people": "20",
        "weeks": "1",
        "purpose_code": "meeting",
        "purpose": "Årsmöte med val",
        "openness": "members",
        "channel": "email",
        "received_on": clock.today().isoformat(),
        "idempotency_key": str(uuid.uuid4()),
        **more,
    }


def enter(client, room, tenant, **more):
    url = reverse("enter-rental", args=[room.venue.key, tenant.key])
    return client.post(url, typed(room, **more))


def test_a_request_is_received_and_its_time_reserved_in_one(steward, hall):
    answer = enter(steward, hall, rentals.tenant())
    case = RentalApplication.objects.get()
    assert answer.url == reverse("show-bookings", args=[case.key])
    assert (case.state, case.bookings.get().state, case.bookings.get().price) == ("preliminary", "claimed", 180)
    page = steward.get(answer.url).content.decode()
    assert "180" in page and "Föreningstaxa" in page


def test_sent_twice_it_is_one_request(steward, hall):
    tenant = rentals.tenant()
    url, data = reverse("enter-rental", args=[hall.venue.key, tenant.key]), typed(hall)
    steward.post(url, data)
    steward.post(url, data)
    assert RentalApplication.objects.count() == Booking.objects.count() == 1


def test_the_price_is_shown_before_anything_is_saved(steward, hall):
    page = enter(steward, hall, rentals.tenant(), check="1").content.decode()
    assert "Tiden är ledig" in page and "180" in page and "720" in page
    assert not RentalApplication.objects.exists()


def test_a_conflict_is_explained_keeps_what_was_typed_and_offers_free_times(staff, steward, hall):
    taken = rentals.request(hall, rentals.evening(begins=17, ends=20), by=staff.steward, who=rentals.tenant())
    reserve(application=taken, actor=staff.steward)
    answer = enter(steward, hall, rentals.tenant())
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "17.00–20.00" in page and "Årsmöte med val" in page and 'name="instead"' in page
    panel = page[page.index('id="krock"') : page.index("</div>\n</div>", page.index('id="krock"'))]
    assert taken.association.name not in panel
    assert RentalApplication.objects.count() == 1
    value = page.split('name="instead" value="')[1].split('"')[0]
    chosen = enter(steward, hall, rentals.tenant(), instead=value).content.decode()
    assert "Tiden är ledig" in chosen and "Årsmöte med val" in chosen


def test_a_taken_time_is_registered_to_be_answered(staff, steward, hall):
    taken = rentals.request(hall, by=staff.steward)
    reserve(application=taken, actor=staff.steward)
    enter(steward, hall, rentals.tenant(), register="1")
    case = RentalApplication.objects.get(state="received")
    url = reverse("answer-unavailable", args=[case.key])
    assert "Närmaste" in steward.get(url).content.decode() or "Lediga tider" in steward.get(url).content.decode()
    steward.post(url, {"because": "taken", "version": case.version, "comment": ""})
    case = RentalApplication.objects.get(pk=case.pk)
    answer = case.unavailabilities.get()
    assert (case.state, answer.because, answer.terms_id) == ("unavailable", "taken", case.terms_id)
    assert answer.alternatives


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"begins": "21", "ends": "18"}, "Slutet kommer före början"),
        ({"begins": "21", "ends": "24"}, "har öppet"),
        ({"people": "41"}, "rymmer högst 40"),
        ({"days": -1}, "redan börjat eller passerat"),
        ({"days": 500}, "Bokningar tas emot till"),
        ({"begins": "halv sex"}, "Skriv klockslaget"),
    ],
)
def test_what_cannot_be_had_is_said_at_its_field(steward, hall, wrong, said):
    answer = enter(steward, hall, rentals.tenant(), **wrong)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert said in page and "Årsmöte med val" in page
    assert not RentalApplication.objects.exists()


def test_a_private_persons_name_stands_on_the_page_and_not_in_the_case(steward, hall):
    url = reverse("enter-person-rental", args=[hall.venue.key])
    answer = steward.post(url, typed(hall, tenant_name="Hyrestagare Exempel", contact_phone="08-123 00 02"))
    case = RentalApplication.objects.get()
    assert case.association_id is None and case.tenant_payload_id
    assert "Hyrestagare Exempel" in steward.get(reverse("show-case", args=[case.key])).content.decode()
    assert answer.status_code == 302
    refused = steward.post(url, typed(hall, days=11, tenant_name="Namn 19900101-2391"))
    assert refused.status_code == 422 and RentalApplication.objects.count() == 1


def test_three_weeks_in_a_row_are_three_dates(steward, hall):
    enter(steward, hall, rentals.tenant(), weeks="3")
    days = [one.slot.day for one in Booking.objects.order_by("begins")]
    assert [(day - days[0]).days for day in days] == [0, 7, 14]


def test_the_calendar_shows_the_week_and_says_what_it_cannot_read(staff, steward, hall):
    case = rentals.request(hall, by=staff.steward, who=rentals.tenant())
    reserve(application=case, actor=staff.steward)
    year, week, _day = case.wishes.get().slot.day.isocalendar()
    page = steward.get(f"{reverse('show-calendar')}?vecka={year}-W{week:02d}").content.decode()
    assert "18.00–21.00" in page and "Preliminär" in page and f"vecka {week}" in page
    strange = steward.get(f"{reverse('show-calendar')}?vecka=snart").content.decode()
    assert "Adressen kunde inte läsas" in strange


def test_the_calendar_reads_a_week_in_a_constant_number_of_queries(staff, steward, hall, django_assert_max_num_queries):
    for hour in (8, 11, 14, 17):
        slot = rentals.evening(begins=hour, ends=hour + 2)
        reserve(application=rentals.request(hall, slot, by=staff.steward), actor=staff.steward)
    with django_assert_max_num_queries(16):
        steward.get(f"{reverse('show-calendar')}?vecka={slot.day.isoformat()}")


def test_a_cleared_tenant_is_confirmed_on_one_page_and_the_letter_is_there(staff, steward, hall):
    first = rentals.rental(staff=staff, where=hall)
    first.walk("confirmed")
    enter(steward, hall, first.tenant)
    case = RentalApplication.objects.get(state="preliminary")
    url = reverse("confirm-booking", args=[case.key])
    data = {
        "version": case.version,
        "terms_accepted_on": clock.today().isoformat(),
        "terms_accepted_by": "Kontaktperson",
        "comment": "",
    }
    assert steward.post(url, data).url == reverse("show-bookings", args=[case.key])
    letter = RentalApplication.objects.get(pk=case.pk).confirmations.get()
    page = steward.get(reverse("show-confirmation", args=[letter.key])).content.decode()
    assert "Bekräftelse på bokning av" in page and "18.00–21.00" in page


def test_a_date_is_followed_from_the_key_to_its_end(staff, hall, time_machine):
    walk = rentals.rental(staff=staff, where=hall, slot=rentals.evening(days=9))
    walk.walk("confirmed")
    booking = walk.booking
    time_machine.move_to(booking.begins + timedelta(hours=1))
    client = signed_in(staff.steward)

    def take(action, **said):
        url = reverse("take-booking-step", args=[booking.key, action])
        version = Booking.objects.get(pk=booking.pk).version
        assert client.get(url).status_code == 200
        return client.post(url, {"version": version, "comment": "", **said})

    assert take("give_key").status_code == 302
    assert take("hold_event").status_code == 302
    assert take("inspect", note="").status_code == 422
    take("inspect", note="Städat och låst.")
    take("note_deviation", note="En stol är trasig.")
    take("finish", note="Ersatt.")
    assert Booking.objects.get(pk=booking.pk).state == "done"
    page = client.get(reverse("show-bookings", args=[walk.case.key])).content.decode()
    assert "En stol är trasig." in page


def test_another_officers_venue_says_who_serves_it(staff, hall):
    from applications.rentals.services.keep_venues import name_officers

    other = people.user(Role.PREMISES_OFFICER, at=staff.district)
    name_officers(actor=rentals.MAKER, venue=hall.venue, users=[other])
    case = rentals.request(hall, by=staff.steward)
    page = signed_in(staff.steward).get(reverse("reserve-slots", args=[case.key])).content.decode()
    assert other.name in page


def test_venues_and_rooms_are_entered_on_plain_forms(staff, steward, house):
    steward.post(
        reverse("add-venue"),
        {"name": "Gula huset", "turnaround_minutes": "15", "weekday_0": "8–12, 16–22", "weekday_6": "", "version": "0"},
    )
    venue = Venue.objects.get(name="Gula huset")
    assert [(one.opens, one.closes) for one in venue.opening.all()] == [(480, 720), (960, 1320)]
    room = {"name": "Salen", "capacity": "30", "price_class": "small", "position": "0", "parent": "", "version": "0"}
    steward.post(reverse("add-room", args=[venue.key]), room)
    again = steward.post(reverse("add-room", args=[venue.key]), room)
    assert venue.rooms.count() == 1 and "finns redan" in again.content.decode()
    wrong = steward.post(
        reverse("add-venue"), {"name": "Röda", "turnaround_minutes": "15", "weekday_0": "kväll", "version": "0"}
    )
    assert wrong.status_code == 422 and "8–22" in wrong.content.decode()


def test_a_second_person_publishes_the_terms(staff, steward, house):
    page = steward.get(reverse("draft-terms", args=[house.key]))
    text = page.context["form"]["content"].value()
    steward.post(reverse("draft-terms", args=[house.key]), {"content": text.replace("hold_days = 7", "hold_days = 3")})
    draft = house.terms.get(status="draft")
    tomorrow = (clock.today() + timedelta(days=1)).isoformat()
    url = reverse("publish-terms", args=[draft.key])
    assert steward.get(url).status_code == 403
    signed_in(staff.unit_head).post(url, {"valid_from": tomorrow})
    draft.refresh_from_db()
    assert draft.is_published and draft.content["hold_days"] == 3
    broken = steward.post(reverse("draft-terms", args=[house.key]), {"content": "hold_days = "})
    assert broken.status_code == 422
