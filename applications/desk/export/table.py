"""The rows of the file, and how they become CSV or XLSX. One row at a time: memory does not grow with the list."""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import IO

from django.utils.translation import gettext as _

from applications.desk.queue.lines import Line
from vetting.kernel.cells import Cell, csv_lines, escaped


def headings() -> list[str]:
    return [
        _("Diary no"),
        _("Association"),
        _("Organisation number"),
        _("Kind"),
        _("State"),
        _("Officer"),
        _("Next step"),
        _("Due"),
        _("Received"),
        _("Applied, kr"),
    ]


def cells(line: Line) -> list[Cell]:
    return [
        str(line.number),
        line.name,
        line.orgnr,
        line.what,
        str(line.state.label),
        line.officer,
        line.next_step,
        line.due,
        line.received,
        line.amount,
    ]


def write_csv(lines: Iterable[Line], out: IO[bytes]) -> None:
    """UTF-8 with a mark, `;` and decimal comma: opens in Swedish Excel as it stands."""
    for text in csv_lines(_with_commas(lines)):
        out.write(text.encode())


def _with_commas(lines: Iterable[Line]) -> Iterator[list[Cell]]:
    yield list(headings())
    for line in lines:
        yield [str(cell).replace(".", ",") if isinstance(cell, Decimal) else cell for cell in cells(line)]


def write_xlsx(lines: Iterable[Line], out: IO[bytes]) -> None:
    """One sheet, first row fixed. openpyxl is loaded here only: web processes stay lean."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet(_("Cases"))
    sheet.freeze_panes = "A2"
    for column, width in zip("ABCDEFGHIJ", (16, 44, 14, 26, 22, 22, 34, 12, 12, 12), strict=True):
        sheet.column_dimensions[column].width = width
    sheet.append(headings())
    for line in lines:
        sheet.append([escaped(cell) for cell in cells(line)])
    book.save(out)


WRITERS = {
    "csv": (write_csv, "text/csv; charset=utf-8"),
    "xlsx": (write_xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}
