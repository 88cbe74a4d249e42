"""The arrival day by channel (FL 22 §; docs/domain.md §4.1)."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from applications.cases.arrival import ArrivalRule, arrival, counts_earlier_by_default
from applications.cases.models import Channel
from vetting.kernel.clock import STOCKHOLM
from vetting.kernel.errors import Invalid
from vetting.kernel.workdays import is_workday

MOMENTS = st.integers(min_value=1_577_836_800, max_value=2_208_988_800).map(lambda s: datetime.fromtimestamp(s, UTC))
DIRECT = (Channel.PORTAL, Channel.EMAIL, Channel.IN_PERSON)
PAPER = (Channel.POST, Channel.LETTER_BOX)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=STOCKHOLM)


@pytest.mark.parametrize("channel", DIRECT)
def test_portal_mail_and_by_hand_count_the_day_and_hour(channel):
    came = arrival(channel=channel, reached_at=at("2026-02-28T23:58:30"))
    assert (came.day, came.hour, came.rule) == (date(2026, 2, 28), time(23, 58, 30), ArrivalRule.REACHED)


def test_the_day_is_stockholms_not_utcs():
    came = arrival(channel=Channel.EMAIL, reached_at=datetime(2026, 2, 28, 23, 30, tzinfo=UTC))
    assert (came.day, came.hour) == (date(2026, 3, 1), time(0, 30))


@pytest.mark.parametrize(
    ("reached", "counted"),
    [
        ("2026-01-30T09:00", date(2026, 1, 29)),  # Friday → Thursday
        ("2026-02-02T09:00", date(2026, 1, 30)),  # Monday → Friday
        ("2026-01-07T09:00", date(2026, 1, 5)),  # over trettondedag jul
        ("2026-06-22T09:00", date(2026, 6, 18)),  # over midsommarafton
        ("2026-12-28T09:00", date(2026, 12, 23)),  # over Christmas and a weekend
    ],
)
@pytest.mark.parametrize("channel", PAPER)
def test_paper_counts_the_working_day_before_and_no_hour(channel, reached, counted):
    came = arrival(channel=channel, reached_at=at(reached))
    assert (came.day, came.hour) == (counted, None)


@pytest.mark.parametrize("channel", PAPER)
def test_unticked_paper_counts_its_own_day_and_needs_a_reason(channel):
    with pytest.raises(Invalid) as caught:
        arrival(channel=channel, reached_at=at("2026-01-30T14:00"), counts_earlier=False, reason="  ")
    assert list(caught.value.fields) == ["counts_earlier_reason"]
    came = arrival(
        channel=channel, reached_at=at("2026-01-30T14:00"), counts_earlier=False, reason="Fanns vid andra tömningen"
    )
    assert (came.day, came.hour, came.reason) == (date(2026, 1, 30), time(14), "Fanns vid andra tömningen")


@given(st.sampled_from(Channel), MOMENTS)
def test_paper_never_counts_later_and_always_a_working_day(channel, reached_at):
    came = arrival(channel=channel, reached_at=reached_at)
    reached_on = reached_at.astimezone(STOCKHOLM).date()
    assert came.day <= reached_on
    assert counts_earlier_by_default(channel) == (came.hour is None)
    if channel in PAPER:
        assert is_workday(came.day)
        assert reached_on - came.day <= timedelta(days=6)
    else:
        assert came.day == reached_on


def test_every_rule_has_its_sentence():
    for channel in Channel:
        assert str(arrival(channel=channel, reached_at=at("2026-03-03T10:00")).sentence)
