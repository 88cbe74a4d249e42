"""demo_data: the example districts, accounts, programmes and cases of the demo. Safe to run again."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from applications.examples.demo import load_demo


class Command(BaseCommand):
    help = "Load the demo's data, all of it labelled exempel. Example: manage.py demo_data --password hemligt-ord"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--password", default="", help="for every account; the demo's own when it is left out")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("demo_data belongs to the demo: its accounts share one password. Nothing was saved.")
        password = options["password"] or settings.DEMO_PASSWORD
        if not password:
            raise CommandError("There is no password for the accounts: use --password. Nothing was saved.")
        new = load_demo(password=password, say=self.stdout.write)
        self.stdout.write(f"{new} nya ärenden" if new else "Inget nytt: exempeldata finns redan.")
