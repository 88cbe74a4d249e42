"""How numbers, dates and long words are written."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from vetting.kernel import text


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (85000, "85\u202f000\u00a0kr"),
        (Decimal("85000.50"), "85\u202f000,50\u00a0kr"),
        (Decimal("85000.00"), "85\u202f000\u00a0kr"),
        (Decimal("0"), "0\u00a0kr"),
        (Decimal("-1234567"), "\u22121\u202f234\u202f567\u00a0kr"),
        (999, "999\u00a0kr"),
    ],
)
def test_sums(value: Decimal | int, expected: str) -> None:
    assert text.kronor(value) == expected


def test_number_keeps_its_own_decimals_and_has_no_minus_zero() -> None:
    assert text.number(Decimal("1234.50")) == "1\u202f234,5"
    assert text.number(Decimal("100")) == "100"
    assert text.number(Decimal("-0.001"), 2) == "0,00"


def test_days_in_both_languages() -> None:
    assert text.day(date(2026, 3, 3), language="sv") == "3\u00a0mars 2026"
    assert text.day(date(2026, 3, 3), language="en") == "3\u00a0March 2026"
    assert text.day(date(2026, 3, 5), weekday=True, year=False, language="sv") == "torsdag 5\u00a0mars"
    assert text.iso_day(date(2026, 3, 3)) == "2026-03-03"


def test_moments_are_the_wall_clock_in_stockholm() -> None:
    late = datetime(2026, 2, 26, 23, 30, tzinfo=UTC)
    assert text.moment(late, "sv") == "27\u00a0februari 2026 kl.\u00a000.30"
    assert text.moment(late, "en") == "27\u00a0February 2026, 00:30"
    assert text.iso_moment(datetime(2026, 7, 1, 12, 0, tzinfo=UTC)) == "2026-07-01 14:00"
    assert text.iso_day(late) == "2026-02-27"


@pytest.mark.parametrize(
    ("day", "sv", "en"),
    [
        (date(2026, 3, 5), "i dag", "today"),
        (date(2026, 3, 6), "i morgon", "tomorrow"),
        (date(2026, 3, 4), "i går", "yesterday"),
        (date(2026, 3, 27), "om 22 dagar", "in 22 days"),
        (date(2026, 3, 3), "för 2 dagar sedan", "2 days ago"),
    ],
)
def test_distance(day: date, sv: str, en: str) -> None:
    assert text.distance(day, date(2026, 3, 5), "sv") == sv
    assert text.distance(day, date(2026, 3, 5), "en") == en


def test_organisation_numbers() -> None:
    assert text.organisation_number("8590213370") == "859021-3370"
    assert text.organisation_number("859021-3370") == "859021-3370"


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("stadsdelsförvaltning", ["stadsdels", "förvaltning"]),
        ("Kvalitetsgranskning", ["Kvalitets", "granskning"]),
        ("årsmötesprotokoll", ["årsmötes", "protokoll"]),
        ("Läxhjälpsförening", ["Läxhjälps", "förening"]),
        ("Tillkännagiven", ["Tillkänna", "given"]),
    ],
)
def test_long_compounds_break_between_their_parts(word: str, parts: list[str]) -> None:
    assert text.soften(word).split(text.SHY) == parts


def test_short_words_and_others_are_left_alone() -> None:
    assert text.soften("Beslut och protokoll i EÅV 2026/0123") == "Beslut och protokoll i EÅV 2026/0123"
    assert text.soften(text.soften("stadsdelsförvaltning")) == text.soften("stadsdelsförvaltning")


def test_words_and_sizes() -> None:
    assert [text.in_words(n, "sv") for n in (1, 12, 13)] == ["ett", "tolv", "13"]
    assert text.file_size(1_234_567, "sv") == "1,2\u00a0MB"
    assert text.file_size(1_234_567, "en") == "1.2\u00a0MB"
    assert text.file_size(999, "sv") == "999\u00a0byte"
