"""The queue at three sizes: first and 50th page, filtered, searched."""

from collections.abc import Iterable

from tests.bench.row import Result, Row, size_name
from tests.bench.site import site
from tests.bench.world import World

LIMITS = {1_000: 60.0, 10_000: 60.0, 100_000: 90.0}
GROWTH, HTML = 1.5, 60_000
WAYS = {
    "first": "/arenden/?vy=oppna&tillstand=alla",
    "50th": "/arenden/?vy=oppna&tillstand=alla&sida={page}",
    "filtered": "/arenden/?vy=oppna&tillstand=review",
    "searched": "/arenden/?vy=oppna&tillstand=alla&q=schack",
}


def run(world: World) -> Iterable[Result]:
    least = None
    for cases, limit in LIMITS.items():
        with site(world, world.volume(cases)) as web:
            visitor = web.visitor()
            floor, _size = visitor.p95("/bench/floor/")
            found = {}
            for way, path in WAYS.items():
                found[way] = visitor.p95(path.format(page=min(50, cases // 50)))
        slowest = max(value for value, _size in found.values())
        size = max(size for _value, size in found.values())
        least = least or slowest
        met = slowest <= limit and size <= HTML and slowest <= GROWTH * least
        ways = ", ".join(f"{way} {value:.0f}" for way, (value, _size) in found.items())
        detail = f"≤ {limit:.0f} ms; {ways}; {size / 1000:.0f} kB; {slowest / floor:.1f} × floor"
        yield Result(round(slowest, 1), "ms", met, f"{detail}; {slowest / least:.2f} × its own at 1k", size_name(cases))


ROW = Row("queue_page", "queue page", "p95 ≤ 60 ms at 10k, ≤ 90 ms at 100k, ≤ 1.5 × at 1k; ≤ 60 kB", run)
