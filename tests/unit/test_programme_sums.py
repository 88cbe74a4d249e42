"""What the programme says about a sum: ceilings, formulas, least sizes, and the papers it needs."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from applications.grants.programmes.rules import attachments, sums
from tests.factories.programmes import TEXT, terms

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


# Papers the register holds

CAME = date(2026, 3, 31)


@pytest.mark.parametrize(
    ("code", "held", "counts"),
    [
        ("stadgar", attachments.Held("statutes", date(2011, 4, 2)), True),  # until they are changed
        ("stadgar", attachments.Held("statutes", date(2011, 4, 2), result="in_order"), True),
        ("stadgar", attachments.Held("statutes", date(2025, 4, 2), result="incomplete"), False),
        ("stadgar", attachments.Held("annual_minutes", date(2026, 3, 1)), False),
        ("protokoll", attachments.Held("annual_minutes", date(2024, 12, 31)), True),  # the programme's 15 months
        ("protokoll", attachments.Held("annual_minutes", date(2024, 12, 30)), False),
        ("protokoll", attachments.Held("annual_minutes", date(2026, 3, 1), signed=False), False),
        ("protokoll", attachments.Held("annual_minutes", date(2026, 3, 1), signed=True), True),
        ("revisor", attachments.Held("audit_report", date(2024, 9, 30)), True),  # 18 months where none are stated
        ("revisor", attachments.Held("audit_report", date(2024, 9, 29)), False),
        ("budget", attachments.Held("budget", date(2026, 3, 1)), False),  # belongs to one application
    ],
)
def test_which_paper_in_the_register_counts_as_handed_in(code, held, counts):
    asked = {one.attachment.code: one for one in attachments.required_attachments(PAPERS, Decimal(400_001), CAME)}
    assert attachments.serves(held, asked[code], CAME) is counts
