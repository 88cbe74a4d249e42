"""Late or not, and what the programme says then (docs/domain.md §1.2, §4.1)."""

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from applications.cases.arrival import Arrival, ArrivalRule, arrival
from applications.cases.models import Channel
from applications.grants.programmes.rules.lateness import (
    Deadline,
    LateKind,
    late_effect,
    lateness,
    reduced,
)
from applications.grants.programmes.terms.choices import LateRule, LateStep
from applications.grants.programmes.terms.window import Late
from vetting.kernel.clock import STOCKHOLM

FRIDAY = date(2021, 1, 29)
NOON = Deadline(FRIDAY, time(12), postmark_counts=False)  # Skarpnäck 2021


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=STOCKHOLM)


@pytest.mark.parametrize(
    ("channel", "reached", "late"),
    [
        (Channel.EMAIL, "2021-01-29T11:59:59", False),
        (Channel.EMAIL, "2021-01-29T12:00:59", False),  # it came at 12.00
        (Channel.EMAIL, "2021-01-29T12:01", True),
        (Channel.IN_PERSON, "2021-01-29T14:00", True),
        (Channel.PORTAL, "2021-01-30T00:00", True),
        (Channel.POST, "2021-02-01T09:00", False),  # counted to Friday, and no hour is held against paper
        (Channel.LETTER_BOX, "2021-02-01T07:30", False),
        (Channel.POST, "2021-02-02T09:00", True),
    ],
)
def test_an_hour_limit_never_beats_the_arrival_day_of_paper(channel, reached, late):
    came = arrival(channel=channel, reached_at=at(reached))
    assert lateness(NOON, came).is_late is late


def test_paper_unticked_on_the_last_day_is_held_to_the_hour():
    came = arrival(channel=Channel.POST, reached_at=at("2021-01-29T14:00"), counts_earlier=False, reason="Bud kl. 14")
    late = lateness(NOON, came)
    assert (late.is_late, late.by_hour, late.days, late.weeks) == (True, True, 0, 1)


def test_without_an_hour_the_whole_last_day_is_in_time():
    came = arrival(channel=Channel.EMAIL, reached_at=at("2021-01-29T23:59:59"))
    assert not lateness(Deadline(FRIDAY), came).is_late


def test_a_rolling_round_is_never_late():
    came = arrival(channel=Channel.EMAIL, reached_at=at("2031-01-01T00:00"))
    assert not lateness(Deadline(None), came).is_late


def test_a_postmark_helps_only_where_the_programme_says_so():
    came = arrival(channel=Channel.POST, reached_at=at("2021-02-03T09:00"))
    assert not lateness(Deadline(FRIDAY, postmark_counts=True), came, postmarked_on=FRIDAY).is_late
    assert lateness(Deadline(FRIDAY, postmark_counts=True), came, postmarked_on=FRIDAY + timedelta(days=1)).is_late
    assert lateness(Deadline(FRIDAY), came, postmarked_on=FRIDAY).is_late


@given(st.integers(min_value=1, max_value=400))
def test_days_and_started_weeks(days):
    late = lateness(Deadline(FRIDAY), Arrival(FRIDAY + timedelta(days=days), None, ArrivalRule.REACHED))
    assert late.days == days
    assert 7 * (late.weeks - 1) < days <= 7 * late.weeks
    assert str(late.reason)


@given(
    st.integers(min_value=1_600_000_000, max_value=1_700_000_000),
    st.integers(min_value=0, max_value=10_000_000),
    st.sampled_from([Channel.PORTAL, Channel.EMAIL, Channel.IN_PERSON]),
)
def test_whoever_comes_later_by_the_same_way_is_never_earlier(first, wait, channel):
    moments = [datetime.fromtimestamp(first, UTC), datetime.fromtimestamp(first + wait, UTC)]
    lates = [lateness(NOON, arrival(channel=channel, reached_at=moment)) for moment in moments]
    assert (lates[0].is_late, lates[0].days) <= (lates[1].is_late, lates[1].days)


ONCE = Late(rule=LateRule.REDUCED, percent=Decimal(25))
WEEKLY = Late(rule=LateRule.REDUCED, percent=Decimal(10), each=LateStep.STARTED_WEEK)


def late_by(days: int):
    return lateness(Deadline(FRIDAY), Arrival(FRIDAY + timedelta(days=days), None, ArrivalRule.REACHED))


@pytest.mark.parametrize(
    ("rule", "days", "kind", "percent"),
    [
        (None, 0, LateKind.IN_TIME, 0),
        (None, 1, LateKind.NOT_STATED, 0),
        (Late(rule=LateRule.NO_GRANT), 1, LateKind.NO_GRANT, 0),
        (ONCE, 0, LateKind.IN_TIME, 0),
        (ONCE, 1, LateKind.REDUCED, 25),
        (ONCE, 60, LateKind.REDUCED, 25),
        (WEEKLY, 1, LateKind.REDUCED, 10),
        (WEEKLY, 7, LateKind.REDUCED, 10),
        (WEEKLY, 8, LateKind.REDUCED, 20),
        (WEEKLY, 71, LateKind.REDUCED, 100),  # never more than all of it
    ],
)
def test_what_the_programme_says_about_lateness(rule, days, kind, percent):
    effect = late_effect(rule, late_by(days))
    assert (effect.kind, effect.percent) == (kind, percent)


def test_a_reduction_is_rounded_half_up_to_the_ore():
    assert reduced(Decimal("33333.33"), late_effect(ONCE, late_by(1))) == Decimal("25000.00")
    assert reduced(Decimal("0.02"), late_effect(ONCE, late_by(1))) == Decimal("0.02")
    assert reduced(Decimal(24000), late_effect(Late(rule=LateRule.NO_GRANT), late_by(1))) == 0
    assert reduced(Decimal(24000), late_effect(None, late_by(1))) == Decimal(24000)


@given(st.decimals(0, 10**7, places=2), st.integers(min_value=0, max_value=400))
def test_a_reduction_never_gives_more_and_never_less_than_nothing(amount, days):
    assert 0 <= reduced(amount, late_effect(WEEKLY, late_by(days))) <= amount
