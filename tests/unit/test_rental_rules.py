"""What the rentals room computes: slots, prices, who needs an assessment, what a version must hold."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from applications.rentals.assessment import Event, why_assessed
from applications.rentals.slots.refusals import Place, against
from applications.rentals.slots.slot import Slot, slot_on
from applications.rentals.terms.tariff import price_of, read_tariff
from applications.rentals.terms.venue_terms import read_terms
from tests.factories.rentals import content
from vetting.kernel.clock import STOCKHOLM, stockholm

DAY = date(2026, 3, 12)
NOW = datetime(2026, 3, 1, 12, tzinfo=STOCKHOLM)
ALWAYS = {weekday: [(8 * 60, 22 * 60)] for weekday in range(7)}
HALL = Place(name="Salen", capacity=40, opening=ALWAYS)
minutes = st.integers(0, 1439)


def slot(begins: int, ends: int, people: int = 10, day: date = DAY) -> Slot:
    return slot_on(day, time(begins), time(ends % 24), people)


def codes(wanted: Slot, place: Place = HALL) -> list[str]:
    return [reason.code for reason in against(wanted, place, NOW)]


def test_an_ordinary_evening_meets_nothing():
    assert codes(slot(18, 22)) == []


@pytest.mark.parametrize(
    ("wanted", "code"),
    [
        (slot(21, 18), "end_before_start"),
        (slot(18, 18), "end_before_start"),
        (slot(7, 9), "outside_hours"),
        (slot(21, 24), "outside_hours"),
        (slot(18, 21, people=41), "too_many"),
        (slot(18, 21, day=date(2026, 2, 27)), "in_the_past"),
        (slot(18, 21, day=date(2028, 3, 12)), "too_far_ahead"),
    ],
)
def test_what_cannot_be_had_is_named(wanted, code):
    assert codes(wanted) == [code]


def test_a_closed_room_or_day_is_named():
    assert codes(slot(18, 21), Place(name="Salen", capacity=40, opening=ALWAYS, is_closed=True)) == ["room_closed"]
    assert codes(slot(18, 21), Place(name="Salen", capacity=40)) == ["outside_hours"]


def test_what_ends_at_six_is_free_at_six():
    assert not slot(15, 18).overlaps(slot(18, 20))
    assert slot(15, 18).overlaps(slot(18, 20), turnaround=30)


@given(first=st.tuples(minutes, minutes), second=st.tuples(minutes, minutes), turnaround=st.integers(0, 480))
def test_overlap_is_the_same_both_ways_and_as_counted_minute_by_minute(first, second, turnaround):
    midnight = datetime(2026, 1, 10, tzinfo=STOCKHOLM)

    def of(pair):
        low, high = sorted(pair)
        return Slot(midnight + timedelta(minutes=low), midnight + timedelta(minutes=high + 1))

    one, other = of(first), of(second)
    taken = [set(range(min(pair), max(pair) + 1 + turnaround)) for pair in (first, second)]
    assert one.overlaps(other, turnaround) == other.overlaps(one, turnaround) == bool(taken[0] & taken[1])


def test_the_hour_on_the_wall_stays_across_a_clock_change():
    evening = slot(18, 21, day=date(2026, 3, 26)).moved(timedelta(days=7))  # summer time begins between
    assert (stockholm(evening.begins).hour, stockholm(evening.ends).hour, evening.minutes) == (18, 21, 180)


def test_the_price_follows_from_kind_of_tenant_class_and_time():
    tariff = read_tariff(content("tariff"))
    price = price_of(tariff, tenant="nonprofit", price_class="large", minutes=100)
    assert (price.full, price.price, price.reduction) == (Decimal("633.33"), Decimal("158.33"), Decimal("475.00"))
    assert price_of(tariff, tenant="faith_community", price_class="large", minutes=100) == price
    assert price_of(tariff, tenant="person", price_class="large", minutes=60).price == Decimal(380)


@given(st.integers(1, 5000), st.decimals("0", "1", places=4))
def test_what_is_paid_never_passes_the_full_tariff(length, share):
    groups = content("tariff")["groups"]
    groups[-1]["share"] = str(share)
    price = price_of(
        read_tariff({"per_hour": {"a": "333.33"}, "groups": groups}), tenant="company", price_class="a", minutes=length
    )
    assert 0 <= price.price <= price.full


@pytest.mark.parametrize(
    "broken",
    [
        {"purposes": []},
        {"hold_days": 0},
        {"late_cancel_share": "2"},
        {"deposit": "1.234"},
        {"points": [{"point": "1"}]},
    ],
)
def test_terms_that_cannot_be_read_are_refused(broken):
    with pytest.raises(ValueError):
        read_terms(content("terms") | broken)


def test_a_tariff_takes_everybody():
    rows = content("tariff")
    with pytest.raises(ValueError, match="everybody"):
        read_tariff(rows | {"groups": rows["groups"][:1]})


ORDINARY = {
    "is_person": False,
    "cleared": True,
    "openness": "members",
    "circumstances": frozenset(),
    "rules_on": frozenset({"night", "alcohol"}),
    "unclear": False,
    "dates": 1,
    "paid": True,
    "rented_in": False,
    "sub_organiser": False,
}


def test_a_cleared_associations_own_meeting_needs_no_assessment():
    assert why_assessed(Event(**ORDINARY)) == []
    assert why_assessed(Event(**(ORDINARY | {"is_person": True, "cleared": False}))) == []


@pytest.mark.parametrize(
    "more",
    [
        {"cleared": False},
        {"openness": "public"},
        {"unclear": True},
        {"sub_organiser": True},
        {"circumstances": frozenset({"alcohol"})},
        {"dates": 2},
        {"rented_in": True},
    ],
)
def test_each_thing_that_asks_for_an_assessment_is_named(more):
    assert len(why_assessed(Event(**(ORDINARY | more)))) == 1


def test_every_reason_counts_alone_and_together():
    flags = ("unclear", "rented_in", "sub_organiser")
    for values in product((True, False), repeat=3):
        assert len(why_assessed(Event(**(ORDINARY | dict(zip(flags, values, strict=True)))))) == sum(values)
