"""What a programme asks of the review, and what contradicts itself in its terms."""

import pytest
from django.utils import translation

from applications.grants.programmes.rules import forms, review
from applications.grants.programmes.terms.choices import ReadAlways
from applications.grants.programmes.terms.day_of_year import DayOfYear
from applications.grants.programmes.terms.programme import ProgrammeTerms
from tests.factories.programmes import LEAST, TEXT, terms
from vetting.kernel.schema import read


def wrong(**more) -> dict[str, str]:
    with translation.override("en"):
        made, problems = read(ProgrammeTerms, {**LEAST, **more})
    assert made is None
    return {problem.where: problem.text for problem in problems}


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

AT_CLOSING = {"due_at_closing": True, "barred": "next_year"}
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
        ({"previous_report": AT_CLOSING, "window": {"kind": "announced"}}, "previous_report.due_at_closing"),
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
