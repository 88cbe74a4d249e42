"""A rule as people read it: groups of labelled rows, in the order of its description; what is not set is left out."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from enum import Enum
from typing import Any

from django.utils.translation import gettext as _

from vetting.kernel import text
from vetting.kernel.labels import Label
from vetting.kernel.schema.fields import Part, code_of, parts_of
from vetting.kernel.schema.plain import plain

Path = tuple[str, ...]
IN_TITLE = frozenset({"code", "point", "name", "title"})


@dataclass(frozen=True, slots=True)
class Line:
    """One labelled row; a list has several values. `path` is the same in every version.

    `exact` holds the stored values: two rows are the same when these are, whatever the words look like.
    """

    path: Path
    label: str
    values: tuple[str, ...]
    exact: tuple[Any, ...]
    in_title: bool = False  # the group's title says it already
    prose: bool = False  # a text that needs no label


@dataclass(frozen=True, slots=True)
class Group:
    """The rows of one table of the rule. `trail` holds the titles from the outermost in; empty: the rule's own rows."""

    path: Path
    trail: tuple[str, ...]
    lines: tuple[Line, ...]

    @property
    def section(self) -> str:
        return self.trail[0] if self.trail else ""

    @property
    def title(self) -> str:
        """Which part of the section: an item of a list, or a table inside; empty for the section's own rows."""
        return " – ".join(self.trail[1:])

    @property
    def visible(self) -> tuple[Line, ...]:
        return tuple(line for line in self.lines if not line.in_title)


def sheet(value: Any, path: Path = (), trail: tuple[str, ...] = (), *, listed: bool = False) -> list[Group]:
    """The groups of a described dataclass, outer before inner, in the language in use. `listed`: one of a list."""
    lines, inner = [], list[Group]()
    in_title = (IN_TITLE if _name(value) else IN_TITLE | {"kind"}) if listed else frozenset[str]()
    for part in parts_of(type(value)):
        own = getattr(value, part.name)
        here = (*path, part.name)
        if own is None or own == () or (own is False and not part.optional):
            continue
        if not part.is_table:
            lines.append(_line(part, own, here, part.name in in_title))
            continue
        for number, item in enumerate(_each(own), 1):
            step = (*here, code_of(item) or str(number)) if part.many else here
            titles = (str(part.label), _title(item, number)) if part.many else (str(part.label),)
            inner += sheet(item, step, (*trail, *titles), listed=part.many)
    return ([Group(path, trail, tuple(lines))] if lines else []) + inner


def _line(part: Part, own: Any, path: Path, in_title: bool) -> Line:
    words = tuple(shown(one, part) for one in _each(own))
    return Line(path, str(part.label), words, tuple(plain(one) for one in _each(own)), in_title, part.prose)


def _each(value: Any) -> Iterator[Any]:
    yield from value if isinstance(value, tuple) else (value,)


def _name(item: Any) -> Label | None:
    own = getattr(item, "name", None) or getattr(item, "title", None)
    return own if isinstance(own, Label) else None


def _title(item: Any, number: int) -> str:
    """An item's own name (with its point, where it has one), else its kind, else its code or place in the list."""
    point, name = getattr(item, "point", ""), _name(item)
    if name is not None:
        return f"{point}. {name}" if point else str(name)
    return str(getattr(getattr(item, "kind", None), "label", "")) or code_of(item) or str(number)


def shown(value: Any, part: Part) -> str:
    """One value in the reader's language."""
    if part.words:
        return str(part.words.get(value, value))
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, Enum):
        return str(getattr(value, "label", value.value))
    if isinstance(value, time):
        return f"{value:%H:%M}" if text.tongue() == "en" else f"kl.{text.FIXED}{value:%H.%M}"
    if isinstance(value, date):
        return text.day(value)
    if isinstance(value, int | Decimal):
        return _number(value, part)
    return str(value)


def _number(value: int | Decimal, part: Part) -> str:
    if part.name == "kr" or part.name.endswith("_kr"):
        return text.kronor(value)
    # A year has no space between thousands; every other number has.
    exact = str(value) if part.name in {"year", "as_of"} else text.number(value)
    return f"{exact}{text.FIXED}{part.unit}" if part.unit else exact
