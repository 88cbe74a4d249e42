"""The words of a confirmation: facts and a template version in, one plain document out. Pure.

The same shape of document as a decision's letter, so that page and PDF are made alike (docs/adr/0011). It has no
appeal text: a confirmation under fixed rules is an executing measure, no decision (docs/domain.md §0.7).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from vetting.kernel import text

FORMAT = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class DateLine:
    """One date: the room and its slot in words, the full tariff and what is paid, in kr."""

    room: str
    slot: str
    full: Decimal
    price: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmationFacts:
    """Everything the letter says that is not fixed text. `points` are (number, title, text) of the terms."""

    number: str
    on: date
    board: str
    name: str
    orgnr: str
    address: Sequence[str]
    officer: str
    venue: str
    venue_address: str
    dates: Sequence[DateLine]
    people: int
    purpose: str
    group: str
    rule: str
    terms_number: int
    points: Sequence[tuple[str, str, str]]
    free_cancel_days: int
    deposit: Decimal
    key_text: str
    contact: str
    conditions: Sequence[str] = ()
    is_example: bool = False


def compose(facts: ConfirmationFacts, content: Mapping[str, Any], language: str = "sv") -> dict[str, Any]:
    """The letter as plain data. Raises KeyError when the template lacks a text."""
    texts = content[language]

    def words(key: str, **values: Any) -> str:
        return str(texts[key]).format_map(values)

    orgnr = [words("orgnr", orgnr=text.organisation_number(facts.orgnr))] if facts.orgnr else []
    return {
        "format": FORMAT,
        "language": language,
        "labels": {key: str(texts[key]) for key in ("number", "date", "officer", "page")},
        "sender": facts.board,
        "date": text.day(facts.on, language=language),
        "iso_date": facts.on.isoformat(),
        "number": facts.number,
        "officer": facts.officer,
        "recipient": [facts.name, *orgnr, *facts.address],
        "title": words("title", venue=facts.venue),
        "ruling": [words("ruling", name=facts.name, venue=facts.venue, days=str(len(facts.dates)))],
        "table": _table(facts, words),
        "sections": [one for one in _sections(facts, words) if one["parts"]],
        "signatures": [{"name": facts.officer or facts.board, "title": "", "text": words("signed")}],
        "note": words("example") if facts.is_example else "",
    }


def _table(facts: ConfirmationFacts, words: Any) -> dict[str, Any]:
    def tell(value: Decimal) -> str:
        return text.kronor(value, unit=False)

    full = sum((one.full for one in facts.dates), Decimal(0))
    price = sum((one.price for one in facts.dates), Decimal(0))
    return {
        "caption": words("table"),
        "head": [words("when"), words("full"), words("price")],
        "rows": [[f"{one.room}, {one.slot}", tell(one.full), tell(one.price)] for one in facts.dates],
        "foot": [words("sum"), tell(full), tell(price)],
    }


def _sections(facts: ConfirmationFacts, words: Any) -> list[dict[str, Any]]:
    booking = [words("purpose", text=facts.purpose), words("people", people=str(facts.people))]
    if facts.venue_address:
        booking.insert(0, words("place", venue=facts.venue, place=facts.venue_address))
    price = [words("tariff", group=facts.group, rule=facts.rule)]
    if facts.deposit:
        price.append(words("deposit", deposit=text.kronor(facts.deposit)))
    terms = [f"{title}: {said}" for _number, title, said in facts.points]
    return [
        {"heading": words("booking"), "parts": _part("text", booking)},
        {"heading": words("cost"), "parts": _part("text", price)},
        {"heading": words("conditions"), "parts": _part("list", list(facts.conditions))},
        {"heading": words("terms", version=str(facts.terms_number)), "parts": _part("numbered", terms)},
        {
            "heading": words("cancel_heading"),
            "parts": _part("text", [words("cancel", days=str(facts.free_cancel_days))]),
        },
        {"heading": words("key"), "parts": _part("text", [facts.key_text] if facts.key_text else [])},
        {
            "heading": words("questions"),
            "parts": _part("text", [words("contact", number=facts.number, contact=facts.contact)]),
        },
    ]


def _part(kind: str, lines: list[str]) -> list[dict[str, Any]]:
    return [{"heading": "", "kind": kind, "lines": lines}] if lines else []
