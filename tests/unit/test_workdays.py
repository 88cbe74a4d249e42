"""Working days as deadlines in law count them."""

from datetime import date, timedelta

import holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vetting.kernel import workdays


def test_a_century_agrees_with_the_holiday_library():
    years = range(1990, 2091)
    named = holidays.Sweden(years=years, categories=("public", "de_facto"), include_sundays=False)
    ours = set().union(*(workdays.holidays_of(year) for year in years))
    assert ours == set(named)


@pytest.mark.parametrize(
    ("day", "moved"),
    [
        (date(2025, 12, 26), date(2025, 12, 29)),  # annandag jul, then a weekend
        (date(2026, 6, 19), date(2026, 6, 22)),  # midsommarafton
        (date(2026, 1, 5), date(2026, 1, 5)),  # trettondagsafton does not move it
        (date(2026, 12, 24), date(2026, 12, 28)),
        (date(2026, 12, 31), date(2027, 1, 4)),
    ],
)
def test_a_last_day_moves_to_the_next_working_day(day, moved):
    assert workdays.workday_from(day) == moved


def test_the_working_day_before_skips_weekend_and_holidays():
    assert workdays.workday_before(date(2026, 4, 7)) == date(2026, 4, 2)
    assert workdays.workday_before(date(2026, 11, 24)) == date(2026, 11, 23)


def test_every_day_is_within_a_week_of_a_working_day():
    day = date(2024, 1, 1)
    while day < date(2028, 1, 1):
        assert workdays.workday_from(day) - day < timedelta(days=7)
        day += timedelta(days=1)


@given(st.dates(min_value=date(2006, 1, 1), max_value=date(2098, 12, 31)), st.integers(min_value=-60, max_value=60))
def test_months_after_keeps_the_day_or_takes_the_months_last(day, months):
    result = workdays.months_after(day, months)
    assert (result.year * 12 + result.month) - (day.year * 12 + day.month) == months
    assert result.day == day.day or (result + timedelta(days=1)).day == 1


def test_months_after_a_long_month_ends_on_the_shorter_months_last_day():
    assert workdays.months_after(date(2027, 12, 31), 2) == date(2028, 2, 29)
    assert workdays.months_after(date(2026, 12, 31), 2) == date(2027, 2, 28)
