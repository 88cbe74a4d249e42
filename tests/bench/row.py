"""What a row of the table is, and what one run of it gives."""

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.bench.world import World


@dataclass(frozen=True, slots=True)
class Result:
    """One figure. `size` sets apart the figures of one row (`queue_page@100k`)."""

    value: float | str
    unit: str
    met: bool
    detail: str = ""
    size: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """`run` measures and yields one result per size; an exception in it is a figure that was not met."""

    id: str
    what: str
    target: str
    run: "Callable[[World], Iterable[Result]]"


def percentile(values: Sequence[float], share: float) -> float:
    """The nearest-rank percentile: a value that occurred, never an interpolation."""
    ordered = sorted(values)
    return ordered[max(math.ceil(share * len(ordered)), 1) - 1]


def size_name(cases: int) -> str:
    """1000 → `1k`, as it stands after the @ of a row's id."""
    return f"{cases // 1000}k" if cases >= 1000 and cases % 1000 == 0 else str(cases)
