"""What higher rooms add to every page of a case: columns, tabs, deadlines, short rows, the headline of their kind.

A column is an expression annotated to the case's one query (`case.col_<name>`): however many rooms add theirs, a page
asks once. Tabs, deadlines and rows name the columns they show.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models.expressions import BaseExpression, Combinable

from vetting.accounts.roles import Permission
from vetting.kernel.labels import Label
from vetting.kernel.registry import Registry

PREFIX = "col_"


@dataclass(frozen=True, slots=True)
class Tab:
    """A part of the case page. `url_name` takes `before` and the case's key; `count` names a column to show."""

    order: int
    label: Label
    url_name: str
    permission: Permission
    count: str = ""
    kinds: tuple[str, ...] = ()  # kind codes that have it; empty: all
    before: tuple[str, ...] = ()  # arguments of the address before the key


@dataclass(frozen=True, slots=True)
class Deadline:
    """A day in the side column: `day` names a column that holds a date, or nothing when there is none."""

    order: int
    label: Label
    day: str
    url_name: str = ""
    kinds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TrackLine:
    """What a short row says: a state (label and shape) or a text, and a note."""

    state: Any = None
    text: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Track:
    """One of the short rows below the strip: decision, payments or bookings, reports. None: the row is left out."""

    order: int
    label: Label
    line: Callable[[Any], TrackLine | None]  # sees the case with its columns; asks the database nothing
    kinds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Headline:
    """What a kind says of its cases: what is applied for in words, and its own facts. Asks the database nothing.

    `related` are the relations to load with the case, from `Case` on: ("grantapplication__round__programme",).
    """

    what: Callable[[Any], Any]
    facts: Callable[[Any], Sequence[tuple[Any, Any]]] = lambda case: ()
    related: tuple[str, ...] = ()


columns: Registry[Callable[[], BaseExpression | Combinable]] = Registry("case column")
tabs: Registry[Tab] = Registry("case tab")
deadlines: Registry[Deadline] = Registry("case deadline")
tracks: Registry[Track] = Registry("case row")
headlines: Registry[Headline] = Registry("case headline")


def in_order(registry: Registry[Any], kind: str) -> list[Any]:
    """The entries that hold for a kind of case, in their order."""
    entries = (entry for _, entry in registry.items() if not entry.kinds or kind in entry.kinds)
    return sorted(entries, key=lambda entry: entry.order)


def column(case: Any, name: str) -> Any:
    """The column's value on a case loaded by `selectors.page_case`."""
    return getattr(case, PREFIX + name)
