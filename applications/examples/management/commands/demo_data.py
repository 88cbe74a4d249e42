"""Loads the demo's data."""

import sys
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError, CommandParser

from applications.examples.demo.load import load_demo
from vetting.kernel.commands import Command as HouseCommand


class Command(HouseCommand):
    help = (
        "Loads the example data: districts, accounts, rules labelled exempel, associations, and cases in as many "
        "states as there are. All of it or nothing; what is there already is left as it is. The accounts share the "
        "demo's password, or one read from standard input."
    )
    example = "manage.py demo_data"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--password-stdin", action="store_true", help="read the accounts' password")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("demo_data belongs to the demo: its accounts share one password. Nothing was saved.")
        password = sys.stdin.readline().rstrip("\r\n") if options["password_stdin"] else settings.DEMO_PASSWORD
        if not password:
            raise CommandError("There is no password for the accounts: use --password-stdin. Nothing was saved.")
        loaded = load_demo(password=password)
        self.stdout.write(f"{loaded.associations} associations and {loaded.cases} cases added.")
