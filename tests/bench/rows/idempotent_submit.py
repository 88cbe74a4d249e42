"""A thousand posts of one intent from fifty threads: one case, and the same answer for all."""

import threading
from collections import Counter
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

from applications.associations.models import Association
from applications.cases.models import Case
from applications.grants.models import Round
from tests.bench.row import Result, Row
from tests.bench.site import TOKEN, Visitor, site
from tests.bench.world import World
from vetting.kernel import clock

POSTS, THREADS, SIZE = 1_000, 50, 1_000


def run(world: World) -> Iterable[Result]:
    name = world.volume(SIZE)
    with world.using(name):
        round = Round.objects.order_by("-opens_on").first()
        association = Association.objects.order_by("id").first()
        before = Case.objects.count()
        assert round is not None and association is not None
    path = f"/ansokan/ny/{association.key}/"
    with site(world, name) as web:
        first = web.visitor()
        token = TOKEN.search(first.send("GET", path)[1])
        assert token is not None
        form = _form(round.pk, token[1])
        answers = _post(web.port, first.cookies, path, form)
    with world.using(name):
        made = Case.objects.count() - before
    places = {place for _status, place in answers}
    met = made == 1 and len(places) == 1 and all(status == 302 for status, _place in answers)
    statuses = ", ".join(f"{number} × {status}" for status, number in Counter(s for s, _p in answers).items())
    yield Result(made, "case", met, f"{statuses}; {len(places)} different answer(s)")


def _form(round: int, token: str) -> dict[str, str]:
    sets = {f"{name}-{part}": value for name in ("budget", "support") for part, value in _MANAGEMENT.items()}
    return sets | {
        "csrfmiddlewaretoken": token,
        "idempotency_key": str(uuid4()),
        "round": str(round),
        "channel": "in_person",
        "reached_on": clock.today().isoformat(),
        "reached_time": "00:01",
        "applied_amount": "25 000",
        "purpose": "Öppna kvällar för boende.",
        "other_support": "no",
        "language": "sv",
    }


_MANAGEMENT = {"TOTAL_FORMS": "0", "INITIAL_FORMS": "0", "MIN_NUM_FORMS": "0", "MAX_NUM_FORMS": "40"}


def _post(port: int, cookies: dict[str, str], path: str, form: dict[str, str]) -> list[tuple[int, str]]:
    barrier = threading.Barrier(THREADS)

    def body(_number: int) -> list[tuple[int, str]]:
        visitor = Visitor(port, dict(cookies))
        barrier.wait(60)
        found = []
        for _ in range(POSTS // THREADS):
            status, _page, place = visitor.send("POST", path, form)
            found.append((status, place))
        return found

    with ThreadPoolExecutor(THREADS) as pool:
        return [answer for answers in pool.map(body, range(THREADS)) for answer in answers]


ROW = Row("idempotent_submit", "one intent, 1,000 posts", "1,000 posts, 50 threads → 1 case, 999 same answers", run)
