"""Adds an account with its roles."""

import getpass
import sys
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.db import transaction
from django.utils.translation import gettext as _

from vetting.accounts.actors import system_actor
from vetting.accounts.models import District
from vetting.accounts.roles import Role
from vetting.accounts.services.add_membership import add_membership
from vetting.accounts.services.create_user import create_user
from vetting.kernel.commands import Command as HouseCommand
from vetting.kernel.errors import Invalid


class Command(HouseCommand):
    help = (
        "Adds an account and gives it roles in districts from today on. The password is asked for twice, or read "
        "from standard input with --password-stdin; it is never an argument, which others on the machine could see."
    )
    example = 'manage.py createuser m.ek --name "M. Ek" --role KUN:grant_officer --role KUN:second_reader'

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username", metavar="USERNAME", help="what the person signs in with, in small letters")
        parser.add_argument("--name", required=True, help="how colleagues see the person")
        parser.add_argument("--email", default="", help="where account mail goes")
        parser.add_argument(
            "--role",
            action="append",
            default=[],
            metavar="DISTRICT:ROLE",
            help="may be repeated; roles: " + ", ".join(role.value for role in Role),
        )
        parser.add_argument("--password-stdin", action="store_true", help="read the password from standard input")

    def handle(self, *args: Any, **options: Any) -> None:
        posts = [_post(text) for text in options["role"]]
        actor = system_actor("createuser")
        with transaction.atomic():
            user = create_user(
                actor=actor,
                username=options["username"],
                name=options["name"],
                email=options["email"],
                password=_password(options["password_stdin"]),
            )
            for district, role in posts:
                add_membership(actor=actor, user=user, district=district, role=role)
        given = ", ".join(f"{district.code}:{role}" for district, role in posts) or "-"
        self.stdout.write(f"{user.username}: {given}")


def _post(text: str) -> tuple[District, Role]:
    code, _colon, role = text.partition(":")
    district = District.objects.filter(code=code).first()
    if district is None:
        known = ", ".join(District.objects.order_by("code").values_list("code", flat=True)) or "-"
        message = _("There is no district %(code)s. Districts: %(known)s. Add one with createdistrict.")
        raise Invalid("", fields={"--role": [message % {"code": code, "known": known}]})
    if role not in list(Role):
        message = _("There is no role %(role)s. Roles: %(known)s.")
        raise Invalid("", fields={"--role": [message % {"role": role, "known": ", ".join(Role)}]})
    return district, Role(role)


def _password(from_stdin: bool) -> str:
    if from_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    if not sys.stdin.isatty():
        raise CommandError(_("Nobody is at the terminal to write a password: use --password-stdin."))
    first = getpass.getpass(_("Password: "))
    if getpass.getpass(_("Again: ")) != first:
        raise CommandError(_("The two passwords differ. Nothing was saved."))
    return first
