"""How much one web process holds after 10,000 requests."""

from collections.abc import Iterable

from applications.cases.models import Case
from tests.bench.row import Result, Row
from tests.bench.site import site
from tests.bench.world import World

LIMIT, REQUESTS, SIZE = 130.0, 10_000, 1_000


def run(world: World) -> Iterable[Result]:
    name = world.volume(SIZE)
    with world.using(name):
        keys = list(Case.objects.values_list("key", flat=True)[:50])
    with site(world, name) as web:
        visitor = web.visitor()
        paths = ["/arenden/?vy=oppna", *(f"/arenden/{key}/" for key in keys), "/foreningar/", "/stodformer/"]
        for number in range(REQUESTS):
            status, _page, _to = visitor.send("GET", paths[number % len(paths)])
            if status != 200:
                raise RuntimeError(f"{paths[number % len(paths)]}: {status}")
        held = web.worker().memory_info().rss / 1_000_000
    yield Result(round(held), "MB", held < LIMIT, f"{REQUESTS:,} requests over {len(paths)} pages".replace(",", " "))


ROW = Row("worker_memory", "one web process", "< 130 MB after 10,000 requests", run)
