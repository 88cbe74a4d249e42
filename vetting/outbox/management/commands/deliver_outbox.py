"""Sends what waits in the outbox, as the worker does every few seconds."""

from typing import Any

from django.core.management.base import CommandError, CommandParser

from vetting.kernel.commands import Command as HouseCommand
from vetting.outbox.services.deliver import Tally, deliver


class Command(HouseCommand):
    help = (
        "Sends every message that may be tried now, oldest first, each once. What the relay refuses for now is tried "
        "again later, what it refuses for good is parked for a person. Exit code 0: done; 1: no relay answers."
    )
    example = "manage.py deliver_outbox --limit 100"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--limit", type=int, metavar="N", help="at most so many messages")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["limit"] is not None and options["limit"] < 1:
            raise CommandError("--limit must be at least 1.")
        tally = deliver(limit=options["limit"], progress=self.progress if options["verbosity"] > 1 else _silent)
        self.stdout.write(
            f"Messages: {tally.sent} sent, {tally.known} had been taken before, {tally.later} to be tried again, "
            f"{tally.parked} parked for a person."
        )
        if tally.unreachable:
            raise CommandError("No relay answers at EMAIL_HOST; what waits is kept.", returncode=1)

    def progress(self, tally: Tally) -> None:
        done = tally.sent + tally.known + tally.later + tally.parked
        if done % 100 == 0:
            self.stderr.write(f"{done} done …")


def _silent(tally: Tally) -> None:
    return
