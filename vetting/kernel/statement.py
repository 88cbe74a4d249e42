"""A read that is built and compiled once per process; each call only binds its values.

A page that gathers a whole case in one query pays more for writing that query than the database pays for answering it
(the case page: 14 ms of 34 in the ORM, 8 in the database's planner, 1 in its answers). `Statement` keeps the ORM's
query, with scoping and relations as the room wrote it, and its SQL, which the database keeps prepared; what differs
from call to call is told by position.

Which position holds which value is found, not declared: the query is built twice with two sets of samples, on two
different days. A position that stays is a constant, one that holds a sample in both is bound to that value, one that
holds the day or the moment is bound to the clock. Anything else that differs is refused at once, so that a value can
never be baked in unseen (`RuntimeError`, met by the first request or test that uses the statement).
"""

import copy
import re
import uuid
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import islice
from types import SimpleNamespace
from typing import Any, Generic, Protocol, Self, TypeVar, runtime_checkable

from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.backends.postgresql.base import ServerBindingCursor
from django.db.models import QuerySet
from psycopg.sql import Literal

from vetting.kernel import clock

Row = TypeVar("Row")
APART = (timedelta(days=365_000), timedelta(days=730_000))  # the samples' two days: no row and no rule knows them
TODAY, NOW = "today", "now"
PLACE = re.compile(r"%%|%s")


@runtime_checkable
class Composed(Protocol):
    """A value made of simpler ones, such as the person who asks: its parts are bound, its shape is compiled."""

    def shape(self) -> Any:
        """What decides which SQL is written, as something hashable."""

    def leaves(self) -> Sequence[Any]:
        """The parts that are bound, in an order of their own that `with_leaves` knows."""

    def with_leaves(self, leaves: Sequence[Any]) -> Self:
        """The same shape with other parts."""


@dataclass(frozen=True, slots=True)
class _Compiled:
    """The query as the ORM wrote it, its constants written out. `places` are leaf numbers, TODAY or NOW, in order."""

    query: QuerySet[Any]
    compiler: Any
    sql: str
    places: tuple[int | str, ...]


class _Cursor(ServerBindingCursor):
    """A cursor whose statements the database can keep prepared (the ORM's own writes the values into the SQL)."""

    def execute(self, query: Any, params: Any = None, **how: Any) -> Any:
        done = super().execute(query, params, **how)  # type: ignore[misc]  # as above
        self._query = SimpleNamespace(query=query.encode())  # what Django's query log reads
        return done


class Statement(Generic[Row]):
    """`build` makes the queryset from keyword values; `rows` answers with what it finds for other values.

    Values are numbers, texts, keys, days, `Composed` ones and tuples of these; None, truth values and the constants
    of an enum belong to the shape, and so does the length of a tuple.
    `build` must not read anything else that changes, but the kernel's clock.
    """

    def __init__(self, build: Callable[..., QuerySet[Any, Row]]) -> None:
        self._build = build
        self._known: dict[Any, _Compiled | None] = {}

    def rows(self, **values: Any) -> list[Row]:
        """What the query finds now; one statement to the database."""
        shape = tuple((name, _shape(value)) for name, value in values.items())
        if shape not in self._known:
            self._known[shape] = _compile(self._build, values)
        known = self._known[shape]
        return [] if known is None else _run(known, [leaf for value in values.values() for leaf in _leaves(value)])

    def first(self, **values: Any) -> Row | None:
        """The first row, or None. The query itself should ask for no more than one."""
        return next(iter(self.rows(**values)), None)


def _shape(value: Any) -> Any:
    if _bound(value):
        return type(value)
    if type(value) is tuple:
        return tuple(_shape(one) for one in value)
    return (type(value), value.shape()) if isinstance(value, Composed) else value


def _leaves(value: Any) -> Sequence[Any]:
    if _bound(value):
        return (value,)
    if type(value) is tuple:
        return [leaf for one in value for leaf in _leaves(one)]
    return value.leaves() if isinstance(value, Composed) else ()


def _bound(value: Any) -> bool:
    """Whether the value is bound, and not part of the shape; enums are told apart by their exact type."""
    return type(value) in {int, str, uuid.UUID, date, datetime}


