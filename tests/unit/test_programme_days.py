"""First and last days, and the gate of the previous report (docs/domain.md §1.2, §3.1 A9)."""

from datetime import date, time

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from applications.grants.programmes.rules import days, previous_report
from applications.grants.programmes.terms.choices import ForYear
from applications.grants.programmes.terms.day_of_year import DayOfYear
from applications.grants.programmes.terms.handling import Handling
from applications.grants.programmes.terms.papers import PreviousReport, Report
from applications.grants.programmes.terms.window import Window
from vetting.kernel.schema import read
from vetting.kernel.workdays import is_workday


def window(**data) -> Window:
    made, problems = read(Window, data)
    assert problems == []
    return made


# Days of the year


@pytest.mark.parametrize("bad", ["2-28", "02-30", "13-01", "00-10", "02-31", "last", "02-28 ", "2026-02-28", 228, None])
def test_a_day_that_never_comes_is_refused(bad):
    with pytest.raises(ValueError, match=r".*"):
        DayOfYear.read(bad)


def test_the_last_day_of_february_follows_the_year():
    last = DayOfYear.read("02-last")
    assert [last.in_year(year) for year in (2026, 2028)] == [date(2026, 2, 28), date(2028, 2, 29)]
    assert DayOfYear.read("02-29").in_year(2026) == date(2026, 2, 28)
    with translation.override("sv"):
        assert str(last) == "sista dagen i februari"


# Rounds that can be announced


def test_kungsholmens_window_opens_in_september_for_next_year():
    given_window = window(kind="yearly", opens="09-01", closes="12-31", for_year="next")
    (dates,) = days.proposed_dates(given_window, date(2026, 11, 21))
    assert (dates.opens_on, dates.closes_on) == (date(2026, 9, 1), date(2026, 12, 31))
    assert (dates.period_from, dates.period_to) == (date(2027, 1, 1), date(2027, 12, 31))
    (after,) = days.proposed_dates(given_window, date(2027, 1, 1))
    assert after.closes_on == date(2027, 12, 31)


def test_a_window_over_new_year_opens_the_year_before():
    (dates,) = days.proposed_dates(window(kind="yearly", opens="11-01", closes="02-28"), date(2026, 12, 1))
    assert (dates.opens_on, dates.closes_on) == (date(2026, 11, 1), date(2027, 2, 28))


def test_the_board_decides_after_the_last_day():
    (dates,) = days.proposed_dates(window(kind="yearly", closes="10-13", board_decides="11-16"), date(2021, 9, 1))
    assert dates.meeting_on == date(2021, 11, 16)
    (over,) = days.proposed_dates(window(kind="yearly", closes="12-31", board_decides="02-15"), date(2026, 9, 1))
    assert over.meeting_on == date(2027, 2, 15)


def test_the_hour_is_the_programmes():
    (dates,) = days.proposed_dates(window(kind="yearly", closes="01-29", closes_time=time(12)), date(2021, 1, 1))
    assert dates.closes_time == time(12)


def test_four_meetings_a_year_give_four_cut_offs_two_months_before():
    meetings = [{"on": "02-18"}, {"on": "05-20"}, {"on": "09-23"}, {"on": "12-16", "closes": "10-10"}]
    found = days.proposed_dates(window(kind="meetings", cut_off_months=2, meetings=meetings), date(2026, 3, 21))
    assert [(one.closes_on, one.meeting_on) for one in found] == [
        (date(2026, 7, 23), date(2026, 9, 23)),
        (date(2026, 10, 10), date(2026, 12, 16)),
        (date(2026, 12, 18), date(2027, 2, 18)),
        (date(2027, 3, 20), date(2027, 5, 20)),
    ]


def test_rolling_and_announced():
    (dates,) = days.proposed_dates(window(kind="rolling"), date(2026, 3, 1))
    assert (dates.closes_on, dates.period_to) == (None, date(2026, 12, 31))
    assert days.proposed_dates(window(kind="announced"), date(2026, 3, 1)) == []


