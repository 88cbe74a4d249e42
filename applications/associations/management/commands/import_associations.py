"""Imports the register from a CSV file."""

import sys
from contextlib import nullcontext
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils.translation import gettext as _

from applications.associations.importing.columns import COLUMNS
from applications.associations.importing.findings import OUTCOME_TEXTS, Outcome
from applications.associations.importing.report import RecordResult, report_file
from applications.associations.services.import_register import ImportSummary, import_register
from vetting.accounts.actors import system_actor
from vetting.accounts.models import District
from vetting.kernel.commands import Command as HouseCommand
from vetting.kernel.errors import Invalid
from vetting.kernel.headers import parse_map

SHOWN = 20  # remarks on the screen; the report has them all
ENCODINGS = {"utf-8-sig": "UTF-8", "cp1252": "Windows-1252", "utf-16": "UTF-16"}
DELIMITERS = {"\t": "tab"}


class Command(HouseCommand):
    help = (
        "Imports associations from a CSV file (UTF-8 or Windows-1252; semicolon, comma or tab). All of it or nothing: "
        "on an error in the file nothing is stored; single rows that are wrong are left out and reported. A known "
        "organisation number with other values is updated, empty cells change nothing, a new giro number waits for "
        "confirmation. Without --district only what districts share is stored (name, number, form, dates, status, "
        "seat, area, giro); member counts and web are checked but belong to a district."
    )
    example = (
        "manage.py import_associations register.csv --dry-run --report remarks.csv\n"
        '  manage.py import_associations register.csv --district KUN --map "Kund=name,Org id=orgnr,Ort=-"'
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="FILE", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="do everything, then store nothing")
        parser.add_argument(
            "--map",
            default="",
            metavar="COLUMN=FIELD,…",
            help="which column is which field, where the header is not understood; - leaves a column out. "
            "Fields: " + ", ".join(column.field for column in COLUMNS),
        )
        parser.add_argument("--district", metavar="CODE", help="store the district's own columns for this district")
        parser.add_argument("--report", type=Path, metavar="FILE.csv", help="write every record and remark to a file")

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        district = _district(options["district"])
        if options["report"] and options["report"].resolve() == path.resolve():
            raise CommandError(_("The report would overwrite the file that is imported. Choose another name."))
        remarks: list[str] = []
        hidden_remarks = 0
        with report_file(options["report"]) if options["report"] else nullcontext() as write:

            def note(result: RecordResult) -> None:
                nonlocal hidden_remarks
                if write:
                    write(result)
                for line in _lines(result):
                    if len(remarks) < SHOWN:
                        remarks.append(line)
                    else:
                        hidden_remarks += 1

            try:
                summary = import_register(
                    actor=system_actor("import_associations"),
                    path=path,
                    district=district,
                    wanted=parse_map(options["map"], COLUMNS) if options["map"] else None,
                    dry_run=options["dry_run"],
                    report=note,
                    progress=self._progress,
                )
            except Invalid as error:
                raise CommandError(f"{path.name}: {error}") from error
            except OSError as error:
                raise CommandError(f"{path}: {error.strerror}") from error
        self._show(summary, remarks, hidden_remarks, options)

    def _progress(self, done: int, of_all: int) -> None:
        text = _("%(done)d of %(all)d lines") % {"done": done, "all": of_all}
        if sys.stderr.isatty():
            self.stderr.write(f"\r{text}", ending="\n" if done >= of_all else "")
        elif done >= of_all or done // 5000 != (done - 1000) // 5000:
            self.stderr.write(text)

    def _show(self, summary: ImportSummary, remarks: list[str], hidden_remarks: int, options: dict[str, Any]) -> None:
        delimiter = DELIMITERS.get(summary.delimiter, summary.delimiter)
        self.stdout.write(
            _("%(file)s: %(records)d records, %(encoding)s, delimiter %(delimiter)s")
            % {
                "file": options["file"].name,
                "records": summary.records,
                "encoding": ENCODINGS[summary.encoding],
                "delimiter": delimiter,
            }
        )
        if summary.unused:
            self.stdout.write(_("Columns not read: %(columns)s") % {"columns": ", ".join(summary.unused)})
        for line in remarks:
            self.stdout.write(line)
        if hidden_remarks:
            text = _("… and %(count)d remarks more. --report FILE.csv writes them all.")
            self.stdout.write(text % {"count": hidden_remarks})
        for outcome in Outcome:
            self.stdout.write(f"{summary.outcomes[outcome]:>8} {OUTCOME_TEXTS[outcome]}")
        self.stdout.write(_("%(count)d of the stored or unchanged have a remark.") % {"count": summary.with_warning})
        if options["report"]:
            self.stdout.write(_("Report: %(path)s") % {"path": options["report"]})
        if options["dry_run"]:
            self.stdout.write(_("This was a rehearsal: nothing was stored."))


def _lines(result: RecordResult) -> list[str]:
    texts = []
    for finding in result.findings:
        where = _("Record %(record)d, line %(line)d") % {"record": result.number, "line": result.line}
        column = f", {result.column(finding)}" if finding.field else ""
        texts.append(f"{where}{column}: {OUTCOME_TEXTS[result.outcome]}: {finding.text} [{finding.code}]")
    return texts


def _district(code: str | None) -> District | None:
    if not code:
        return None
    found = District.objects.filter(code=code).first()
    if found is None:
        known = ", ".join(District.objects.order_by("code").values_list("code", flat=True)) or "-"
        text = _("There is no district %(code)s. Districts: %(known)s.") % {"code": code, "known": known}
        raise CommandError(text)
    return found
