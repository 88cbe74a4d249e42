"""The second reader: always where it never bends, else a draw that anyone can redo (docs/domain.md §8.1)."""

from decimal import Decimal
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from applications.grants.programmes.rules.second_reader import ReadingFacts, draw, needs_second_reader, new_seed
from applications.grants.programmes.terms.choices import ReadAlways
from applications.grants.programmes.terms.handling import LEAST_READ, SecondReader
from vetting.kernel.schema import read

RULE = SecondReader(always=LEAST_READ, over_kr=Decimal(50_000), share_percent=Decimal(20))
NOBODY_DRAWN = SecondReader(always=LEAST_READ, share_percent=Decimal(0))
SEED = "0123456789abcdef0123456789abcdef"


def facts(**more) -> ReadingFacts:
    return ReadingFacts(**{"case_key": "a", "amount_kr": Decimal(10_000), **more})


@pytest.mark.parametrize("reason", LEAST_READ)
def test_what_never_bends_always_brings_a_reader(reason):
    reading = needs_second_reader(facts(**{reason.value: True}), NOBODY_DRAWN, SEED)
    assert reading.needed
    assert reading.always == (reason,)


def test_a_programme_cannot_leave_out_what_never_bends():
    rule, problems = read(SecondReader, {"always": ["adverse", "in_depth", "first_time"]})
    assert rule is None
    assert [problem.where for problem in problems] == ["always"]
    assert "changed_giro" in problems[0].text
    assert "special_reasons" in problems[0].text


def test_an_optional_reason_counts_only_where_the_programme_names_it():
    assert not needs_second_reader(facts(late=True), NOBODY_DRAWN, SEED).needed
    more = SecondReader(always=(*LEAST_READ, ReadAlways.LATE), share_percent=Decimal(0))
    assert needs_second_reader(facts(late=True), more, SEED).needed


def test_over_the_sum_and_not_at_it():
    rule = SecondReader(always=LEAST_READ, over_kr=Decimal(50_000), share_percent=Decimal(0))
    assert not needs_second_reader(facts(amount_kr=Decimal(50_000)), rule, SEED).needed
    assert needs_second_reader(facts(amount_kr=Decimal("50000.01")), rule, SEED).over_kr


def test_the_draw_can_be_redone_years_later():
    """These numbers are stored with decided cases: they must never change."""
    assert [draw(SEED, key) for key in ("a", "b", "c")] == [Decimal("45.84"), Decimal("3.88"), Decimal("73.54")]
    assert needs_second_reader(facts(case_key="a"), RULE, SEED) == needs_second_reader(facts(case_key="a"), RULE, SEED)


def test_a_draw_needs_a_seed():
    with pytest.raises(ValueError, match="seed"):
        needs_second_reader(facts(), RULE, "")
    assert len({new_seed() for _ in range(50)}) == 50


@given(st.text(min_size=1), st.text(min_size=1))
def test_a_draw_lies_within_its_bounds(seed, key):
    assert 0 <= draw(seed, key) < 100
    everybody = SecondReader(always=LEAST_READ, share_percent=Decimal(100))
    assert needs_second_reader(facts(case_key=key), everybody, seed).drawn
    assert not needs_second_reader(facts(case_key=key), NOBODY_DRAWN, seed).drawn


def test_about_the_stated_share_is_drawn():
    drawn = sum(needs_second_reader(facts(case_key=str(UUID(int=n))), RULE, SEED).drawn for n in range(5_000))
    assert 900 < drawn < 1_100
