"""The start page's figures: what they count, how they are drawn, and what an empty district is shown."""

import re
from collections import Counter, defaultdict
from datetime import date, timedelta
from decimal import Decimal
from statistics import median

import pytest

from applications.cases.models import Case
from applications.decisions.models import Decision
from applications.desk.today.drawing import bars, charts, curve, shares
from applications.desk.today.figures import Figures, Month, Pot, Week, figures_for
from applications.examples.demo.load import load_demo
from applications.grants.models import Round
from tests.factories import volume
from vetting.accounts.models import District
from vetting.kernel import clock

pytestmark = pytest.mark.django_db


def monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def test_the_figures_count_what_arrived_was_decided_and_was_granted():
    load_demo(password="ett-gott-losenord")
    here = District.objects.get(code="KUN")
    seen = figures_for(volume.acting("handlaggare"))
    cases, decisions = Case.objects.filter(district=here), Decision.objects.filter(district=here, matter="main")
    arrived = Counter(monday(day) for day in cases.values_list("received_date", flat=True) if day)
    decided = Counter(monday(day) for day in decisions.values_list("decided_on", flat=True))
    assert [week.monday for week in seen.weeks][-1] == monday(clock.today())
    assert [(week.arrived, week.decided) for week in seen.weeks] == [
        (arrived[week.monday], decided[week.monday]) for week in seen.weeks
    ]
    assert sum(week.decided for week in seen.weeks) > 0
    took = defaultdict(list)
    for decision in decisions.select_related("case"):
        took[decision.decided_on.replace(day=1)].append((decision.decided_on - decision.case.received_date).days)
    assert [month.days for month in seen.months] == [
        round(median(took[month.first])) if month.first in took else None for month in seen.months
    ]
    call = Round.objects.get(programme__district=here, pot_kr__isnull=False)
    granted = sum(decision.amount or Decimal(0) for decision in decisions)
    assert seen.pots == [Pot(str(call), call.pot_kr, granted)]
    assert seen.left == call.pot_kr - granted
    page = volume.signed_in("handlaggare").get("/idag/").content.decode()
    assert page.count("<figure") == page.count("<details><summary>") == 3


def test_another_districts_figures_are_not_counted():
    volume.fill(60)
    seen = figures_for(volume.acting("handlaggare-soder"))
    assert not sum(week.arrived + week.decided for week in seen.weeks)
    assert not seen.pots


def test_a_district_without_cases_is_told_so_instead_of_shown_empty_charts():
    page = volume.signed_in("handlaggare").get("/idag/").content.decode()
    assert '<svg viewBox="0 0 280 134"' not in page
    assert "Inget ärende har kommit in eller beslutats på åtta veckor." in page


def weeks(*counted: tuple[int, int]) -> list[Week]:
    return [Week(date(2026, 1, 5) + timedelta(weeks=place), *pair) for place, pair in enumerate(counted)]


@pytest.mark.parametrize("counted", [[(0, 1)] * 8, [(0, 0)] * 7 + [(9999, 3)], [(5, 12)] + [(0, 0)] * 7])
def test_bars_stand_on_the_line_within_the_field(counted):
    drawn = bars(weeks(*counted))
    for bar in drawn.bars:
        for one in (bar["arrived"], bar["decided"]):
            assert one["y"] + one["height"] == 112
            assert 20 <= one["y"] <= 112
    assert sum("top" in bar for bar in drawn.bars) == 1


def test_months_without_decisions_leave_no_point():
    months = [Month(date(2026, number, 1), days) for number, days in ((1, None), (2, 40), (3, None), (4, 0))]
    drawn = curve(months)
    assert len(drawn.points.split()) == 2
    assert [end["days"] for end in drawn.ends] == [40, 0]
    assert curve([Month(date(2026, 1, 1), None)]) is None
    assert len(curve(months[:2]).ends) == 1


def test_a_pot_that_is_overspent_stays_within_the_field_and_says_so():
    drawn = shares([Pot("Ett mycket långt namn på en utlysning 2026", Decimal(1000), Decimal(3000))])
    (bar,) = drawn.bars
    assert (bar["track"], bar["fill"]) == (280, 280)
    assert bar["name"].endswith("…")
    assert "3\u202f000" in drawn.said


def test_no_coordinate_carries_a_decimal_comma():
    drawn = charts(Figures(weeks(*[(7, 3)] * 8), [Month(date(2026, 1, 1), 7)], [Pot("A", Decimal(7), Decimal("2.5"))]))
    assert all(re.fullmatch(r"\d+,\d+", point) for point in drawn["months"].points.split())
    numbers = [value for bar in drawn["pots"].bars for key, value in bar.items() if key not in {"name", "word"}]
    assert all(isinstance(value, int) for value in numbers)
