"""Brings programmes in from TOML files."""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils.translation import gettext as _

from applications.grants.programmes.files import Source
from applications.grants.programmes.services.import_programmes import FilesFaulty, import_programmes
from applications.grants.programmes.terms.programme import ProgrammeEntry
from vetting.accounts.actors import system_actor
from vetting.kernel.commands import Command as HouseCommand
from vetting.kernel.schema.reference import reference

LARGEST = 5_000_000  # bytes


class Command(HouseCommand):
    help = (
        "Reads programmes (support forms) with their rules from TOML files and stores what differs: all files or "
        "none. A changed file makes a draft that a second person publishes on the programme's page; a file labelled "
        "“exempel” is published at once. Exit codes: 0 done or unchanged, 1 something is wrong in a file (nothing "
        "is saved), 2 wrong arguments."
    )
    example = "manage.py import_programmes applications/examples/data/programmes/*.toml --dry-run"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("files", metavar="FILE", nargs="*", type=Path, help="TOML files with [[programme]] tables")
        parser.add_argument("--district", default="", metavar="CODE", help="put all of them in this district")
        parser.add_argument("--dry-run", action="store_true", help="say what would be done and save nothing")
        parser.add_argument("--keys", action="store_true", help="print every key a programme can have, and stop")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["keys"]:
            self.stdout.write("\n".join(reference(ProgrammeEntry)))
            return
        if not options["files"]:
            raise CommandError(_("Name at least one file, or --keys to see the format."), returncode=2)
        try:
            outcomes = import_programmes(
                actor=system_actor("import_programmes"),
                sources=[_source(path) for path in options["files"]],
                district=options["district"],
                dry_run=options["dry_run"],
            )
        except FilesFaulty as faulty:
            raise CommandError("\n".join([*map(str, faulty.faults), str(faulty)])) from None
        lines = [str(outcome) for outcome in outcomes]
        if options["dry_run"]:
            lines.append(_("Dry run: nothing was saved."))
        self.stdout.write("\n".join(lines))


def _source(path: Path) -> Source:
    try:
        if path.stat().st_size > LARGEST:
            raise CommandError(_("%(file)s is too large for a programme file (over 5 MB).") % {"file": path})
        return Source(path.name, path.read_bytes())
    except FileNotFoundError:
        raise CommandError(_("There is no file %(file)s. Check the path.") % {"file": path}) from None
    except OSError as error:
        message = _("%(file)s cannot be read: %(why)s.")
        raise CommandError(message % {"file": path, "why": error.strerror or error}) from None
