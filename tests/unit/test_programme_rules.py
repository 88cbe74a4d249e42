"""What follows from a programme's terms: sums, papers, days, the gate of the previous report, the review's flags."""

from datetime import date, time
from decimal import Decimal

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from applications.grants.programmes.rules import attachments, days, forms, previous_report, review, sums
from applications.grants.programmes.terms.choices import ForYear, ReadAlways
from applications.grants.programmes.terms.day_of_year import DayOfYear
from applications.grants.programmes.terms.handling import Handling
from applications.grants.programmes.terms.papers import PreviousReport, Report
from applications.grants.programmes.terms.programme import ProgrammeTerms
from applications.grants.programmes.terms.window import Window
from vetting.kernel.schema import read
from vetting.kernel.workdays import is_workday

TEXT = {"sv": "Text", "en": "Text"}
LEAST = {
    "name": {"sv": "Stöd", "en": "Support"},
    "window": {"kind": "announced"},
    "criteria": [{"point": "1", "title": TEXT, "text": TEXT}],
    "clauses": {"repayment": TEXT, "interest": TEXT},
}


def terms(**more) -> ProgrammeTerms:
    made, problems = read(ProgrammeTerms, {**LEAST, **more})
    assert problems == []
    return made


def wrong(**more) -> dict[str, str]:
    with translation.override("en"):
        made, problems = read(ProgrammeTerms, {**LEAST, **more})
    assert made is None
    return {problem.where: problem.text for problem in problems}


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
    assert sorted([DayOfYear.read("09-15"), DayOfYear.read("01-31")])[0].month == 1


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


# Sums

DAYS_OF_THE_DISTRICT = terms(
    amounts={"cap_kr": 100_000},
    forms=[
        {"code": "aktiviteter", "name": TEXT, "amounts": {"cap_kr": 20_000}},
        {"code": "stadsdelsdagar", "name": TEXT, "amounts": {"fixed_kr": [25_000, 50_000]}},
        {"code": "allmant", "name": TEXT},
    ],
)


@pytest.mark.parametrize(
    ("form", "amount", "codes"),
    [
        ("", 100_000, []),
        ("", "100000.01", ["over_cap"]),
        ("aktiviteter", 20_000, []),
        ("aktiviteter", 20_001, ["over_cap"]),
        ("stadsdelsdagar", 50_000, []),
        ("stadsdelsdagar", 30_000, ["not_fixed_sum"]),
        ("stadsdelsdagar", 150_000, ["over_cap", "not_fixed_sum"]),
        ("allmant", 100_001, ["over_cap"]),
    ],
)
def test_a_form_has_its_own_ceiling_and_the_programmes_otherwise(form, amount, codes):
    assert [reason.code for reason in sums.sum_reasons(DAYS_OF_THE_DISTRICT, Decimal(amount), form)] == codes


def test_the_activity_formula():
    rates = [
        {"code": "7-12", "name": TEXT, "kr": Decimal("3.50"), "age_from": 7, "age_to": 12},
        {"code": "13-", "name": TEXT, "kr": Decimal("13.80"), "age_from": 13},
    ]
    formula = terms(amounts={"formula": {"base_kr": 5000, "rates": rates}}).amounts.formula
    assert sums.formula_sum(formula, {"7-12": 101, "13-": 7}) == Decimal("5450.10")
    with pytest.raises(KeyError):
        sums.formula_sum(formula, {"7-12": 101})


SPORT = terms(
    applicants={
        "thresholds": [
            {
                "code": "general",
                "name": TEXT,
                "members_at_least": 20,
                "age_from": 7,
                "age_to": 20,
                "percent_in_municipality": 50,
                "activities_at_least": 15,
            },
            {"code": "disability", "name": TEXT, "members_at_least": 10, "activities_at_least": 10},
        ]
    }
)


@pytest.mark.parametrize(
    ("general", "disability", "codes"),
    [
        (sums.Size(20, 10, 15), sums.Size(), []),
        (sums.Size(20, 9, 15), sums.Size(), ["too_few_registered"]),
        (sums.Size(19, 19, 14), sums.Size(), ["too_few_members", "too_few_activities"]),
        (sums.Size(), sums.Size(10, 0, 10), []),
        (sums.Size(), sums.Size(), ["too_few_members", "too_few_activities", "too_few_registered"]),
    ],
)
def test_one_threshold_of_several_is_enough_and_unknown_is_not(general, disability, codes):
    found = sums.size_reasons(SPORT, {"general": general, "disability": disability})
    assert [reason.code for reason in found] == codes


# Papers by the sum

PAPERS = terms(
    attachments=[
        {"code": "stadgar", "kind": "statutes"},
        {"code": "protokoll", "kind": "annual_minutes", "max_age_months": 15, "signed": True},
        {"code": "budget", "kind": "budget", "above_kr": 300_000},
        {"code": "hot", "kind": "declaration", "above_kr": 400_000},
        {"code": "revisor", "kind": "audit_report", "from_price_base_amounts": 5},
    ],
    price_base_amounts=[{"year": 2025, "kr": 58_800}, {"year": 2026, "kr": 59_200}],
)


