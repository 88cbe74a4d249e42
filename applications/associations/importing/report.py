"""The report of an import: what became of each record and why, as lines for people and as a CSV file."""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from django.utils.translation import gettext as _

from applications.associations.importing.findings import OUTCOME_TEXTS, Finding, Outcome
from applications.associations.importing.rows import Checked
from vetting.kernel import orgnr
from vetting.kernel.cells import Cell, csv_lines
from vetting.kernel.errors import Invalid


@dataclass(frozen=True, slots=True)
class RecordResult:
    """One record of the file. `orgnr` is empty unless it was accepted: a refused number is not shown anywhere."""

    number: int
    line: int
    outcome: Outcome
    orgnr: str
    name: str
    findings: tuple[Finding, ...]
    titles: Mapping[str, str]  # field → the header the file uses

    def column(self, finding: Finding) -> str:
        return self.titles.get(finding.field, finding.field)


def result_of(checked: Checked, outcome: Outcome, titles: Mapping[str, str]) -> RecordResult:
    number = orgnr.formatted(checked.row.orgnr) if checked.row else ""
    return RecordResult(checked.number, checked.line, outcome, number, checked.name, checked.findings, titles)


class Sink(Protocol):
    def __call__(self, result: RecordResult, /) -> None: ...


@contextmanager
def report_file(path: Path) -> Iterator[Sink]:
    """A CSV report that appears under `path` when the import succeeded, and not at all when it did not.

    One line per remark, one for a record without any. Raises Invalid when nothing can be written there.
    """
    unfinished = path.with_name(f".{path.name}.part")
    try:
        file = unfinished.open("w", encoding="utf-8", newline="")
    except OSError as error:
        text = _("The report cannot be written: %(why)s.") % {"why": error.strerror}
        raise Invalid(text, code="report_unwritable") from None
    try:
        with file:
            file.writelines(csv_lines([_header()]))

            def write(result: RecordResult) -> None:
                file.writelines(csv_lines(_rows(result), mark=False))

            yield write
        os.replace(unfinished, path)
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise


def _header() -> list[Cell]:
    return [
        _("Record"),
        _("Line"),
        _("Outcome"),
        _("Organisation number"),
        _("Name"),
        _("Code"),
        _("Column"),
        _("Explanation"),
    ]


def _rows(result: RecordResult) -> Iterator[list[Cell]]:
    start: list[Cell] = [
        result.number,
        result.line,
        str(OUTCOME_TEXTS[result.outcome]),
        result.orgnr,
        result.name,
    ]
    for finding in result.findings:
        yield [*start, finding.code, result.column(finding), finding.text]
    if not result.findings:
        yield [*start, "", "", ""]
