"""A plan of reminders: what it may say, and when its steps are owed."""

from copy import deepcopy
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vetting.obligations.plan import next_day, owed, problems, shipped, steps_of

STEPS = steps_of(shipped())


def test_the_shipped_plan_is_an_example_with_the_five_days():
    assert shipped()["label"] == "exempel"
    assert [step.day for step in STEPS] == [-30, -7, 0, 7, 21]


def test_a_mail_says_case_number_and_last_day_and_what_is_owed_only():
    words = {
        "what": "redovisning",
        "number": "KUN 2026/0001",
        "last_day": "3 mars 2027",
        "link": "https://x.example/",
        "sender": "Nämnden",
    }
    for step in STEPS:
        for language in ("sv", "en"):
            body = step.body(language, words)
            assert "KUN 2026/0001" in body and "3 mars 2027" in body
            assert "\n" not in step.subject(language, words)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"steps": []}, "at least one step"),
        ({"steps": "no"}, "at least one step"),
        ({("steps", 0, "day"): 5}, "order of their days"),
        ({("steps", 0, "day"): "soon"}, "whole number of days"),
        ({("steps", 0, "day"): True}, "whole number of days"),
        ({("steps", 0, "code"): "due"}, "same code"),
        ({("steps", 0, "code"): ""}, "the code is"),
        ({("steps", 0, "to"): ["everybody"]}, "who is told"),
        ({("steps", 0, "to"): []}, "who is told"),
        ({("steps", 0, "body_en"): ""}, "body_en is missing"),
        ({("steps", 0, "body_sv"): "Sista dag {last_day}"}, "must say {number}"),
        ({("steps", 0, "body_sv"): "{number} {last_day} {applicant}"}, "unknown {applicant}"),
        ({("steps", 0, "body_sv"): "{number} {last_day} {number.__class__}"}, "unknown {number.__class__}"),
        ({("steps", 0, "subject_sv"): "{number"}, "subject_sv"),
    ],
)
def test_what_is_wrong_with_a_plan_is_said(change, said):
    content = deepcopy(shipped())
    for place, value in change.items():
        target = content
        *way, last = place if isinstance(place, tuple) else (place,)
        for part in way:
            target = target[part]
        target[last] = value
    assert any(said in problem for problem in problems(content))
    with pytest.raises(ValueError, match="."):
        steps_of(content)


@given(
    st.dates(date(2025, 1, 1), date(2040, 12, 31)),
    st.lists(st.integers(1, 40), min_size=1, max_size=40),
)
def test_however_long_the_stops_each_step_is_owed_exactly_once(due_on, strides):
    """A walk over the days in steps of any length meets every step once and none before its day (trust F10)."""
    today = due_on - timedelta(days=40)
    next_on, taken = next_day(STEPS, due_on, on_or_after=today), []
    for stride in [*strides, 100]:
        today += timedelta(days=stride)
        if next_on is not None and next_on <= today:
            found = owed(STEPS, due_on, since=next_on, until=today)
            assert found and all(step.owed_on(due_on) <= today for step in found)
            taken += [step.code for step in found]
            next_on = next_day(STEPS, due_on, on_or_after=today + timedelta(days=1))
    assert taken == [step.code for step in STEPS]
    assert next_on is None
