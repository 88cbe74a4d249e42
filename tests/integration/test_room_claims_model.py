"""Random requests and endings in a small house, held against a model of who has which room when (trust F4)."""

from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from applications.cases import executor
from applications.cases.invariants import breaches
from applications.rentals.services.claims import SlotTaken
from applications.rentals.services.reserve import reserve
from tests.factories import rentals

pytestmark = pytest.mark.django_db
LEAVES = {"hall": {"east", "west"}, "east": {"east"}, "west": {"west"}, "small": {"small"}}
TURNAROUND = timedelta(minutes=30)
asked = st.tuples(st.sampled_from(sorted(LEAVES)), st.integers(10, 11), st.integers(8, 20), st.integers(1, 3))
steps = st.lists(st.one_of(asked, st.integers(0, 6)), min_size=3, max_size=10)


class Undone(Exception):
    """Takes one example's rows back."""


@pytest.fixture
def house():
    house = rentals.venue()
    hall = rentals.room(house, "Stora salen", capacity=90)
    rooms = {"hall": hall, "small": rentals.room(house)}
    rooms |= {name: rentals.room(house, name, parent=hall) for name in ("east", "west")}
    return rooms, rentals.steward(house.district)


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=steps)
def test_what_is_taken_is_taken_and_what_is_free_is_had(house, steps):
    try:
        with transaction.atomic():
            _play(*house, steps)
            raise Undone
    except Undone:
        pass


def _play(rooms, steward, steps) -> None:
    taken: list[tuple] = []  # (leaf rooms, from, to, case)
    for step in steps:
        if isinstance(step, int):
            if taken:
                case = taken.pop(step % len(taken))[3]
                executor.perform(subject=case, action="withdraw", actor=steward, comment="Ringde.")
            continue
        name, day, begins, hours = step
        slot = rentals.evening(days=day, begins=begins, ends=min(begins + hours, 22), people=5)
        free = not any(
            LEAVES[name] & leaves and slot.begins < to and begun < slot.ends + TURNAROUND
            for leaves, begun, to, _case in taken
        )
        case = rentals.request(rooms[name], slot, by=steward)
        try:
            with transaction.atomic():
                reserve(application=case, actor=steward)
            had = True
        except SlotTaken:
            had = False
        assert had == free
        if had:
            taken.append((LEAVES[name], slot.begins, slot.ends + TURNAROUND, case))
    assert list(breaches(["rentals.no_two_claims_overlap", "rentals.claims_fit_the_booking"])) == []
