"""`python -m tests.bench [--rows a,b] [--out FILE]`: measures, prints, writes. Exit 1 when a figure is not met."""

import argparse
import os
import subprocess
import sys
import time
import traceback
from pathlib import Path
from typing import TYPE_CHECKING

import django

from tests import database
from tests.bench import rows
from tests.bench.row import Result, Row

if TYPE_CHECKING:
    from tests.bench.world import World


def main(argv: list[str]) -> int:
    options = parser().parse_args(argv)
    only = tuple(name.strip() for name in options.rows.split(",") if name.strip())
    if unknown := rows.unknown(only):
        sys.stderr.write(f"bench: no such row: {', '.join(unknown)} (rows: {', '.join(rows.ORDER)})\n")
        return 2
    if "DATABASE_URL" not in os.environ or "REDIS_URL" not in os.environ:
        return under_servers(argv)
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.bench.settings"
    django.setup()
    return measure(rows.rows(only), options.out)


def parser() -> argparse.ArgumentParser:
    made = argparse.ArgumentParser(
        prog="python -m tests.bench",
        description="Measures the figures of docs/trust.md on this machine.",
        epilog="Example: make bench ROWS=queue_page,floor",
    )
    made.add_argument("--rows", default="", help="comma-separated row ids; all of them without it")
    made.add_argument("--out", type=Path, default=database.ROOT / "bench.json", help="where bench.json is written")
    return made


def under_servers(argv: list[str]) -> int:
    """Begins again below the embedded servers, with durable writes and a data directory of its own."""
    os.environ.setdefault("VETTING_DATA_DIR", str(database.ROOT / ".bench-data"))
    command = [sys.executable, "-m", "vetting.embedded", "run", "--fsync", "--", sys.executable, "-m", "tests.bench"]
    return subprocess.run([*command, *argv], check=False).returncode


def measure(wanted: list[Row], out: Path) -> int:
    from tests.bench.table import machine, write_json, write_table  # once Django is set up
    from tests.bench.world import World

    world, figures = World(), []
    sys.stdout.write(machine() + "\n")
    sys.stdout.flush()
    try:
        for row in wanted:
            world.say(f"{row.id}: {row.what}")
            began = time.monotonic()
            figures += [(row, result) for result in run(row, world)]
            world.say(f"{row.id}: {time.monotonic() - began:.0f} s")
    finally:
        world.close()
    write_table(figures, sys.stdout)
    write_json(figures, out)
    return 0 if all(result.met for _, result in figures) else 1


def run(row: Row, world: "World") -> list[Result]:
    """A row that fails is a figure that was not met, with its reason; the others go on."""
    found: list[Result] = []
    try:
        for result in row.run(world):
            found.append(result)
    except Exception as error:
        traceback.print_exc()
        found.append(Result("error", "", False, f"{type(error).__name__}: {error}"))
    return found


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
