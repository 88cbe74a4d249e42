"""The case page in every state the volume holds."""

from collections.abc import Iterable

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
            keys = {state: Case.objects.filter(state=state).values_list("key", flat=True).first() for state in STATES}
        with site(world, name) as web:
            visitor = web.visitor()
            floor, _size = visitor.p95("/bench/floor/")
            found = {state: visitor.p95(f"/arenden/{key}/")[0] for state, key in keys.items() if key}
        slowest = max(found.values())
        states = ", ".join(f"{state} {value:.0f}" for state, value in found.items())
        met = slowest <= LIMIT and slowest <= TIMES * floor
        yield Result(round(slowest, 1), "ms", met, f"{slowest / floor:.1f} × floor; {states}", size_name(cases))


ROW = Row("case_page", "case page", "p95 ≤ 70 ms, ≤ 3 × floor", run)
