"""Finding out which column of a table is which field: synonyms, and what the user says with `--map`."""

import csv
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from vetting.kernel.cells import clean
from vetting.kernel.errors import Invalid
from vetting.kernel.orgnr import hidden

IGNORED = "-"
_NOT_LETTERS = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Column:
    """A field that a file can hold: its code, the headers it is known by (spelling and signs do not matter)."""

    field: str
    synonyms: tuple[str, ...]
    required: bool = False

    def knows(self, header: str) -> bool:
        return folded(header) in {folded(self.field), *map(folded, self.synonyms)}


@dataclass(frozen=True, slots=True)
class Columns:
    """Where each found field stands (`places`), what the file calls it, and the headers nobody uses."""

    places: Mapping[str, int]
    titles: Mapping[str, str]
    unused: tuple[str, ...]
    width: int


class UnusableHeader(Invalid):
    """The header, or what `--map` says of it, cannot be used: which column, and what to do."""

    def __init__(self, code: str, text: str) -> None:
        super().__init__(text, code=code)


def folded(header: str) -> str:
    """A header without case, spaces and signs: `Org.nr`, `ORG NR` and `orgnr` are the same."""
    return _NOT_LETTERS.sub("", clean(header).casefold())


def parse_map(text: str, columns: Sequence[Column]) -> dict[str, str]:
    """`"Kund=name,Org id=orgnr,Ort=-"` as {folded header: field}; `-` means that the column is not read.

    A header that holds a comma is written in quotation marks. Raises `UnusableHeader` for a part without `=` and for an
    unknown field.
    """
    known = {column.field for column in columns}
    wanted: dict[str, str] = {}
    for part in next(csv.reader([text], skipinitialspace=True), []):
        header, mark, field = part.rpartition("=")
        field = field.strip()
        if not mark or not folded(header):
            raise UnusableHeader(
                "map_unreadable", _("“%(part)s” is not written as Column=field.") % {"part": _shown(part)}
            )
        if field != IGNORED and field not in known:
            raise UnusableHeader(
                "map_unknown_field",
                _("There is no field “%(field)s”. Choose one of: %(fields)s.")
                % {"field": _shown(field), "fields": ", ".join(sorted(known))},
            )
        wanted[folded(header)] = field
    return wanted


def match(header: Sequence[str], columns: Sequence[Column], wanted: Mapping[str, str]) -> Columns:
    """Say where each field stands. What the user wanted goes before synonyms.

    Raises `UnusableHeader` when a wanted column is not in the file, two columns are the same field, or a required field
    is missing.
    """
    keys = [folded(title) for title in header]
    for key in wanted:
        if key not in keys:
            raise UnusableHeader(
                "map_unknown_column",
                _("The file has no column “%(column)s”. Its columns are: %(columns)s.")
                % {"column": _shown(key), "columns": _listed(header)},
            )
    claimed = set(wanted.values())
    places: dict[str, int] = {}
    unused: list[str] = []
    for place, key in enumerate(keys):
        field = wanted.get(key) or _by_synonym(header[place], columns, claimed)
        if field is None or field == IGNORED:
            unused.append(_shown(header[place]))
        elif field in places:
            raise UnusableHeader(
                "column_twice",
                _("The columns “%(one)s” and “%(other)s” are both read as %(field)s. Say which with --map.")
                % {"one": _shown(header[places[field]]), "other": _shown(header[place]), "field": field},
            )
        else:
            places[field] = place
    for column in columns:
        if column.required and column.field not in places:
            raise UnusableHeader(
                "column_missing",
                _(
                    "No column is read as %(field)s. The file has: %(columns)s. "
                    "Say which with --map, as in Column=%(field)s."
                )
                % {"field": column.field, "columns": _listed(header)},
            )
    titles = {field: _shown(header[place]) for field, place in places.items()}
    return Columns(places, titles, tuple(title for title in unused if title), len(header))


def recognised(header: Sequence[str], columns: Sequence[Column], wanted: Mapping[str, str]) -> int:
    """How many cells of a possible header are known: the delimiter that gives most of them is the right one."""
    return sum(1 for title in header if folded(title) in wanted or any(column.knows(title) for column in columns))


def _by_synonym(title: str, columns: Sequence[Column], claimed: set[str]) -> str | None:
    return next((column.field for column in columns if column.field not in claimed and column.knows(title)), None)


def _listed(header: Sequence[str]) -> str:
    return ", ".join(f"“{_shown(title)}”" for title in header if clean(title))


def _shown(text: str) -> str:
    """A file without a header has data in its first row: nothing of a person's number may come out in an error."""
    return hidden(clean(text))
