"""The rows in the table's order; one module each, named as the row."""

from collections.abc import Iterable
from importlib import import_module

from tests.bench.row import Row

ORDER = (
    "floor",
    "queue_page",
    "case_page",
    "start_page",
    "import_register",
    "transition_rate",
    "transition_race",
    "booking_race",
    "idempotent_submit",
    "reminder_tick",
    "reminder_kills",
    "queries",
    "migrations",
    "worker_memory",
    "access_matrix",
    "demo_start",
)


def unknown(names: Iterable[str]) -> list[str]:
    return sorted(set(names) - set(ORDER))


def rows(only: tuple[str, ...] = ()) -> list[Row]:
    """The wanted rows, or all, in the table's order."""
    return [import_module(f"tests.bench.rows.{name}").ROW for name in ORDER if not only or name in only]
