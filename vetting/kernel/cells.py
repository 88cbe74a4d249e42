"""Cells of tables that come from, or go to, a spreadsheet: cleaning, escaping, CSV lines (docs/domain.md §10).

What goes out is escaped by our own function: a cell that begins with `= + - @`, a tab or a carriage return is run as a
formula by the spreadsheet that opens it.
"""

import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal

Cell = str | int | Decimal | date | datetime | bool | None

_STARTS_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_BLANKS = re.compile(r"\s+")
_INVISIBLE = frozenset({"Cc", "Cf", "Co", "Cs"})


def clean(text: str) -> str:
    """One line of text as people read it: composed letters, single spaces, no invisible or direction signs.

    Line breaks, tabs and hard spaces become a space; control and format signs (byte order marks, text direction
    overrides, soft hyphens) are taken away.
    """
    kept = "".join(sign for sign in text if sign.isspace() or unicodedata.category(sign) not in _INVISIBLE)
    return unicodedata.normalize("NFC", _BLANKS.sub(" ", kept)).strip()


def escaped(value: Cell) -> str | int | Decimal | date | datetime | bool:
    """The value as it may stand in a CSV or XLSX cell: text that would run as a formula gets an apostrophe in front.

    Numbers, dates and booleans are left alone: they are no text and cannot be a formula. `None` is an empty cell.
    """
    if value is None:
        return ""
    if isinstance(value, str) and (value.startswith(_STARTS_FORMULA) or value.lstrip().startswith(_STARTS_FORMULA)):
        return "'" + value
    return value


def csv_lines(rows: Iterable[Sequence[Cell]], *, mark: bool = True) -> Iterator[str]:
    """Lines of a CSV file that Swedish Excel opens as it stands: `;`, CRLF, a byte order mark first, cells escaped.

    `mark` False leaves the mark out, for rows that are added to a file. A generator: rows are taken one at a time, so
    a file of any size needs the memory of one row. Encode as UTF-8.
    """
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=";", lineterminator="\r\n")
    if mark:
        yield "\ufeff"
    for row in rows:
        writer.writerow([escaped(value) for value in row])
        yield buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()
