"""Bankgiro and plusgiro numbers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum import luhn

from vetting.kernel import giro
from vetting.kernel.giro import GiroKind

BANKGIRO, PLUSGIRO = GiroKind.BANKGIRO, GiroKind.PLUSGIRO


@pytest.mark.parametrize(
    ("kind", "text", "digits"),
    [
        (BANKGIRO, "1396-6346", "13966346"),
        (BANKGIRO, " 684 \u2013 1761\xa0", "6841761"),
        (PLUSGIRO, "182632-0", "1826320"),
        (PLUSGIRO, "18 26 32-0", "1826320"),
        (BANKGIRO, "1396-6347", None),
        (BANKGIRO, "182632", None),
        (PLUSGIRO, "5", None),
        (PLUSGIRO, "850101-1236", None),
        (BANKGIRO, "0000-0000", None),
        (BANKGIRO, "BG 1396-6346", None),
        (BANKGIRO, "", None),
        (PLUSGIRO, "1826320٠", None),
    ],
)
def test_digits_of(kind: GiroKind, text: str, digits: str | None) -> None:
    assert giro.digits_of(kind, text) == digits


@pytest.mark.parametrize(
    ("kind", "digits", "written", "masked"),
    [
        (BANKGIRO, "13966346", "1396-6346", "••••-••46"),
        (BANKGIRO, "6841761", "684-1761", "•••-••61"),
        (PLUSGIRO, "1826320", "18 26 32-0", "•• •• •2-0"),
        (PLUSGIRO, "482158", "4 82 15-8", "• •• •5-8"),
        (PLUSGIRO, "18", "1-8", "1-8"),
    ],
)
def test_written_and_masked(kind: GiroKind, digits: str, written: str, masked: str) -> None:
    assert giro.formatted(kind, digits) == written
    assert giro.masked(kind, digits) == masked


@given(st.sampled_from(GiroKind), st.from_regex(r"\A[1-9][0-9]{5,6}\Z"))
def test_what_is_written_can_be_read(kind: GiroKind, body: str) -> None:
    digits = body + luhn.calc_check_digit(body)
    assert giro.digits_of(kind, giro.formatted(kind, digits)) == digits


@given(st.sampled_from(GiroKind), st.text(max_size=12))
def test_any_text_gets_an_answer(kind: GiroKind, text: str) -> None:
    found = giro.digits_of(kind, text)
    assert found is None or (found.isascii() and found.isdigit())
