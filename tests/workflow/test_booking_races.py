"""One slot, many hands: small here, at full size in the bench (trust F4; docs/adr/0013)."""

from collections import Counter

import pytest
from django.db import transaction

from applications.cases.invariants import breaches
from applications.rentals.models import Claim
from applications.rentals.services.reserve import reserve
from tests.factories import rentals
from tests.threads import at_once

pytestmark = pytest.mark.race


def test_eight_hands_one_slot_one_winner(real_db):
    with transaction.atomic():
        house = rentals.venue()
        steward = rentals.steward(house.district)
        hall = rentals.room(house, "Stora salen", capacity=120)
        parts = [rentals.room(house, name, parent=hall) for name in ("Östra delen", "Västra delen")]
    wanted = [hall, *parts, hall]
    for days in (10, 11):
        with transaction.atomic():
            slot = rentals.evening(days=days)
            cases = [rentals.request(wanted[number % 4], slot, by=steward) for number in range(8)]
        outcomes = at_once(8, lambda number, cases=cases: reserve(application=cases[number], actor=steward))
        counted = Counter(type(one).__name__ for one in outcomes)
        # The hall once, or each of its parts once: never more, and nobody gets anything but a conflict.
        assert set(counted) == {"Done", "SlotTaken"}
        assert counted["Done"] in (1, 2)
        rooms = list(Claim.objects.filter(booking__case__in=cases).values_list("room_id", flat=True))
        assert len(rooms) == len(set(rooms)) <= 2
    assert list(breaches()) == []
