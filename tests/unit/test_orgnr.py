"""Organisation numbers: what is accepted, and that a person's number leaves no trace (docs/domain.md §1.5)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum import luhn

from vetting.kernel import orgnr
from vetting.kernel.orgnr import Refusal


def with_check_digit(body: str) -> str:
    return body + luhn.calc_check_digit(body)


ASSOCIATION = with_check_digit("859123456")
PERSON = with_check_digit("850101123")
COORDINATION = with_check_digit("850161123")


@pytest.mark.parametrize(
    "text",
    [
        ASSOCIATION,
        orgnr.formatted(ASSOCIATION),
        f" {ASSOCIATION[:6]} - {ASSOCIATION[6:]} ",
        f"16{ASSOCIATION}",
        f"16{ASSOCIATION[:6]}-{ASSOCIATION[6:]}",
        f"{ASSOCIATION[:6]}\u2013{ASSOCIATION[6:]}",
        f"\ufeff{ASSOCIATION[:6]}\u2011{ASSOCIATION[6:]}\xa0",
    ],
)
def test_ways_of_writing_one_number(text: str) -> None:
    assert orgnr.check(text) == orgnr.OrgnrCheck(number=ASSOCIATION)


@pytest.mark.parametrize(
    ("first", "legal_form_known", "unusual"),
    [
        ("8", False, False),
        ("7", True, False),
        ("7", False, True),
        ("2", True, False),
        ("2", False, True),
        ("5", True, True),
        ("9", True, True),
        ("1", True, True),
    ],
)
def test_series(first: str, legal_form_known: bool, unusual: bool) -> None:
    number = with_check_digit(first + "59123456")
    found = orgnr.check(number, legal_form_known=legal_form_known)
    assert (found.number, found.unusual_series) == (number, unusual)


@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        ("", Refusal.MISSING),
        ("  \xa0\u200b", Refusal.MISSING),
        ("-", Refusal.FORMAT),
        ("85912345", Refusal.FORMAT),
        ("85912345678", Refusal.FORMAT),
        (f"55{ASSOCIATION}", Refusal.FORMAT),
        ("saknas", Refusal.FORMAT),
        ("8,59123E+09", Refusal.FORMAT),
        (f"SE{ASSOCIATION}01", Refusal.FORMAT),
        (ASSOCIATION[:-1] + str((int(ASSOCIATION[-1]) + 1) % 10), Refusal.CHECKSUM),
    ],
)
def test_refused(text: str, refusal: Refusal) -> None:
    found = orgnr.check(text)
    assert (found.refusal, found.number) == (refusal, "")


@pytest.mark.parametrize(
    "text",
    [
        PERSON,
        f"{PERSON[:6]}-{PERSON[6:]}",
        f"{PERSON[:6]}+{PERSON[6:]}",
        f"19{PERSON}",
        f"19{PERSON[:6]}-{PERSON[6:]}",
        f"20{PERSON}",
        f"16{PERSON}",
        f"18{PERSON[:6]}+{PERSON[6:]}",
        f"55{PERSON}",
        COORDINATION,
        f"{COORDINATION[:6]}-{COORDINATION[6:]}",
        f"19{COORDINATION}",
        PERSON[:-1] + str((int(PERSON[-1]) + 1) % 10),  # a mistyped person's number is still one
        f"{PERSON[:6]}-{PERSON[6:]} (ordförande)",
        "".join(chr(0xFF10 + int(digit)) for digit in PERSON),  # full-width digits
        f"{PERSON[:6]}\u2212{PERSON[6:]}",
    ],
)
def test_a_persons_number_is_refused_and_not_kept(text: str) -> None:
    found = orgnr.check(text)
    assert found.refusal is Refusal.PERSON
    assert PERSON[:6] not in repr(found)
    assert PERSON[:6] not in str(orgnr.REFUSAL_TEXTS[found.refusal])


@given(st.text(max_size=40))
def test_any_text_gets_an_answer(text: str) -> None:
    found = orgnr.check(text)
    assert bool(found.number) != bool(found.refusal)


@given(st.from_regex(r"\A[0-9]{9}\Z"), st.booleans())
def test_accepted_exactly_when_the_third_digit_is_two_or_higher(body: str, known: bool) -> None:
    number = with_check_digit(body)
    found = orgnr.check(number, legal_form_known=known)
    assert (found.number == number) is (number[2] not in "01")
    assert (found.refusal is Refusal.PERSON) is (number[2] in "01")


@given(st.from_regex(r"\A[0-9]{2}[2-9][0-9]{6}\Z"), st.integers(0, 9), st.integers(1, 9))
def test_one_mistyped_digit_is_found(body: str, place: int, shift: int) -> None:
    number = with_check_digit(body)
    wrong = number[:place] + str((int(number[place]) + shift) % 10) + number[place + 1 :]
    assert orgnr.check(wrong).refusal in {Refusal.CHECKSUM, Refusal.PERSON}


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        (f"Föreningen {PERSON[:6]}-{PERSON[6:]}", True),
        (f"Anna, {PERSON}.", True),
        (f"19{PERSON}", True),
        (f"{COORDINATION[:6]}-{COORDINATION[6:]}", True),
        (f"{PERSON[:6]} {PERSON[6:]}", True),
        ("850101-1234", True),  # wrong check digit, but nobody writes anything else so
        ("Föreningen 1985", False),
        (f"Föreningen {ASSOCIATION}", False),
        ("ring 08-508 10 000", False),
        ("tel 0701987654", False),
        ("", False),
    ],
)
def test_identity_numbers_in_text(text: str, holds: bool) -> None:
    assert orgnr.holds_identity_number(text) is holds


def test_hidden_dots_what_could_be_a_persons_number() -> None:
    for number in (PERSON, f"19{PERSON}", f"{PERSON[:6]}-{PERSON[6:]}", f"{PERSON[:6]}\u2212{PERSON[6:]}"):
        shown = orgnr.hidden(f"Namn {number} slut")
        assert shown == "Namn •••••• slut"
    assert orgnr.hidden("Namn ﬁ 123") == "Namn ﬁ 123"
    assert orgnr.hidden(f"Namn {ASSOCIATION}") == f"Namn {ASSOCIATION}"
