"""Database questions per page: the same number at 1 and 50 rows, and under its ceiling."""

from collections.abc import Iterable

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from applications.cases.models import Case
from tests.bench.row import Result, Row
from tests.bench.world import World
from vetting.accounts.models import User

SIZE = 1_000


def run(world: World) -> Iterable[Result]:
    with world.using(world.volume(SIZE)):
        client = Client(SERVER_NAME="127.0.0.1")
        client.force_login(User.objects.get(username="handlaggare"))
        number = Case.objects.filter(state="review").values_list("number", flat=True).first()
        pages = {
            "queue": (f"/arenden/?vy=oppna&q={number}", "/arenden/?vy=oppna&q=KUN", 8),
            "associations": (f"/foreningar/?q={_one_association()}", "/foreningar/", 15),
            "programmes": ("/stodformer/", "/stodformer/", 15),
        }
        for name, (few, many, limit) in pages.items():
            counts = [_asked(client, path) for path in (few, many)]
            met = counts[0] == counts[1] <= limit
            yield Result(counts[1], "queries", met, f"{counts[0]} with one row; ≤ {limit}", name)
        states = Case.objects.order_by("state").values_list("state", flat=True).distinct()
        keys = {state: Case.objects.filter(state=state).values_list("key", flat=True).first() for state in states}
        worst = max(
            ((_asked(client, f"/arenden/{key}/"), state) for state, key in keys.items()), key=lambda one: one[0]
        )
        yield Result(worst[0], "queries", worst[0] <= 12, f"most of {len(keys)} states: {worst[1]}; ≤ 12", "case")


def _one_association() -> str:
    from applications.associations.models import Association

    return str(Association.objects.values_list("orgnr", flat=True).first())


def _asked(client: Client, path: str) -> int:
    client.get(path)  # what a process remembers is remembered
    with CaptureQueriesContext(connection) as asked:
        status = client.get(path).status_code
    if status != 200:
        raise RuntimeError(f"{path}: {status}")
    return len(asked)


ROW = Row("queries", "queries per page", "same at 1 and 50 rows; queue ≤ 8, case ≤ 12, any ≤ 15", run)
