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


@dataclass(frozen=True, slots=True)
class Line:
    """One labelled row; a list has several values. `path` is the same in every version.

    `exact` holds the stored values: two rows are the same when these are, whatever the words look like.
    """

    path: Path
    label: str
    values: tuple[str, ...]
    exact: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """The rows of one table of the rule. `trail` holds the titles from the outermost in; empty: the rule's own rows."""

    path: Path
    trail: tuple[str, ...]
    lines: tuple[Line, ...]

    @property
    def title(self) -> str:
        return self.trail[-1] if self.trail else ""

    @property
    def depth(self) -> int:
        return len(self.trail)


def sheet(value: Any, path: Path = (), trail: tuple[str, ...] = ()) -> list[Group]:
    """The groups of a described dataclass, outer before inner, in the language in use."""
    lines, inner = [], list[Group]()
    for part in parts_of(type(value)):
        own = getattr(value, part.name)
        here = (*path, part.name)
        if own is None or own == () or (own is False and not part.optional):
            continue
        if not part.is_table:
            words = tuple(shown(one, part) for one in _each(own))
            lines.append(Line(here, str(part.label), words, tuple(plain(one) for one in _each(own))))
            continue
        for number, item in enumerate(_each(own), 1):
            step = (*here, code_of(item) or str(number)) if part.many else here
            title = _title(part, item, number)
            inner += sheet(item, step, (*trail, title))
    return ([Group(path, trail, tuple(lines))] if lines else []) + inner


def _each(value: Any) -> Iterator[Any]:
    yield from value if isinstance(value, tuple) else (value,)


def _title(part: Part, item: Any, number: int) -> str:
    if not part.many:
        return str(part.label)
    name = getattr(item, "name", None) or getattr(item, "title", None)
    point = getattr(item, "point", "")
    title = f"{part.label} {point}".strip()
    return f"{title}: {name}" if isinstance(name, Label) else f"{part.label} {code_of(item) or number}"


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
