"""Who may decide (docs/domain.md §4.2)."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from applications.decisions.choices import DelegateKind, Outcome
from applications.decisions.rules.delegation import DecisionFacts, Entry, body_may_decide, entries, may_decide
from vetting.kernel.errors import Reason

CONTENT = [*(f"A{n}" for n in range(13, 19)), "A12a", *(f"L{n}" for n in range(5, 10))]


def row(rule, outcomes, role="unit_head", ceiling=50_000, **more):
    whole = {
        "rule": rule,
        "kind": "grant",
        "matter": "main",
        "outcomes": frozenset(outcomes),
        "ceiling": None if ceiling is None else Decimal(ceiling),
        "delegate": "employee",
        "role": role,
    }
    return Entry(**(whole | more))


TABLE = (
    row("4.1", ["full", "part"]),
    row("4.2", ["full", "part", "refused"], role="department_head", ceiling=100_000),
    row("4.3", ["refused"], ceiling=20_000),
    row("5.1", ["full"], role="", ceiling=300_000, delegate="committee"),
    row("1.1", ["full", "part", "refused"], role="chair", ceiling=None, kind="", delegate="chair_urgent"),
)


def facts(**changes):
    whole = {
        "kind": "grant",
        "matter": "main",
        "outcome": "full",
        "amount": Decimal(40_000),
        "requested": Decimal(40_000),
        "criteria": frozenset(),
        "principle": False,
        "path": "delegate",
        "on": date(2026, 3, 1),
        "actor": "user:1",
    }
    return DecisionFacts(**(whole | changes))


def answer(said, *roles, table=TABLE):
    given_answer = may_decide(said, roles, table)
    return given_answer.code if isinstance(given_answer, Reason) else given_answer.rule


def test_the_row_that_fits_is_the_answer():
    assert answer(facts(), "unit_head") == "4.1"
    assert answer(facts(amount=Decimal(90_000)), "unit_head", "department_head") == "4.2"


def test_the_ceiling_of_a_cut_holds_for_what_was_asked_for():
    cut = facts(outcome="part", amount=Decimal(1), requested=Decimal(90_000))
    assert answer(cut, "unit_head") == "ceiling"
    assert answer(cut, "department_head") == "4.2"


def test_who_is_not_in_the_table_is_told_who_is():
    said = may_decide(facts(), ["payer"], TABLE)
    assert said.code == "not_delegated_to_you"
    assert "enhetschef" in str(said)
    assert answer(facts(matter="waiver"), "unit_head") == "not_delegated"


@pytest.mark.parametrize("code", CONTENT)
def test_against_the_association_on_content_is_the_boards(code):
    said = facts(outcome="refused", amount=None, requested=Decimal(10_000), criteria=frozenset({code}))
    assert answer(said, "unit_head", "department_head") == "content"
    opened = (*TABLE, row("9.9", ["refused"], opens_content=True))
    assert answer(said, "unit_head", table=opened) == "9.9"
    assert answer(replace(said, principle=True), "unit_head", table=opened) == "principle"


@pytest.mark.parametrize("code", ["A1", "A11", "A12", "A19", "L4", "L10", "A1a", "A130"])
def test_other_questions_are_not_content(code):
    said = facts(outcome="refused", amount=None, requested=Decimal(10_000), criteria=frozenset({code}))
    assert answer(said, "unit_head") == "4.3"


def test_a_grant_on_content_questions_is_not_adverse():
    assert answer(facts(criteria=frozenset({"A15"})), "unit_head") == "4.1"


def test_principle_must_be_answered():
    assert answer(facts(principle=None), "unit_head") == "principle_open"


def test_who_opened_the_in_depth_lane_does_not_alone_decide():
    assert answer(facts(lane_opened_by="user:1"), "unit_head") == "in_depth_opener"
    assert answer(facts(lane_opened_by="user:2"), "unit_head") == "4.1"


def test_the_chair_only_when_urgent_and_with_a_meeting_to_report_to():
    urgent = facts(path="chair_urgent", principle=True)
    assert answer(urgent, "unit_head") == "chair_only"
    assert answer(urgent, "chair") == "urgent_reason"
    said = replace(urgent, urgent_reason="Evenemanget är i morgon.")
    assert answer(said, "chair") == "next_meeting"
    assert answer(replace(said, next_meeting=date(2026, 3, 20)), "chair") == "1.1"
    assert answer(facts(), "chair") != "1.1"  # no urgent power where the board can be awaited


def test_rows_hold_in_their_time_and_for_their_person():
    table = (row("7", ["full"], role="", person="user:1", valid_from=date(2026, 1, 1), valid_to=date(2026, 6, 30)),)
    assert answer(facts(), table=table) == "7"
    assert answer(facts(actor="user:2"), table=table) == "not_delegated_to_you"
    assert answer(facts(on=date(2026, 7, 1)), table=table) == "not_delegated"


def test_bodies_need_their_row_and_the_board_needs_none():
    said = facts(amount=Decimal(200_000), requested=Decimal(200_000))
    assert body_may_decide(facts(principle=True), "board", TABLE) is None
    assert body_may_decide(said, "committee", TABLE).rule == "5.1"
    assert body_may_decide(said, "presidium", TABLE).code == "not_delegated_to_you"
    assert body_may_decide(replace(said, principle=True), "committee", TABLE).code == "principle"


@given(
    outcome=st.sampled_from(Outcome.values),
    criteria=st.frozensets(st.sampled_from([*CONTENT, "A1", "A11"])),
    amount=st.one_of(st.none(), st.decimals(min_value=1, max_value=10**7, places=2)),
    role=st.sampled_from(["unit_head", "department_head", "grant_officer", "chair"]),
    delegate=st.sampled_from(sorted(DelegateKind.values)),
)
def test_of_principle_no_table_whatever_opens(outcome, criteria, amount, role, delegate):
    everything = row("0", Outcome.values, role=role, ceiling=None, delegate=delegate, opens_content=True)
    said = facts(outcome=outcome, criteria=criteria, amount=amount, principle=True)
    assert isinstance(may_decide(said, [role], [everything]), Reason)
    assert isinstance(body_may_decide(said, "committee", [everything]), Reason)


def test_a_table_that_cannot_be_read_names_the_row():
    rows = [{"rule": "1", "outcomes": ["full"], "delegate": "employee", "role": "unit_head"}]
    assert entries({"rows": rows})[0].ceiling is None
    for fault in ({"outcomes": ["maybe"]}, {"delegate": "robot"}, {"role": "king"}, {"ceiling": "mycket"}):
        with pytest.raises(ValueError, match=r"row 2 \(1\)"):
            entries({"rows": [*rows, rows[0] | fault]})


def test_no_row_can_name_an_automatic_decider():
    assert "automat" not in " ".join(DelegateKind.values)
