"""The least a signed-in page costs on this machine: what the other pages are compared with."""

from collections.abc import Iterable

from tests.bench.row import Result, Row
from tests.bench.site import site
from tests.bench.world import World

LIMIT = 25.0
SIZE = 1_000


def run(world: World) -> Iterable[Result]:
    with site(world, world.volume(SIZE)) as web:
        value, _size = web.visitor().p95("/bench/floor/")
    yield Result(round(value, 1), "ms", value <= LIMIT, "p95 of 200; base template and one indexed query")


ROW = Row("floor", "a signed-in page with the base template", "p95 ≤ 25 ms", run)
