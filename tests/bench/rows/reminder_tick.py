"""The tick over 10,000 and 300,000 obligations: with nothing due, with 1,000 due after missed days and one bad row."""

import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import timedelta

import psutil
from django.db import connection

from tests.bench.row import Result, Row, size_name
from tests.bench.world import World
from tests.factories import obligations, people
from vetting.kernel import clock
from vetting.obligations.models import ObligationStep
from vetting.obligations.plan import steps_of
from vetting.obligations.services.plans import plan_for
from vetting.obligations.services.remind import Tally, scan

SIZES = (10_000, 300_000)
DUE = 1_000
NOTHING, SOME = 1.0, 5.0  # seconds
FLAT = 24  # MB that thirty times as many rows may cost

# Set-wise and through all triggers. The first rows are due, with two steps missed; one of them cannot be read.
FILL = """
INSERT INTO obligations_obligation (key, kind, district_id, subject_type, subject_key, plan_id, due_on, turn, next_on,
                                    state, version, created_at, attempts, trouble)
SELECT gen_random_uuid(), %(kind)s, %(district)s, 'bench',
       CASE WHEN n = %(due)s / 2 THEN %(poison)s ELSE gen_random_uuid() END, %(plan)s,
       %(today)s::date + CASE WHEN n <= %(due)s THEN 3 ELSE 40 + n %% 300 END, 1,
       %(today)s::date + CASE WHEN n <= %(due)s THEN -27 ELSE 10 + n %% 300 END, 'open', 1, %(at)s, 0, ''
FROM generate_series(1, %(rows)s) AS n
"""


def run(world: World) -> Iterable[Result]:
    obligations.install()
    peaks: list[float] = []
    for size in SIZES:
        with world.empty():
            world.say(f"{size:,} obligations")
            fill(size)
            with sampled(peaks):
                began = time.perf_counter()
                tally = scan()
                some = time.perf_counter() - began
            again, nothing = timed()
            steps = ObligationStep.objects.count()
        right = (tally.written, tally.passed_over, tally.failed) == (DUE - 1, DUE - 1, 1)
        right = right and steps == 2 * (DUE - 1) and again.written == 0
        flat = peaks[-1] - peaks[0] < FLAT
        detail = (
            f"{DUE:,} due: {tally.written} written, {tally.passed_over} passed over, {tally.failed} bad row; "
            f"nothing due {nothing * 1000:.0f} ms; peak {peaks[-1]:.0f} MB ({'flat' if flat else 'not flat'})"
        )
        met = right and flat and some < SOME and nothing < NOTHING
        yield Result(round(some, 2), "s", met, detail, size_name(size))


def timed() -> tuple[Tally, float]:
    began = time.perf_counter()
    tally = scan()
    return tally, time.perf_counter() - began


def fill(size: int) -> None:
    district, today = people.district(), clock.today()
    plan = plan_for(district=district, code="standard", day=today)
    assert [step.day for step in steps_of(plan.content)][:2] == [-30, -7]
    values = {
        "kind": obligations.KIND,
        "district": district.pk,
        "poison": obligations.POISON,
        "plan": plan.pk,
        "today": today,
        "at": clock.now() - timedelta(days=60),
        "due": DUE,
        "rows": size,
    }
    with connection.cursor() as cursor:
        cursor.execute(FILL, values)
        cursor.execute("ANALYZE obligations_obligation")


@contextmanager
def sampled(peaks: list[float]) -> Iterator[None]:
    """Adds the most memory (MB) this process held inside the block."""
    process, over = psutil.Process(), threading.Event()
    most = [process.memory_info().rss]

    def watch() -> None:
        while not over.wait(0.02):
            most[0] = max(most[0], process.memory_info().rss)

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        yield
    finally:
        over.set()
        watcher.join()
        peaks.append(most[0] / 1_000_000)


ROW = Row("reminder_tick", "reminder tick, 1,000 due", "< 5 s, < 1 s with nothing due, memory flat", run)
