"""The one clock. Every time stored in a row comes from here, never from the database's `now()` (design: Time).

The demo moves time forward through an offset (seconds) in the file named by `settings.CLOCK_OFFSET_FILE`; web,
worker and commands read the same file. In production the setting is empty and the clock is the machine's.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from zoneinfo import ZoneInfo

from django.conf import settings

STOCKHOLM = ZoneInfo("Europe/Stockholm")
_shift: ContextVar[timedelta] = ContextVar("clock_shift", default=timedelta())


@lru_cache(maxsize=4)
def _offset(path: str, mtime_ns: int) -> timedelta:
    return timedelta(seconds=int(Path(path).read_text(encoding="ascii").strip() or "0"))


def offset() -> timedelta:
    """How far the demo's clock has been moved forward; zero without a clock file."""
    path = settings.CLOCK_OFFSET_FILE
    if not path:
        return timedelta()
    try:
        return _offset(path, os.stat(path).st_mtime_ns)
    except FileNotFoundError:
        return timedelta()


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return datetime.now(UTC) + offset() + _shift.get()  # noqa: TID251 - the one place


@contextmanager
def shifted(by: timedelta) -> Iterator[None]:
    """Sets the clock off by so much inside the block, for this thread alone: for examples, never for a page."""
    token = _shift.set(by)
    try:
        yield
    finally:
        _shift.reset(token)


@contextmanager
def later(by: timedelta) -> Iterator[None]:
    """As `shifted`, counted from where the clock stands in this thread already."""
    with shifted(_shift.get() + by):
        yield


def today() -> date:
    """The present date in Europe/Stockholm: due dates are dates there (docs/domain.md §4.2)."""
    return now().astimezone(STOCKHOLM).date()


def stockholm(moment: datetime) -> datetime:
    """An aware moment as the wall clock in Stockholm shows it."""
    return moment.astimezone(STOCKHOLM)


def midnight(day: date) -> datetime:
    """The aware moment at which `day` begins in Stockholm."""
    return datetime(day.year, day.month, day.day, tzinfo=STOCKHOLM)