@pytest.mark.parametrize(
    ("amount", "year", "extra"),
    [
        (293_999, 2025, []),
        (294_000, 2025, ["revisor"]),  # 5 × 58 800
        (294_000, 2026, []),
        (296_000, 2026, ["revisor"]),
        (300_000, 2026, ["revisor"]),
        (300_001, 2026, ["budget", "revisor"]),
        (400_001, 2026, ["budget", "hot", "revisor"]),
        (296_000, 2030, ["revisor"]),  # the newest that is known
    ],
)
def test_papers_by_the_sum_applied_for(amount, year, extra):
    found = attachments.required_attachments(PAPERS, Decimal(amount), date(year, 3, 1))
    assert [one.attachment.code for one in found] == ["stadgar", "protokoll", *extra]
    for one in found:
        if one.attachment.code == "revisor":
            assert one.base_year == (2026 if year == 2030 else None)


def test_how_old_a_paper_may_be():
    found = attachments.required_attachments(PAPERS, Decimal(1), date(2026, 3, 31))
    assert [one.oldest for one in found] == [None, date(2024, 12, 31)]


@given(st.decimals(1, 10**6, places=0), st.decimals(1, 10**6, places=0))
def test_a_larger_sum_never_needs_fewer_papers(one, other):
    small, large = sorted([one, other])
    on = date(2026, 1, 1)
    papers = [
        {each.attachment.code for each in attachments.required_attachments(PAPERS, amount, on)}
        for amount in (small, large)
    ]
    assert papers[0] <= papers[1]


# What the review asks


def test_the_checklists_rule_flags_come_from_the_terms():
    assert review.rule_flags(terms()) == {"orgnr_required"}
    full = terms(
        applicants={"orgnr_required": False, "not_in_arrears": True},
        values={
            "statutes_must_show": [TEXT],
            "cooperation_clause": TEXT,
            "equality_weighed": True,
            "safety_routines_required": True,
        },
    )
    assert review.rule_flags(full) == {
        "tax_debt_bars",
        "commitment_in_statutes",
        "cooperation_clause",
        "equality_weighed",
        "safety_routines_required",
    }


def test_a_programme_asks_all_questions_unless_it_names_some():
    asked = review.asked_questions(terms())
    assert asked[:3] == ("A1", "A2", "A3")
    assert asked[11:14] == ("A12", "A12a", "A13")
    assert len(asked) == 25
    assert review.asked_questions(terms(checklist={"questions": ["A13", "A1"]})) == ("A1", "A13")


# What contradicts itself is refused, with the place

DRAWS_TOO_MANY = {"always": [*ReadAlways], "share_percent": 101}


@pytest.mark.parametrize(
    ("more", "place"),
    [
        ({"window": {"kind": "yearly"}}, "window.closes"),
        ({"window": {"kind": "rolling", "closes": "01-31"}}, "window.closes"),
        ({"window": {"kind": "announced", "closes_time": "12:00"}}, "window.closes_time"),
        ({"window": {"kind": "meetings"}}, "window.meetings"),
        ({"window": {"kind": "meetings", "meetings": [{"on": "03-01"}]}}, "window.meetings[1].closes"),
        ({"window": {"kind": "rolling", "within": [{"of": "event"}]}}, "window.within[1]"),
        ({"late": {"rule": "reduced"}}, "late.percent"),
        ({"late": {"rule": "reduced", "percent": 101}}, "late.percent"),
        ({"amounts": {"cap_kr": 10, "fixed_kr": [20]}}, "amounts.fixed_kr"),
        ({"payment": [{"percent": 50, "when": "on_decision"}]}, "payment"),
        ({"payment": [{"percent": 100, "when": "quarter_in_advance"}]}, "payment[1].quarter"),
        ({"forms": [{"code": "b", "name": TEXT, "only_after": ["a"]}]}, "forms[b].only_after"),
        ({"forms": [{"code": "b", "name": TEXT}, {"code": "b", "name": TEXT}]}, "forms[b]"),
        ({"forms_may_overlap": False}, "forms_may_overlap"),
        ({"criteria": []}, "criteria"),
        ({"previous_report": {"barred": "next_year"}}, "previous_report.due"),
        ({"previous_report": {"due_at_closing": True, "barred": "next_year"}}, "previous_report.due_at_closing"),
        ({"attachments": [{"code": "r", "kind": "audit_report", "from_price_base_amounts": 5}]}, "price_base_amounts"),
        ({"attachments": [{"code": "r", "kind": "budget", "from_kr": 5, "above_kr": 5}]}, "attachments[r]"),
        ({"report": {"due": "02-28"}}, "report.due_year"),
        ({"report": {}}, "report"),
        ({"handling": {"hearing_days": 3}}, "handling.hearing_days"),
        (
            {"handling": {"second_reader": {"always": [*ReadAlways], "share_percent": 101}}},
            "handling.second_reader.share_percent",
        ),
        ({"checklist": {"questions": ["A25"]}}, "checklist.questions"),
        ({"checklist": {"least_looked_at": ["nothing_more"]}}, "checklist.least_looked_at"),
        ({"applicants": {"min_years_active": 0}}, "applicants.min_years_active"),
    ],
)
def test_contradictions_are_refused_at_their_place(more, place):
    assert list(wrong(**more)) == [place]


def test_forms_fall_back_to_the_programme():
    both = terms(
        forms=[
            {"code": "a", "name": TEXT, "window": {"kind": "yearly", "closes": "01-31"}},
            {"code": "b", "name": TEXT},
        ]
    )
    assert forms.window_for(both, "a").closes == DayOfYear(1, 31)
    assert forms.window_for(both, "b") == both.window == forms.window_for(both, "unknown")
