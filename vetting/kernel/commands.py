"""The base of the house's management commands: help with an example, one clear line when something is wrong."""

from argparse import RawDescriptionHelpFormatter
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser, DjangoHelpFormatter

from vetting.kernel.errors import DomainError, Invalid, NotNow


class _Formatter(DjangoHelpFormatter, RawDescriptionHelpFormatter):
    """Django's order of options; the example keeps its lines."""


class Command(BaseCommand):
    """`example` stands last in --help. Exit codes: 0 done, 1 refused (with the reason), 2 wrong arguments.

    A domain error ends the command with its sentence; nothing is left half-done, since services own transactions.
    """

    example = ""

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        if not self.example:
            raise RuntimeError(f"{subcommand}: a command shows an example in its help")
        kwargs.setdefault("epilog", f"Example:\n  {self.example}")
        kwargs.setdefault("formatter_class", _Formatter)
        return super().create_parser(prog_name, subcommand, **kwargs)

    def execute(self, *args: Any, **options: Any) -> str | None:
        try:
            return super().execute(*args, **options)
        except Invalid as error:
            lines = [f"{name}: {text}" for name, texts in error.fields.items() for text in texts]
            raise CommandError(" ".join(lines) or str(error)) from error
        except NotNow as error:
            raise CommandError(" ".join(map(str, [error, *error.reasons]))) from error
        except DomainError as error:
            raise CommandError(str(error)) from error
