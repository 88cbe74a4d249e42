"""Reading delimited text (CSV) that people saved from other systems, one record at a time.

Encoding (UTF-8 with or without byte order mark, Windows-1252, UTF-16 with its mark) and delimiter (`;` `,` tab) are
found out; quoted line breaks belong to their record. Memory is that of one record, whatever the size of the file.
"""

import codecs
import csv
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, TextIO

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from vetting.kernel.errors import Invalid

DELIMITERS = (";", ",", "\t")
LONGEST_RECORD = 20  # lines; a record of more is a quotation mark that was never closed
_BLOCK = 1 << 16
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_UNMARKED = ("utf-8-sig", "cp1252")


class UnreadableFile(Invalid):
    """The file as a whole cannot be read. `code` is stable; the text says where and what to do; `line` may be known."""

    def __init__(self, code: str, text: str | Promise, *, line: int | None = None) -> None:
        super().__init__(text, code=code)
        self.line = line


@dataclass(frozen=True, slots=True)
class Record:
    """One record. `number` counts from 1 after the header, `line` is where it begins in the file.

    `broken` is true where quotation marks are misplaced, so that the cells cannot be told apart: `cells` is then empty.
    """

    number: int
    line: int
    cells: tuple[str, ...] = field(repr=False)  # may hold what must not come into a log
    broken: bool = False

    @property
    def is_empty(self) -> bool:
        return not self.broken and not any(cell.strip() for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Table:
    """An opened file: what was found out about it, its header, and its records as a stream to be read once."""

    encoding: str
    delimiter: str
    lines: int  # of the whole file, header included: what progress is measured against
    header: tuple[str, ...]
    records: Iterator[Record]


@contextmanager
def open_table(path: Path, *, recognise: Callable[[tuple[str, ...]], int]) -> Iterator[Table]:
    """Open `path` and read its header. `recognise` says how many cells of a possible header it knows.

    The delimiter is the one whose header is best known, then the one that makes most columns.
    Raises `UnreadableFile` now, or while records are read, and `OSError` where the file cannot be opened.
    """
    encoding, lines = examine(path)
    delimiter = max(DELIMITERS, key=lambda mark: _promise(path, encoding, mark, recognise))
    with path.open(encoding=encoding, newline="") as file:
        records = _records(file, delimiter)
        header = _header(records)
        yield Table(encoding, delimiter, lines, header.cells, _numbered(records))


def examine(path: Path) -> tuple[str, int]:
    """The encoding to open the file with, and its number of lines. The whole file is read: one late byte decides.

    Raises `UnreadableFile` for a spreadsheet workbook, a file that is no text, an empty file, and a file that
    claims UTF-8 by its mark but holds other bytes.
    """
    with path.open("rb") as file:
        start = file.read(8)
        if start.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
            raise UnreadableFile(
                "is_workbook",
                _("The file is a spreadsheet workbook. Open it, save it as “CSV UTF-8”, and import that file."),
            )
        marked = next((name for mark, name in _MARKS if start.startswith(mark)), None)
        for encoding in [marked] if marked else _UNMARKED:
            try:
                return encoding, _lines(file, encoding)
            except _WrongByte as wrong:
                line = wrong.line
    if marked:
        text = _("The file says it is %(encoding)s, but line %(line)d is not. Save it anew as “CSV UTF-8”.")
        name = marked.removesuffix("-sig").upper()
        raise UnreadableFile("encoding_mixed", text % {"encoding": name, "line": line}, line=line)
    text = _("Line %(line)d is neither UTF-8 nor Windows-1252. Save the file anew as “CSV UTF-8”.")
    raise UnreadableFile("encoding_unknown", text % {"line": line}, line=line)


class _WrongByte(Exception):
    def __init__(self, line: int) -> None:
        self.line = line


def _lines(file: BinaryIO, encoding: str) -> int:
    """The number of lines; raises `_WrongByte` where the bytes are not of that encoding."""
    decoder = codecs.getincrementaldecoder(encoding)()
    line, last = 1, ""
    file.seek(0)
    while True:
        block = file.read(_BLOCK)
        try:
            text = decoder.decode(block, final=not block)
        except UnicodeDecodeError as error:
            raise _WrongByte(line + bytes(error.object[: error.start]).count(b"\n")) from None
        if "\x00" in text:
            line += text[: text.index("\x00")].count("\n")
            raise UnreadableFile(
                "not_text",
                _("Line %(line)d holds signs that no text has. Choose a CSV file.") % {"line": line},
                line=line,
            )
        line, last = line + text.count("\n"), text[-1:] or last
        if not block:
            return line - (last == "\n")


def _promise(path: Path, encoding: str, delimiter: str, recognise: Callable[[tuple[str, ...]], int]) -> tuple[int, int]:
    try:
        with path.open(encoding=encoding, newline="") as file:
            header = _header(_records(file, delimiter)).cells
    except UnreadableFile:  # quoted headers make no sense with the wrong delimiter; the right one says what is wrong
        return -1, 0
    return recognise(header), len(header)


def _header(records: Iterator[Record]) -> Record:
    # Before the delimiter is known, a row of other delimiters looks like a text: a header has letters or digits.
    header = next((record for record in records if record.broken or any(map(_says_something, record.cells))), None)
    if header is None:
        raise UnreadableFile("empty_file", _("The file is empty. Choose a file with a header row."))
    if header.broken:
        raise UnreadableFile(
            "header_broken",
            _("The quotation marks of the header on line %(line)d do not match.") % {"line": header.line},
            line=header.line,
        )
    return header


def _says_something(cell: str) -> bool:
    return any(sign.isalnum() for sign in cell)


def _numbered(records: Iterator[Record]) -> Iterator[Record]:
    for number, record in enumerate(records, start=1):
        yield Record(number, record.line, record.cells, record.broken)


def _records(file: TextIO, delimiter: str) -> Iterator[Record]:
    reader = csv.reader(file, delimiter=delimiter, strict=True)
    while True:
        line = reader.line_num + 1
        cells: list[str] = []
        broken = False
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            broken = True
            unclosed = "end of data" in str(error) or "field larger" in str(error)
            if unclosed:
                raise _unclosed(line) from None
        if reader.line_num - line >= LONGEST_RECORD:
            raise _unclosed(line)
        yield Record(0, line, tuple(cells), broken)


def _unclosed(line: int) -> UnreadableFile:
    return UnreadableFile(
        "quote_unclosed",
        _("A quotation mark on line %(line)d is never closed, so the rows after it cannot be told apart. Close it.")
        % {"line": line},
        line=line,
    )
