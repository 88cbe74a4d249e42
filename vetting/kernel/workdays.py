"""Swedish working days, as deadlines in law count them (docs/domain.md §4.2: lag 1930:173 § 2; FL 22 §).

Saturdays, Sundays, public holidays and midsommarafton, julafton and nyårsafton are no working days; trettondagsafton
and bank days are. Computed here, because a web process must not carry the holiday library (about 19 MB); a test
holds the result against that library, public and de facto days, for every day of a century.
"""

from calendar import monthrange
from datetime import date, timedelta
from functools import lru_cache

_DAY = timedelta(days=1)
_FIXED = ((1, 1), (1, 6), (5, 1), (12, 24), (12, 25), (12, 26), (12, 31))
_NATIONAL_DAY_SINCE = 2005  # lag 2004:1320; until then annandag pingst was one
_FROM_EASTER = (-2, 0, 1, 39, 49)  # långfredagen, påskdagen, annandag påsk, Kristi himmelsfärdsdag, pingstdagen


def _easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar: the Sunday after the full moon on or after 21 March."""
    golden, century = year % 19, year // 100
    moon = (century - century // 4 - (8 * century + 13) // 25 + 19 * golden + 15) % 30
    moon -= (moon // 28) * (1 - (29 // (moon + 1)) * ((21 - golden) // 11))
    weekday = (year + year // 4 + moon + 2 - century + century // 4) % 7
    return date(year, 3, 28) + timedelta(days=moon - weekday)


def _saturday_from(day: date) -> date:
    return day + timedelta(days=(5 - day.weekday()) % 7)


@lru_cache(maxsize=64)
def holidays_of(year: int) -> frozenset[date]:
    """The days of a year that are no working days by name; Saturdays and Sundays come on top."""
    easter = _easter(year)
    midsummer = _saturday_from(date(year, 6, 20))
    days = {date(year, month, day) for month, day in _FIXED}
    days |= {easter + timedelta(days=offset) for offset in _FROM_EASTER}
    days |= {midsummer - _DAY, midsummer, _saturday_from(date(year, 10, 31))}
    days.add(date(year, 6, 6) if year >= _NATIONAL_DAY_SINCE else easter + timedelta(days=50))
    return frozenset(days)


def is_workday(day: date) -> bool:
    return day.weekday() < 5 and day not in holidays_of(day.year)


def workday_from(day: date) -> date:
    """`day` itself, or the first working day after it: where a last day moves to (lag 1930:173 § 2)."""
    while not is_workday(day):
        day += _DAY
    return day


def workday_before(day: date) -> date:
    """The working day before `day`: when a letter that arrives with the post counts as arrived (FL 22 §)."""
    day -= _DAY
    while not is_workday(day):
        day -= _DAY
    return day


def months_after(day: date, months: int) -> date:
    """The same day of the month `months` later (earlier when negative); the month's last day where it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