def _run(known: _Compiled, leaves: Sequence[Any]) -> list[Any]:
    """The rows, made by the ORM's own iterator from what a prepared statement answers."""
    query = known.query._clone()  # type: ignore[attr-defined]  # a copy without the cost of building it again
    connection = connections[query.db]
    params = [leaves[place] if isinstance(place, int) else getattr(clock, place)() for place in known.places]

    def execute(*_args: Any, **_kwargs: Any) -> list[Any]:
        with connection.cursor() as cursor:
            cursor.cursor = _Cursor(connection.connection)  # type: ignore[call-arg]  # as above
            cursor.execute(known.sql, params)
            return [cursor.fetchall()]

    compiler = copy.copy(known.compiler)
    compiler.query, compiler.connection, compiler.execute_sql = query.query, connection, execute
    query.query.get_compiler = lambda *_args, **_kwargs: compiler
    return list(query)


def _compile(build: Callable[..., QuerySet[Any]], values: dict[str, Any]) -> _Compiled | None:
    drafts = [_draft(build, values, seed, apart) for seed, apart in enumerate(APART)]
    if drafts[0] is None or drafts[1] is None:
        return None
    (query, compiler, sql, first, meanings), (_query, _compiler, other_sql, second, other_meanings) = drafts
    if sql != other_sql:
        raise RuntimeError("The statement's SQL differs with its values: what decides its shape must be part of it.")
    found: list[int | str | None] = []
    for position, (one, other) in enumerate(zip(first, second, strict=True)):
        meaning = meanings(one)
        known = meaning is not None and meaning == other_meanings(other)
        if not known and one != other:
            raise RuntimeError(f"The statement's value {position} ({one!r}) comes from none of its values.")
        found.append(meaning if known else None)
    connections[query.db].ensure_connection()
    written = _written(sql, first, found, connections[query.db].connection)
    return _Compiled(query, compiler, written, tuple(place for place in found if place is not None))


def _written(sql: str, values: Sequence[Any], places: Sequence[int | str | None], connection: Any) -> str:
    """The SQL with its constants as literals, so that the database knows their types; the places stay open."""
    position = iter(range(len(values)))

    def literal(match: re.Match[str]) -> str:
        if match[0] == "%%":
            return "%%"
        at = next(position)
        return "%s" if places[at] is not None else Literal(values[at]).as_string(connection).replace("%", "%%")

    return PLACE.sub(literal, sql)


def _draft(build: Callable[..., QuerySet[Any]], values: dict[str, Any], seed: int, apart: timedelta) -> Any:
    """The query with samples for values, on another day; and what tells which sample, or the clock, a value is."""
    numbers = _numbers(seed)
    samples: dict[Any, int] = {}

    def sample(leaf: Any) -> Any:
        made = _sample(leaf, next(numbers))
        samples[made] = len(samples)
        return made

    with clock.shifted(apart):
        began, today = clock.now(), clock.today()
        stand_ins = {name: _with(value, (sample(leaf) for leaf in _leaves(value))) for name, value in values.items()}
        query = build(**stand_ins)
        compiler = query.query.get_compiler(using=query.db)
        try:
            sql, params = compiler.as_sql()
        except EmptyResultSet:
            return None
        ended = clock.now()

    def meaning(value: Any) -> int | str | None:
        if type(value) is datetime:
            return NOW if began <= value <= ended else None
        if type(value) is date and value == today:
            return TODAY
        return samples.get(value) if _bound(value) else None

    return query, compiler, sql, tuple(params), meaning


def _with(value: Any, leaves: Iterator[Any]) -> Any:
    """The value with as many of the leaves as it has."""
    if _bound(value):
        return next(leaves)
    if type(value) is tuple:
        return tuple(_with(one, leaves) for one in value)
    return value.with_leaves(list(islice(leaves, len(value.leaves())))) if isinstance(value, Composed) else value


def _numbers(seed: int) -> Iterator[int]:
    """Ascending and negative: no row has such a number, and lists keep the order of what they stand for."""
    return iter(range(-2_000_000_000 + seed * 500_000_000, 0))


def _sample(leaf: Any, number: int) -> Any:
    made: dict[type, Callable[[], Any]] = {
        int: lambda: number,
        str: lambda: f"\x00{number}",
        uuid.UUID: lambda: uuid.UUID(int=-number),
        date: lambda: date(1000, 1, 1) + timedelta(days=-number % 300_000),
        datetime: lambda: clock.midnight(date(1000, 1, 1)) + timedelta(seconds=-number),
    }
    return made[type(leaf)]()
