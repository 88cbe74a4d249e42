"""The case page in states of the whole line; past the registration each case has its reviews with their answers."""

from collections.abc import Iterable

from django.db.models import QuerySet

from applications.cases.models import Case
from tests.bench.row import Result, Row, size_name
from tests.bench.site import site
from tests.bench.world import World

LIMIT, TIMES = 70.0, 3.0
SIZES = (10_000, 100_000)
STATES = ("registered", "review", "proposed", "granted")


def run(world: World) -> Iterable[Result]:
    for cases in SIZES:
        name = world.volume(cases)
        with world.using(name):
            keys = {state: with_reviews(state).values_list("key", flat=True).first() for state in STATES}
        with site(world, name) as web:
            visitor = web.visitor()
            floor, _size = visitor.p95("/bench/floor/")
            found = {state: visitor.p95(f"/arenden/{key}/")[0] for state, key in keys.items()}
        slowest = max(found.values())
        states = ", ".join(f"{state} {value:.0f}" for state, value in found.items())
        met = slowest <= LIMIT and slowest <= TIMES * floor
        yield Result(round(slowest, 1), "ms", met, f"{slowest / floor:.1f} × floor; {states}", size_name(cases))


def with_reviews(state: str) -> QuerySet[Case]:
    """A page without its reviews is a lighter page than anybody opens."""
    cases = Case.objects.filter(state=state)
    return cases if state == "registered" else cases.filter(case_reviews__part="application")


ROW = Row("case_page", "case page", "p95 ≤ 70 ms, ≤ 3 × floor", run)
