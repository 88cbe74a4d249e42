"""What a grant would depart from: each hard rule of a programme, with what it is judged on."""

from datetime import date
from decimal import Decimal

import pytest

from applications.grants.programmes.rules.departures import CaseFacts, departures
from applications.grants.programmes.rules.earlier import Earlier
from applications.grants.programmes.rules.lateness import Lateness
from tests.factories.programmes import TEXT, terms

CAME, TODAY = date(2026, 2, 10), date(2026, 3, 1)
YEAR = (date(2026, 1, 1), date(2026, 12, 31))
FORMS = [
    {"code": "verksamhet", "name": TEXT, "per_year": 1},
    {"code": "aktivitet", "name": TEXT, "per_year": 2, "amounts": {"cap_kr": 20_000}},
    {"code": "fortsatt", "name": TEXT, "only_after": ["verksamhet"]},
]


def facts(**more):
    given = {
        "today": TODAY,
        "came_on": CAME,
        "closes_on": date(2026, 2, 28),
        "applied": Decimal(30_000),
        "period": YEAR,
    }
    return CaseFacts(**given | more)


def earlier(**more):
    given = {"number": "KUN 2025/0007", "key": "k", "same_programme": True, "received_on": date(2026, 1, 20)}
    return Earlier(**given | more)


def codes(rules, known, amount=None):
    return [one.code for one in departures(rules, known, None if amount is None else Decimal(amount))]


def test_a_programme_without_hard_rules_is_departed_from_by_nothing():
    assert codes(terms(), facts(earlier=(earlier(granted=True),)), 10**6) == []


@pytest.mark.parametrize(("amount", "found"), [(20_000, []), (20_001, ["over_cap"])])
def test_the_sum_of_the_form(amount, found):
    assert codes(terms(forms=FORMS), facts(form_code="aktivitet"), amount) == found


@pytest.mark.parametrize(
    ("late", "amount", "found"),
    [
        ({"rule": "no_grant"}, 1, ["late_no_grant"]),
        ({"rule": "reduced", "percent": 25}, 22_500, []),
        ({"rule": "reduced", "percent": 25}, 22_501, ["late_reduced"]),
        ({"rule": "reduced", "percent": 10, "each": "started_week"}, 24_001, ["late_reduced"]),  # two weeks
        (None, 30_000, []),  # the programme says nothing: a person assesses
    ],
)
def test_a_late_application(late, amount, found):
    rules = terms(**({"late": late} if late else {}))
    assert codes(rules, facts(late=Lateness(8, 2, reason=object())), amount) == found
    assert codes(rules, facts(), 30_000) == []


def test_a_ceiling_comes_before_the_reduction():
    rules = terms(late={"rule": "reduced", "percent": 50}, amounts={"cap_kr": 10_000})
    assert codes(rules, facts(late=Lateness(1, 1, reason=object())), 5_000) == []
    assert codes(rules, facts(late=Lateness(1, 1, reason=object())), 5_001) == ["late_reduced"]


@pytest.mark.parametrize(("came", "found"), [(date(2026, 7, 1), []), (date(2026, 7, 2), ["within_passed"]), (None, [])])
def test_the_last_day_counted_from_the_event(came, found):
    rules = terms(window={"kind": "rolling", "within": [{"of": "event", "months": 2}]})
    assert codes(rules, facts(came_on=came, closes_on=None, period=(date(2026, 5, 1), None))) == found


def test_so_many_times_a_year():
    rules, known = terms(forms=FORMS), (earlier(form_code="verksamhet"),)
    assert codes(rules, facts(form_code="verksamhet", earlier=known)) == ["per_year"]
    assert codes(rules, facts(form_code="aktivitet", earlier=known)) == []
    for other in ({"received_on": date(2025, 12, 30)}, {"fell_away": True}, {"same_programme": False}):
        free = (earlier(form_code="verksamhet", **other),)
        assert codes(rules, facts(form_code="verksamhet", earlier=free)) == []


def test_only_for_those_who_had_another_form():
    rules = terms(forms=FORMS)
    had = earlier(form_code="verksamhet", granted=True, received_on=date(2024, 1, 1))
    assert codes(rules, facts(form_code="fortsatt")) == ["only_after"]
    assert codes(rules, facts(form_code="fortsatt", earlier=(earlier(form_code="verksamhet"),))) == ["only_after"]
    assert codes(rules, facts(form_code="fortsatt", earlier=(had,))) == []


def test_forms_that_may_not_overlap():
    rules = terms(forms=FORMS, forms_may_overlap=False)
    running = {"granted": True, "starts_on": date(2025, 7, 1), "ended_on": date(2026, 1, 1)}
    assert codes(rules, facts(form_code="aktivitet", earlier=(earlier(form_code="fortsatt", **running),))) == [
        "forms_overlap"
    ]
    over = running | {"ended_on": date(2025, 12, 31)}
    for free in (earlier(form_code="fortsatt", **over), earlier(form_code="aktivitet", **running)):
        assert codes(rules, facts(form_code="aktivitet", earlier=(free,))) == []


YOUNG = {"code": "unga", "name": TEXT, "members_at_least": 20, "age_from": 7, "age_to": 20}
ALL = {"code": "alla", "name": TEXT, "members_at_least": 50}


@pytest.mark.parametrize(
    ("thresholds", "members", "found"),
    [
        ([ALL], 49, ["too_few_members"]),
        ([ALL], 50, []),
        ([ALL], None, []),  # not known: a person finds out
        ([YOUNG], 19, ["too_few_members"]),  # fewer in all than of that age are asked for
        ([YOUNG], 400, []),  # of that age is not known
        ([ALL, YOUNG], 30, []),
        ([{**YOUNG, "members_at_least": None, "activities_at_least": 15}], 3, []),
    ],
)
def test_the_least_size_from_what_the_register_counts(thresholds, members, found):
    rules = terms(applicants={"thresholds": [{k: v for k, v in one.items() if v is not None} for one in thresholds]})
    assert codes(rules, facts(members=members)) == found


REPORT = {"previous_report": {"due": "12-31", "barred": "next_year"}}
SUPPORT = {"granted": True, "ended_on": date(2025, 12, 31)}


@pytest.mark.parametrize(
    ("more", "found"),
    [
        ({}, ["report_barred_next_year"]),
        ({"reported_on": date(2025, 12, 31)}, []),
        ({"reported_on": date(2026, 1, 2)}, ["report_barred_next_year"]),
        ({"ended_on": date(2026, 12, 31)}, []),  # runs still: nothing is owed
        ({"granted": False}, []),
        ({"same_programme": False}, []),
        ({"settled_on": date(2026, 2, 1)}, []),  # closed: nothing is left to report
    ],
)
def test_the_gate_of_the_previous_report(more, found):
    assert codes(terms(**REPORT), facts(earlier=(earlier(**SUPPORT | more),))) == found
