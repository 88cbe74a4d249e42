"""Fills the database with cases, to measure on."""

import time
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError, CommandParser

from applications.examples import base
from applications.examples.volume.load import load, settle
from applications.examples.volume.staff import staff_of
from vetting.accounts.models import District
from vetting.kernel.commands import Command as HouseCommand


class Command(HouseCommand):
    help = (
        "Adds cases with their state rows, log, associations and budgets, set by set through every trigger. "
        "Example districts and accounts are made when they are missing. Each set is saved whole; stop when you like."
    )
    example = "manage.py load_volume --cases 10000"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--cases", type=int, required=True, metavar="N", help="how many cases in all")
        parser.add_argument("--districts", type=int, default=1, metavar="N", help="spread over so many (default 1)")
        parser.add_argument("--seed", type=int, default=1, help="another number gives another spread (default 1)")

    def handle(self, *args: Any, **options: Any) -> None:
        cases, count = options["cases"], options["districts"]
        if cases < 1 or not 1 <= count <= min(cases, 60):
            raise CommandError("--cases and --districts are whole numbers from 1; at most 60 districts, one case each.")
        self.began, self.in_all, self.so_far, self.shown = time.monotonic(), cases, 0, 0.0
        for place, district in enumerate(districts(count)):
            share = cases // count + (place < cases % count)
            load(district=district, staff=staff_of(district), cases=share, seed=options["seed"], done=self.progress)
        settled = settle(settings.DATABASE_OWNER_URL)
        self.stdout.write(f"{cases} cases in {time.monotonic() - self.began:.0f} s.")
        if not settled:
            self.stdout.write("DATABASE_OWNER_URL is not set: statistics follow when autovacuum has run (minutes).")

    def progress(self, more: int) -> None:
        """A line every other second: how many are in, and how long it will take."""
        self.so_far += more
        spent = time.monotonic() - self.began
        if spent - self.shown >= 2:
            self.shown = spent
            left = spent / self.so_far * (self.in_all - self.so_far)
            self.stdout.write(f"{self.so_far} of {self.in_all} cases, about {left:.0f} s left")
            self.stdout.flush()


def districts(count: int) -> list[District]:
    """The example districts first, then invented ones."""
    found = list(base.ensure_districts().values())[:count]
    for number in range(len(found) + 1, count + 1):
        code = (
            f"X{chr(64 + (number - 1) // 26)}{chr(65 + (number - 1) % 26)}" if number > 26 else f"X{chr(64 + number)}"
        )
        found.append(base.ensure_district(code, f"Exempelområde {number}", f"Exempelnämnd {number}"))
    return found
