"""Ten thousand attempts to claim one evening in one room: one winner, no errors (trust F4; docs/adr/0013)."""

import os
import time
from collections import Counter
from collections.abc import Iterable
from typing import Any

from django.db import transaction

from applications.cases.invariants import breaches
from applications.rentals.models import Claim
from applications.rentals.selectors import applications
from applications.rentals.services.claims import SlotTaken
from applications.rentals.services.effects import claim_date
from applications.rentals.workflow import RENTAL
from tests import database
from tests.bench.row import Result, Row
from tests.bench.world import World
from tests.factories import rentals
from tests.threads import at_once
from vetting.accounts.actors import Actor
from vetting.kernel import clock
from vetting.kernel.workflow import Move

THREADS, ATTEMPTS, SECONDS = 20, 10_000, 60


def run(world: World) -> Iterable[Result]:
    name = f"vetting_bench_{os.getpid()}_booking"
    database.clone(name)
    try:
        with world.using(name):
            yield from _race()
    finally:
        database.drop(name)


def _race() -> Iterable[Result]:
    with transaction.atomic():
        house = rentals.venue()
        steward, hall = rentals.steward(house.district), rentals.room(house)
        slot = rentals.evening()
        cases = [rentals.request(hall, slot, by=steward).pk for _ in range(THREADS)]
    began = time.monotonic()
    said = at_once(THREADS, lambda number: _attempts(cases[number], steward))
    seconds = time.monotonic() - began
    strange = [one for one in said if not isinstance(one, Counter)]
    counted: Counter[str] = sum((one for one in said if isinstance(one, Counter)), Counter())
    winners = Claim.objects.filter(released_at__isnull=True).count()
    errors = len(strange) + sum(many for what, many in counted.items() if what not in {"won", "taken"})
    broken = list(breaches(["rentals.no_two_claims_overlap", "rentals.claims_fit_the_booking"]))
    met = winners == counted["won"] == 1 and not errors and not broken and seconds < SECONDS
    detail = f"{sum(counted.values())} attempts, {winners} winner, {errors} errors, {len(broken)} breaches"
    yield Result(round(seconds, 1), "s", met, detail)


def _attempts(case: int, actor: Actor) -> Counter[str]:
    """One person's share of the attempts, each a transaction of its own."""
    counted: Counter[str] = Counter()
    application = applications().get(pk=case)
    wish = application.wishes.select_related("room__venue")[0]
    for _ in range(ATTEMPTS // THREADS):
        try:
            with transaction.atomic():
                claim_date(_move(application, actor), wish)
            counted["won"] += 1
        except SlotTaken:
            counted["taken"] += 1
        except Exception as error:
            counted[type(error).__name__] += 1
    return counted


def _move(application: Any, actor: Actor) -> Move:
    row = RENTAL.rows_of("reserve")[0]
    return Move(application, application, row, actor, clock.now(), clock.today())


ROW = Row("booking_race", f"{ATTEMPTS:,} attempts on one slot", f"1 winner, 0 errors, < {SECONDS} s", run)
