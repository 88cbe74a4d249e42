"""A slot as it is asked for, and the time it claims with the turnaround. Half-open: what ends at six is free at six."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from vetting.kernel import clock, text

DAY_MINUTES = 24 * 60


@dataclass(frozen=True, slots=True)
class Slot:
    """[begins, ends), aware moments. `people` is how many are expected."""

    begins: datetime
    ends: datetime
    people: int = 0

    @property
    def day(self) -> date:
        """The day in Stockholm on which it begins."""
        return clock.stockholm(self.begins).date()

    @property
    def minutes(self) -> int:
        return int((self.ends - self.begins).total_seconds() // 60)

    def claims(self, turnaround: int) -> tuple[datetime, datetime]:
        """The half-open time that is taken, with the minutes of turnaround after it."""
        return self.begins, self.ends + timedelta(minutes=turnaround)

    def overlaps(self, other: "Slot", turnaround: int = 0) -> bool:
        """Whether the two cannot both stand in one room, each with its turnaround after it."""
        (mine, mine_to), (theirs, theirs_to) = self.claims(turnaround), other.claims(turnaround)
        return mine < theirs_to and theirs < mine_to

    def moved(self, by: timedelta) -> "Slot":
        """The same hours on the wall, other days: across a clock change the hour stays and the moment moves."""
        begins, ends = clock.stockholm(self.begins), clock.stockholm(self.ends)
        return Slot(_at(begins.date() + by, begins.time()), _at(ends.date() + by, ends.time()), self.people)


def _at(day: date, hour: time) -> datetime:
    return datetime.combine(day, hour.replace(tzinfo=None), tzinfo=clock.STOCKHOLM)


def slot_on(day: date, begins: time, ends: time, people: int = 0) -> Slot:
    """A slot within one day in Stockholm; an end at 00.00 is midnight after it."""
    last = _at(day + timedelta(days=1), ends) if ends == time(0) else _at(day, ends)
    return Slot(_at(day, begins), last, people)


def hours(begins: datetime, ends: datetime, language: str | None = None) -> str:
    """`kl. 18.00–21.30`, in English `18:00–21:30`."""
    first, last = clock.stockholm(begins), clock.stockholm(ends)
    if text.tongue(language) == "en":
        return f"{first:%H:%M}–{last:%H:%M}"
    return f"kl.{text.FIXED}{first:%H.%M}–{last:%H.%M}"


def told(begins: datetime, ends: datetime, language: str | None = None) -> str:
    """`torsdag 12 mars kl. 18.00–21.30`, with the year when it is another."""
    year = clock.stockholm(begins).year != clock.today().year
    return f"{text.day(begins, year=year, weekday=True, language=language)} {hours(begins, ends, language)}"


def of_wall(minute: int) -> str:
    """A minute of the day as the wall clock shows it: 1080 → `18.00`, 1440 → `24.00`."""
    mark = ":" if text.tongue() == "en" else "."
    return f"{minute // 60:02d}{mark}{minute % 60:02d}"


def minute_of(moment: datetime, day: date) -> int:
    """The minute of `day` in Stockholm at which the moment stands on the wall; beyond its end: more than 1440."""
    there: Any = clock.stockholm(moment)
    return (there.date() - day).days * DAY_MINUTES + there.hour * 60 + there.minute