@given(st.dates(date(2006, 1, 1), date(2090, 1, 1)), st.dates(date(2000, 1, 1), date(2000, 12, 31)))
def test_a_proposed_last_day_has_not_passed_and_comes_within_a_year(on, last):
    (dates,) = days.proposed_dates(window(kind="yearly", closes=f"{last:%m-%d}", opens="06-01"), on)
    assert 0 <= (dates.closes_on - on).days <= 366
    assert dates.opens_on <= dates.closes_on


def test_two_months_after_the_event_or_one_year_after_founding():
    rolling = window(kind="rolling", within=[{"of": "event", "months": 2}, {"of": "founding", "years": 1}])
    event, founded = date(2026, 12, 31), date(2026, 1, 15)
    assert days.last_day_within(rolling, event_on=event) == date(2027, 2, 28)
    assert days.last_day_within(rolling, founded_on=founded) == date(2027, 1, 15)
    assert days.last_day_within(rolling, event_on=event, founded_on=founded) == date(2027, 1, 15)
    assert days.last_day_within(rolling) is None


@given(st.dates(date(2020, 1, 1), date(2090, 1, 1)), st.integers(5, 90))
def test_a_day_the_district_sets_is_a_working_day_and_never_too_short(on, length):
    handling = Handling(completion_days=length, hearing_days=length)
    for last in (days.completion_last_day(handling, on), days.earliest_hearing_day(handling, on)):
        assert is_workday(last)
        assert (last - on).days >= length


def test_the_report_day_counts_from_period_or_event():
    period_to = date(2026, 12, 31)
    next_february = Report(due=DayOfYear(2, None), due_year=ForYear.NEXT)
    assert days.last_report_day(next_february, period_to=period_to) == date(2027, 2, 28)
    assert days.last_report_day(Report(months_after_period=3), period_to=period_to) == date(2027, 3, 31)
    after_event = Report(months_after_event=2)
    assert days.last_report_day(after_event, period_to=period_to) is None
    assert days.last_report_day(after_event, event_on=date(2026, 6, 6)) == date(2026, 8, 6)


# The gate of the previous report

BROMMA = PreviousReport(due=DayOfYear(12, 31), barred="next_year")
SKARPNACK, _none = read(PreviousReport, {"due_at_closing": True, "barred": "no_new_grant"})
HAD = previous_report.EarlierSupport(had_support=True)


@pytest.mark.parametrize(
    ("rule", "reported_on", "today", "barred"),
    [
        ("bromma", None, date(2025, 12, 31), False),  # the day has not passed
        ("bromma", None, date(2026, 1, 1), True),
        ("bromma", date(2025, 12, 31), date(2026, 3, 1), False),
        ("bromma", date(2026, 1, 1), date(2026, 3, 1), True),
        ("skarpnäck", date(2026, 2, 28), date(2026, 3, 1), False),
        ("skarpnäck", None, date(2026, 2, 28), False),
        ("skarpnäck", None, date(2026, 3, 1), True),
    ],
)
def test_a_missing_or_late_report_bars_with_a_reason(rule, reported_on, today, barred):
    stated, _ = read(
        PreviousReport,
        {"due": "12-31", "barred": "next_year"}
        if rule == "bromma"
        else {"due_at_closing": True, "barred": "no_new_grant"},
    )
    reason = previous_report.previous_report_reason(
        stated,
        previous_report.EarlierSupport(had_support=True, reported_on=reported_on),
        closes_on=date(2026, 2, 28),
        applied_on=date(2026, 2, 20),
        today=today,
    )
    assert (reason is not None) is barred
    if reason:
        assert reason.code == ("report_barred_next_year" if rule == "bromma" else "report_no_new_grant")


def test_new_applicants_and_programmes_without_the_rule_meet_no_gate():
    day = date(2026, 3, 1)
    more = {"closes_on": day, "applied_on": day, "today": date(2030, 1, 1)}
    newcomer = previous_report.EarlierSupport(had_support=False)
    assert previous_report.previous_report_reason(BROMMA, newcomer, **more) is None
    assert previous_report.previous_report_reason(None, HAD, **more) is None
