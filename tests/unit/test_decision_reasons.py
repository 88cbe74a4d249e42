"""What a proposal lacks, per reason class (design §2.3–2.4)."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from applications.decisions.choices import ADVERSE, Outcome, ReasonClass
from applications.decisions.rules.reasons import ProposalFacts, hearing_owed, missing, only_overall

POLICY = {"section": "villkoren punkt 5", "version": "version 3", "sv": "Samma kostnad …", "en": "…"}
LAW = {"section": "kommunallagen 2 kap. 3 §", "version": "", "sv": "…", "en": "…"}
LADDER = dict.fromkeys(("condition", "dialogue", "part", "pause"), "löser inte att hyran redan är betald")


def proposal(**changes):
    """A full grant that lacks nothing, with changes."""
    whole = {
        "outcome": "full",
        "reason_class": "rule",
        "requested": Decimal(100),
        "amount": Decimal(100),
        "citations": [POLICY],
        "principle": False,
        "last_report_on": date(2027, 1, 31),
    }
    return ProposalFacts(**(whole | changes))


def refusal(**changes):
    whole = {
        "outcome": "refused",
        "amount": None,
        "facts": "Kulturnämnden har beviljat bidrag till samma hyra.",
        "facts_from": "applicant",
        "assessment": "Hyran är redan betald av en annan nämnd.",
        "principle_reason": "Regeln är klar.",
    }
    return proposal(**(whole | changes))


def codes(facts):
    return [reason.code for reason in missing(facts)]


def test_a_report_is_asked_for_on_a_day_that_lies_ahead():
    day = date(2027, 1, 31)
    assert codes(proposal(today=date(2027, 1, 30))) == []
    assert codes(proposal(today=day)) == codes(proposal(today=date(2027, 3, 1))) == ["report_passed"]
    assert codes(refusal(today=date(2027, 3, 1))) == []  # whoever gets nothing reports nothing


def test_an_ordinary_grant_needs_rule_sum_report_day_and_the_question_of_principle():
    assert codes(proposal()) == []
    assert codes(proposal(citations=[])) == ["citations"]
    assert codes(proposal(principle=None)) == ["principle"]
    assert codes(proposal(last_report_on=None)) == ["last_report_on"]
    assert codes(proposal(repayment_clause=False)) == ["repayment_clause"]


def test_outcome_and_class_come_first():
    assert codes(proposal(outcome="")) == ["outcome"]
    assert codes(proposal(reason_class="")) == ["reason_class"]


def test_what_is_owed_whatever_is_chosen_is_said_at_once():
    begun = proposal(outcome="", reason_class="", citations=[], principle=None)
    assert codes(begun) == ["outcome", "reason_class", "citations", "principle"]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"amount": None}, "amount"),
        ({"amount": Decimal(101)}, "amount_over"),
        ({"amount": Decimal(99)}, "amount_full"),
        ({"outcome": "part"}, "amount_part"),
        ({"line_sum": Decimal(90)}, "amount_lines"),
        ({"applied_lines": Decimal(110)}, "applied_lines"),
    ],
)
def test_sum_and_outcome_agree(changes, code):
    assert code in codes(proposal(**changes))


def test_rule_needs_version_and_section_and_whence_the_facts_come():
    assert codes(refusal()) == []
    assert codes(refusal(citations=[LAW])) == ["rule_version"]
    assert codes(refusal(facts_from="")) == ["facts_from"]
    assert codes(refusal(rungs={})) == []  # no ladder for a published condition


def test_conduct_needs_the_ladder_up_to_its_own_step():
    conduct = {"reason_class": "conduct", "criteria": frozenset({"A11"})}
    assert codes(refusal(**conduct)) == ["ladder"]
    assert codes(refusal(**conduct, rungs=LADDER)) == []
    assert codes(refusal(**conduct, rungs=LADDER | {"pause": "  "})) == ["ladder"]
    cut = {"outcome": "part", "amount": Decimal(50)}
    assert codes(refusal(**conduct, **cut, rungs={k: LADDER[k] for k in ("condition", "dialogue")})) == []
    assert codes(refusal(reason_class="conduct", rungs=LADDER)) == ["criteria"]


def test_priority_needs_reasons_and_the_note():
    assert codes(refusal(reason_class="priority")) == ["priority_note"]
    note = "Potten på 900 000 kronor räckte till ansökningar om barn och unga, som går först enligt villkoren."
    assert codes(refusal(reason_class="priority", priority_note=note)) == []
    assert codes(refusal(reason_class="priority", priority_note=note, assessment="")) == ["assessment"]


def test_formal_needs_the_dates_and_the_rule():
    formal = {"outcome": "dismissed", "reason_class": "formal", "assessment": ""}
    assert codes(refusal(**formal)) == ["formal_ground"]
    late = {**formal, "formal_ground": "late", "formal_last_day": date(2026, 1, 31)}
    assert codes(refusal(**late)) == ["formal_dates"]
    assert codes(refusal(**late, formal_came_on=date(2026, 1, 31))) == ["formal_not_late"]
    assert codes(refusal(**late, formal_came_on=date(2026, 2, 1))) == []
    unfinished = {**formal, "formal_ground": "incomplete", "formal_last_day": date(2026, 2, 20)}
    assert codes(refusal(**unfinished)) == ["formal_dates"]
    assert codes(refusal(**unfinished, formal_helped_on=date(2026, 2, 6))) == []


def test_only_formal_reasons_dismiss():
    assert "dismissed_formal" in codes(refusal(outcome="dismissed"))


@pytest.mark.parametrize(
    "text",
    [
        "Vid en samlad bedömning avslås ansökan.",
        "Efter en samlad bedömning finner nämnden att föreningen inte uppfyller villkoren.",
        "Förvaltningen gör helhetsbedömningen att bidraget inte ska beviljas.",
        "On an overall assessment the application is refused.",
    ],
)
def test_an_overall_assessment_alone_is_no_reason(text):
    assert only_overall(text)
    assert "only_overall" in codes(refusal(assessment=text))


@pytest.mark.parametrize(
    "text",
    [
        "Vid en samlad bedömning väger det att hyran redan betalats av kulturnämnden tyngre än nyttan i området.",
        "Hyran är redan betald av en annan nämnd.",
        "",
    ],
)
def test_reasons_that_can_be_read_pass(text):
    assert not only_overall(text)


def test_special_reasons_are_recorded_also_when_not_found():
    adverse = {"adverse_answers": frozenset({"A15"}), "blocks": frozenset({"A15"})}
    assert codes(proposal(**adverse)) == ["special_reasons"]
    said = {"special_reasons_text": "Föreningen tog avstånd samma dag och ändrade rutinen."}
    assert codes(proposal(**adverse, **said, special_reasons="not_found")) == ["blocked"]
    assert codes(proposal(**adverse, **said, special_reasons="found")) == []
    assert codes(refusal(**adverse, **said, special_reasons="not_found")) == []
    assert codes(proposal(adverse_answers=frozenset({"A11"}))) == []  # not of the clause


def test_an_adverse_proposal_says_how_it_compares():
    assert codes(refusal(has_comparables=True)) == ["differs"]
    assert codes(refusal(has_comparables=True, differs="no")) == []
    assert codes(refusal(has_comparables=True, differs="yes")) == ["differs_reason"]
    assert codes(proposal(has_comparables=True)) == []


def test_principle_needs_a_line_of_reason():
    assert codes(refusal(principle_reason="")) == ["principle_reason"]
    assert codes(proposal(principle=True)) == ["principle_reason"]
    assert codes(proposal(path="chair_urgent")) == ["urgent_reason"]


def test_each_reason_leads_to_a_field():
    for facts in (refusal(reason_class="conduct"), proposal(amount=None, citations=[], principle=None)):
        assert all(reason.data["field"] for reason in missing(facts))


@given(
    outcome=st.sampled_from(Outcome.values),
    reason_class=st.sampled_from(ReasonClass.values),
    facts_from=st.sampled_from(["", "applicant", "register", "other"]),
)
def test_a_hearing_is_owed_for_conduct_and_for_facts_from_others_only(outcome, reason_class, facts_from):
    owed = hearing_owed(proposal(outcome=outcome, reason_class=reason_class, facts_from=facts_from))
    assert owed == (
        outcome in ADVERSE and (reason_class == "conduct" or (reason_class == "rule" and facts_from == "other"))
    )


@given(
    outcome=st.sampled_from(sorted(ADVERSE)),
    reason_class=st.sampled_from(ReasonClass.values),
    facts=st.text(max_size=40),
    assessment=st.text(max_size=40),
)
def test_nothing_goes_against_anybody_without_rule_and_answer_on_principle(outcome, reason_class, facts, assessment):
    found = codes(
        proposal(
            outcome=outcome,
            reason_class=reason_class,
            facts=facts,
            assessment=assessment,
            citations=[],
            principle=None,
        )
    )
    assert {"citations", "principle"} <= set(found)


@pytest.mark.parametrize(
    ("special", "text", "found"),
    [
        ("", "", ["departs"]),
        ("found", "", ["departs"]),
        ("not_found", "Inget talar för ett undantag.", ["departs"]),
        ("found", "Gemensamt projekt med kulturnämnden.", []),
    ],
)
def test_a_grant_beside_the_programmes_rules_needs_special_reasons(special, text, found):
    beside = proposal(departures=("Högst 20 000 kr.",), special_reasons=special, special_reasons_text=text)
    assert codes(beside) == found
    if found:
        assert "20 000 kr" in str(missing(beside)[0])
