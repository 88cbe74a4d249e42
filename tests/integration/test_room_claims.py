"""Taking and giving up the time of rooms: by the services, and by SQL that goes round them (design §7; trust F4)."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from applications.cases import executor
from applications.cases.invariants import breaches
from applications.rentals.models import Booking, Claim
from applications.rentals.services.claims import SlotTaken
from applications.rentals.services.reserve import lapse_expired, reserve, reserve_again
from tests.factories import rentals
from vetting.kernel import clock
from vetting.kernel.errors import NotNow

pytestmark = pytest.mark.django_db


@pytest.fixture
def house():
    return rentals.venue()


@pytest.fixture
def steward(house):
    return rentals.steward(house.district)


def whole() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    assert list(breaches()) == []


def held(where, slot, steward):
    case = rentals.request(where, slot, by=steward)
    reserve(application=case, actor=steward)
    return case


def test_a_reservation_freezes_price_and_claims_the_turnaround(house, steward):
    small = rentals.room(house)
    case = held(small, rentals.evening(begins=18, ends=21), steward)
    booking = Booking.objects.get(case=case)
    assert (booking.state, booking.full_price, booking.price, booking.tariff_group) == (
        "claimed",
        720,
        180,
        "association",
    )
    claim = booking.claims.get()
    assert (claim.span.lower, claim.span.upper) == (booking.begins, booking.ends + timedelta(minutes=30))
    assert claim.held_until == clock.midnight(clock.today() + timedelta(days=8))
    whole()


def test_the_conflict_names_the_blocking_slot_and_nobody(house, steward):
    small = rentals.room(house)
    held(small, rentals.evening(begins=18, ends=21), steward)
    late = rentals.request(small, rentals.evening(begins=20, ends=22), by=steward)
    with pytest.raises(SlotTaken) as caught:
        reserve(application=late, actor=steward)
    assert "18.00–21.00" in str(caught.value) and "20.00–22.00" in str(caught.value)
    assert "Kvartersförening" not in str(caught.value)
    late.refresh_from_db(fields=["number"])
    assert Booking.objects.filter(case=late).count() == 0
    whole()


def test_what_ends_when_another_begins_waits_for_the_turnaround(house, steward):
    small = rentals.room(house)
    held(small, rentals.evening(begins=12, ends=15), steward)
    with pytest.raises(SlotTaken, match="i ordning|put in order"):
        held(small, rentals.evening(begins=15, ends=17), steward)
    held(small, rentals.evening(begins=16, ends=18), steward)
    whole()


def test_a_hall_claims_its_parts_and_a_part_stops_the_hall(house, steward):
    hall = rentals.room(house, "Stora salen", capacity=120)
    east, west = (rentals.room(house, name, parent=hall) for name in ("Östra delen", "Västra delen"))
    case = held(hall, rentals.evening(), steward)
    assert set(Claim.objects.filter(booking__case=case).values_list("room_id", flat=True)) == {east.pk, west.pk}
    with pytest.raises(SlotTaken):
        held(west, rentals.evening(), steward)
    held(east, rentals.evening(days=11), steward)
    with pytest.raises(SlotTaken, match="Östra delen"):
        held(hall, rentals.evening(days=11), steward)
    whole()


def test_all_dates_are_held_or_none(house, steward):
    from applications.rentals.models import Wish

    small = rentals.room(house)
    held(small, rentals.evening(days=12), steward)
    many = rentals.request(small, rentals.evening(days=11), by=steward)
    blocked = rentals.evening(days=12)
    Wish.objects.create(application=many, room=small, begins=blocked.begins, ends=blocked.ends, people=5)
    with pytest.raises(SlotTaken):
        reserve(application=many, actor=steward)
    assert not Booking.objects.filter(case=many).exists()


def test_an_expired_hold_gives_way_and_is_written_as_lapsed(house, steward):
    small = rentals.room(house)
    first = held(small, rentals.evening(days=30), steward)
    with clock.shifted(timedelta(days=9)):
        second = held(small, rentals.evening(days=21), steward)
        assert lapse_expired() == 1
        first.refresh_from_db(fields=["number"])
        case = type(first).objects.get(pk=first.pk)
        assert (case.state, case.bookings.get().state) == ("lapsed", "lapsed")
        assert type(second).objects.get(pk=second.pk).state == "preliminary"
        assert lapse_expired() == 0
        whole()


def test_a_hold_that_stands_does_not_lapse(house, steward):
    case = held(rentals.room(house), rentals.evening(days=30), steward)
    assert lapse_expired() == 0
    with pytest.raises(NotNow):
        executor.perform(subject=case.bookings.get(), action="lapse", actor=rentals.MAKER)


def test_a_withdrawn_request_frees_its_time(house, steward):
    small = rentals.room(house)
    case = held(small, rentals.evening(), steward)
    executor.perform(subject=case, action="withdraw", actor=steward, comment="Ringde i dag.")
    assert case.bookings.get().state == "released"
    held(small, rentals.evening(), steward)
    whole()


def test_a_lapsed_date_is_held_again_while_it_is_free(house, steward):
    small = rentals.room(house)
    case = held(small, rentals.evening(days=40), steward)
    with clock.shifted(timedelta(days=9)):
        held(small, rentals.evening(days=31), steward)  # takes the very time
        with pytest.raises(SlotTaken):
            reserve_again(application=case, actor=steward)


def sql(statement: str, *values) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)


def test_the_database_refuses_what_goes_round_the_services(house, steward):
    hall = rentals.room(house, "Stora salen")
    small = rentals.room(house)
    case = held(small, rentals.evening(), steward)
    claim = Claim.objects.get(booking__case=case)
    again = "INSERT INTO rentals_claim (booking_id, room_id, span) VALUES (%s, %s, %s::tstzrange)"
    other = held(hall, rentals.evening(), steward).bookings.get()
    with pytest.raises(IntegrityError, match="rentals_claim_alone"):
        sql(again, other.pk, small.pk, f"[{claim.span.lower.isoformat()},{claim.span.upper.isoformat()})")
    for span in (
        "empty",
        "[2026-01-01,)",
        "[2026-01-01,2026-01-02]",
        "(2026-01-01,2026-01-02)",
        "[2026-01-01,infinity)",
    ):
        with pytest.raises(IntegrityError, match="rentals_claim_span"):
            sql(again, other.pk, small.pk, span)
    with pytest.raises(IntegrityError, match="cannot be divided"):
        sql(
            "INSERT INTO rentals_room (key, venue_id, parent_id, name, capacity, price_class, position, version)"
            " VALUES (gen_random_uuid(), %s, %s, 'Del', 5, 'small', 0, 1)",
            house.pk,
            small.pk,
        )
    with pytest.raises(IntegrityError, match="stays where"):
        sql("UPDATE rentals_claim SET room_id = %s WHERE id = %s", hall.pk, claim.pk)
    with pytest.raises(IntegrityError, match="keeps its place"):
        sql("UPDATE rentals_booking SET price = 1 WHERE id = %s", other.pk)
    with pytest.raises(IntegrityError, match="stays in its place"):
        sql("UPDATE rentals_room SET parent_id = %s WHERE id = %s", hall.pk, small.pk)
    with pytest.raises(IntegrityError, match="without a state row"):
        sql("UPDATE rentals_booking SET state = 'booked' WHERE id = %s; SET CONSTRAINTS ALL IMMEDIATE", other.pk)


def test_a_claim_on_a_room_with_parts_is_refused(house, steward):
    hall = rentals.room(house, "Stora salen")
    rentals.room(house, "Del", parent=hall)
    booking = held(hall, rentals.evening(), steward).bookings.get()
    with pytest.raises(IntegrityError, match="the parts are claimed"):
        sql(
            "INSERT INTO rentals_claim (booking_id, room_id, span) VALUES (%s, %s, '[2030-01-01,2030-01-02)')",
            booking.pk,
            hall.pk,
        )


def test_a_divided_room_after_a_booking_is_refused_in_words(house, steward):
    small = rentals.room(house)
    held(small, rentals.evening(), steward)
    with pytest.raises(NotNow, match="Lilla salen"):
        rentals.room(house, "Del", parent=small)
