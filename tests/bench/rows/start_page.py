"""The start page with its charts at two sizes."""

from collections.abc import Iterable

from tests.bench.row import Result, Row, size_name
from tests.bench.site import site
from tests.bench.world import World

LIMITS = {10_000: 80.0, 100_000: 120.0}


def run(world: World) -> Iterable[Result]:
    for cases, limit in LIMITS.items():
        with site(world, world.volume(cases)) as web:
            visitor = web.visitor()
            floor, _size = visitor.p95("/bench/floor/")
            found, size = visitor.p95("/idag/")
        detail = f"≤ {limit:.0f} ms; {size / 1000:.0f} kB; {found / floor:.1f} × floor"
        yield Result(round(found, 1), "ms", found <= limit, detail, size_name(cases))


ROW = Row("start_page", "start page", "p95 ≤ 80 ms at 10k, ≤ 120 ms at 100k", run)
