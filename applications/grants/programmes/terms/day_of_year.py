"""A day that comes every year: `02-28`, or `02-last` for the last day of a month whatever its length."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Self

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from vetting.kernel import text
from vetting.kernel.schema.fields import Leaf

FORM = re.compile(r"(\d\d)-(\d\d|last)\Z")
LEAP_YEAR = 2000


@dataclass(frozen=True, slots=True)
class DayOfYear(Leaf):
    """`day` None: the month's last day."""

    month: int
    day: int | None

    HOW: ClassVar[str] = gettext_noop("Write month and day, for example “02-28”, or “02-last” for its last day.")

    def __post_init__(self) -> None:
        date(LEAP_YEAR, self.month, self.day or 1)  # raises ValueError for a day that never comes

    @classmethod
    def read(cls, value: object) -> Self:
        match = FORM.match(value) if isinstance(value, str) else None
        if match is None:
            raise ValueError(value)
        return cls(int(match[1]), None if match[2] == "last" else int(match[2]))

    def plain(self) -> str:
        return f"{self.month:02}-{'last' if self.day is None else f'{self.day:02}'}"

    def in_year(self, year: int) -> date:
        """The day in `year`; 29 February becomes the 28th where there is none."""
        longest = monthrange(year, self.month)[1]
        return date(year, self.month, min(self.day or longest, longest))

    def __str__(self) -> str:
        there = date(LEAP_YEAR, self.month, self.day or 1)
        if self.day:
            return text.day(there, year=False)
        month = text.day(there, year=False).partition(text.FIXED)[2]
        return _("the last day of %(month)s") % {"month": month}
