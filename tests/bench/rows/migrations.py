"""How long an empty database takes to become the product's."""

import os
import subprocess
import sys
import time
from collections.abc import Iterable

from psycopg import sql

from tests import database
from tests.bench.row import Result, Row
from tests.bench.world import World

LIMIT = 10.0


def run(world: World) -> Iterable[Result]:
    name = f"vetting_bench_{os.getpid()}_migrate"
    with database.as_owner() as admin:
        admin.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    try:
        began = time.perf_counter()
        subprocess.run(
            [sys.executable, "-m", "django", "migrate", "--verbosity", "0"],
            env=world.environment(name) | {"VETTING_AS_OWNER": "1"},
            cwd=database.ROOT,
            check=True,
        )
        took = time.perf_counter() - began
    finally:
        database.drop(name)
    yield Result(round(took, 2), "s", took < LIMIT, "manage.py migrate, start of the process included")


ROW = Row("migrations", "migrations on an empty database", "< 10 s", run)
