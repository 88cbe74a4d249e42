"""400 reminders while a real worker is killed fifty times: what a real sink took is counted by Message-ID."""

import logging
import tempfile
from collections.abc import Iterable
from pathlib import Path

from tests.bench.row import Result, Row
from tests.bench.world import World
from tests.chaos import drill

REMINDERS, KILLS = 400, 50


def run(world: World) -> Iterable[Result]:
    logging.getLogger("mail.log").setLevel(logging.ERROR)
    with world.empty() as name, tempfile.TemporaryDirectory() as folder:
        outcome = drill.kills(name, Path(folder) / "house", reminders=REMINDERS, kills=KILLS)
    detail = (
        f"{outcome.lost} lost, {outcome.doubled} doubled of {outcome.wanted}; {outcome.kills} × kill -9, "
        f"{outcome.in_window} of them after the relay took the mail and before we knew"
    )
    yield Result(outcome.lost + outcome.doubled, "wrong", outcome.lost == outcome.doubled == 0, detail)


ROW = Row("reminder_kills", "reminders under kills", "0 lost / 0 doubled of 400, 50 kills", run)
