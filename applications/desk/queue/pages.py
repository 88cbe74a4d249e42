"""Pages of a list whose length is known up to 1,000 only; speaks like Django's Page to `components/_pages.html`."""

from dataclasses import dataclass
from typing import Any

from applications.desk.queue.read import PAGE, Count
from applications.desk.queue.wish import LAST_PAGE

ELLIPSIS = "…"


@dataclass(frozen=True, slots=True)
class Paginator:
    num_pages: int
    count: Any
    numbers: tuple[Any, ...]
    ELLIPSIS: str = ELLIPSIS

    def get_elided_page_range(self, number: int, **kwargs: int) -> tuple[Any, ...]:
        return self.numbers


@dataclass(frozen=True, slots=True)
class Shown:
    """The page that is shown. A page beyond the last is empty and says so."""

    object_list: list[Any]
    number: int
    has_more: bool
    total: Count

    @property
    def paginator(self) -> Paginator:
        return Paginator(self.last_known, str(self.total), self.numbers)

    @property
    def last_known(self) -> int:
        """The last page, or when there are more than are counted the last that is known to exist."""
        if self.total.is_capped:
            return min(self.number + 1, LAST_PAGE) if self.has_more else self.number
        return max(-(-self.total.number // PAGE), 1)

    @property
    def start_index(self) -> int:
        return (self.number - 1) * PAGE + 1

    @property
    def end_index(self) -> int:
        return self.start_index + len(self.object_list) - 1

    @property
    def has_previous(self) -> bool:
        return self.number > 1

    @property
    def has_next(self) -> bool:
        return self.has_more and self.number < LAST_PAGE

    @property
    def has_other_pages(self) -> bool:
        return self.has_previous or self.has_next

    @property
    def previous_page_number(self) -> int:
        return self.number - 1

    @property
    def next_page_number(self) -> int:
        return self.number + 1

    @property
    def numbers(self) -> tuple[Any, ...]:
        """1 … 4 5 6 … 20: the first, those around the present, and the last when it is known."""
        near = {1, self.number - 1, self.number, self.number + 1}
        if not self.total.is_capped:
            near.add(self.last_known)
        kept = sorted(number for number in near if 1 <= number <= max(self.last_known, self.number))
        found: list[Any] = []
        for number in kept:
            if found and number - found[-1] > 1:
                found.append(ELLIPSIS)
            found.append(number)
        return tuple(found)
