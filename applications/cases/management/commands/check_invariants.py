"""Checks over the whole database what must never be otherwise; nightly in production, after every drill."""

from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.db import connection, transaction

from applications.cases.invariants import breaches
from vetting.kernel.commands import Command as HouseCommand
from vetting.kernel.workflow import invariants


class Command(HouseCommand):
    help = (
        "Checks every invariant the rooms have registered over the whole database, in one snapshot and without "
        "writing. One line per breach, named by table and id. Exit code 0: all hold; 1: at least one breach."
    )
    example = "manage.py check_invariants --only cases.diary_numbers_have_no_gap"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--only", action="append", default=[], metavar="NAME", help="may be repeated")
        parser.add_argument("--list", action="store_true", help="print the names and end")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["list"]:
            self.stdout.write("\n".join(invariants))
            return
        unknown = [name for name in options["only"] if name not in invariants]
        if unknown:
            raise CommandError(f"No invariant {', '.join(unknown)}. --list prints the names.")
        found = 0
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            for name, sentence in breaches(options["only"]):
                found += 1
                self.stdout.write(f"{name}: {sentence}")
        if found:
            raise CommandError(f"{found} breaches.", returncode=1)
        self.stdout.write(f"{len(options['only']) or len(list(invariants))} invariants hold.")
