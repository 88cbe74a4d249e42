"""The appeal clock with the test dates of docs/domain.md §4.2."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from applications.decisions.rules.clocks import last_day_of_appeal, legal_force_from
from vetting.kernel.workdays import is_workday


@pytest.mark.parametrize(
    ("announced", "last", "force"),
    [
        (date(2025, 12, 5), date(2025, 12, 29), date(2025, 12, 30)),  # annandag jul, then a weekend
        (date(2026, 5, 29), date(2026, 6, 22), date(2026, 6, 23)),  # midsommarafton
        (date(2026, 12, 15), date(2027, 1, 5), date(2027, 1, 6)),  # trettondagsafton does not move it
        (date(2026, 3, 4), date(2026, 3, 25), date(2026, 3, 26)),
    ],
)
def test_last_day_and_legal_force(announced, last, force):
    assert last_day_of_appeal(announced) == last
    assert legal_force_from(last) == force


@given(st.dates(min_value=date(2000, 1, 1), max_value=date(2080, 1, 1)))
def test_never_shorter_than_three_weeks_and_always_a_working_day(announced):
    last = last_day_of_appeal(announced)
    assert timedelta(weeks=3) <= last - announced <= timedelta(weeks=3, days=5)
    assert is_workday(last)
