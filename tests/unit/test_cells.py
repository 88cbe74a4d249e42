"""Cells to and from spreadsheets."""

import csv
import io
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vetting.kernel.cells import clean, csv_lines, escaped


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+46 vänner", "-4", "@forum", "\tTabb", "\rRad", "\nRad", " =1+1", "\xa0@x", "＝1+1", '=HYPERLINK("x")'],
)
def test_text_that_would_run_is_escaped(text: str) -> None:
    assert escaped(text) == "'" + text


@pytest.mark.parametrize("value", [-4, 0, Decimal("-1.50"), date(2026, 3, 3), True, "Förening", "1-2", "", "'=1"])
def test_other_values_are_left_alone(value: object) -> None:
    assert escaped(value) is value  # type: ignore[arg-type]


def test_nothing_is_an_empty_cell() -> None:
    assert escaped(None) == ""


@given(st.text(max_size=30))
def test_no_cell_begins_as_a_formula(text: str) -> None:
    shown = str(escaped(text)).lstrip(" ")
    assert not shown.startswith(("=", "+", "-", "@", "\t", "\r"))


@given(
    st.lists(
        st.lists(st.text(alphabet=st.characters(exclude_characters="\x00", exclude_categories=["Cs"])), min_size=2)
    )
)
def test_lines_can_be_read_back(rows: list[list[str]]) -> None:
    text = "".join(csv_lines(rows))
    assert text.startswith("\ufeff")
    read = list(csv.reader(io.StringIO(text[1:], newline=""), delimiter=";"))
    assert read == [[str(escaped(cell)) for cell in row] for row in rows]


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("\xa0HAGSÄTRAS  KVINNOFÖRENING ", "HAGSÄTRAS KVINNOFÖRENING"),
        ("Årsta\nKvarterslag", "Årsta Kvarterslag"),
        ("Rinkeby \u202eKulturförening\u202c", "Rinkeby Kulturförening"),
        ("\tTabbens förening", "Tabbens förening"),
        ("A\u030arsta", "Årsta"),
        ("Kultur\u00adföreningen\ufeff\x07", "Kulturföreningen"),
        (" \u2066 \u2069 ", ""),
        ("a \u200b b", "a b"),
        ("a\u200d\u030a", "å"),
        ("👋 Hej", "👋 Hej"),
    ],
)
def test_clean(text: str, cleaned: str) -> None:
    assert clean(text) == cleaned


@given(st.text())
def test_cleaning_twice_changes_nothing(text: str) -> None:
    assert clean(clean(text)) == clean(text)
