"""Writes the reminders that are owed, as the worker's tick does; `--at` for another day than today."""

from datetime import date
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError, CommandParser

from vetting.kernel import clock
from vetting.kernel.commands import Command as HouseCommand
from vetting.obligations.services.remind import Tally, scan


def a_day(text: str) -> date:
    """`2026-03-01`, or a sentence that says how it is written."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise CommandError(f"--at {text!r} is no date. Write it as 2026-03-01.") from None


class Command(HouseCommand):
    help = (
        "Asks what is due and puts the reminders in the outbox, each step once, however often it runs. After a stop "
        "the newest owed step of an obligation is written, and those before it are recorded as passed over. "
        "Exit code 0: done, also when single obligations could not be written (they are counted and tried again)."
    )
    example = "manage.py scan_due --at 2026-03-01"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--at", metavar="DATE", type=a_day, help="as if this were today, e.g. 2026-03-01")
        parser.add_argument(
            "--ahead", action="store_true", help="allow a day that has not come: mails will say that it has"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        day: date | None = options["at"]
        if isinstance(day, str):  # from call_command
            day = a_day(day)
        if day and day > clock.today() and not (options["ahead"] or settings.DEMO):
            raise CommandError(f"{day} has not come. Its reminders would speak of days to come; add --ahead to do it.")
        tally = scan(today=day, progress=self.progress if options["verbosity"] > 1 else lambda tally: None)
        self.stdout.write(
            f"Reminders: {tally.written} written, {tally.passed_over} steps passed over for a later one, "
            f"{tally.failed} could not be written."
        )

    def progress(self, tally: Tally) -> None:
        self.stderr.write(f"{tally.written} written …")
