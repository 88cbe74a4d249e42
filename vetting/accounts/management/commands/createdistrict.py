"""Adds a district board to the installation."""

from typing import Any

from django.core.management.base import CommandParser

from vetting.accounts.actors import system_actor
from vetting.accounts.services.create_district import create_district
from vetting.kernel.commands import Command as HouseCommand


class Command(HouseCommand):
    help = "Adds a district board with its administration. The code stands in its diary numbers and never changes."
    example = 'manage.py createdistrict KUN "Kungsholmens stadsdelsförvaltning" --board "Kungsholmens stadsdelsnämnd"'

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("code", metavar="CODE", help="two to six capital letters, e.g. KUN")
        parser.add_argument("name", metavar="NAME", help="the administration's full name")
        parser.add_argument("--board", required=True, metavar="NAME", help="the board's full name")

    def handle(self, *args: Any, **options: Any) -> None:
        district = create_district(
            actor=system_actor("createdistrict"),
            code=options["code"],
            name=options["name"],
            board_name=options["board"],
        )
        self.stdout.write(f"{district.code}: {district.name}")
