"""A venue's published terms: purposes, points, days and fees (docs/domain.md §1.6, §2.5; design §2.6). Pure.

Conditions are fixed and written down beforehand and are the same whoever asks: they stand in a version's content.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from vetting.kernel.labels import Label


@dataclass(frozen=True, slots=True)
class Purpose:
    """What the venue is published for. `code` stands on the application."""

    code: str
    label: Label


@dataclass(frozen=True, slots=True)
class Point:
    """One numbered term of hire."""

    point: str
    title: Label
    text: Label


@dataclass(frozen=True, slots=True, kw_only=True)
class VenueTerms:
    """Days are calendar days. `hold_days`: how long a reservation is held; `fee_before`: paid before confirmation.

    `rules_on` are the special circumstances (minors, night, alcohol, collection, entrance fee) the terms speak of.
    """

    purposes: tuple[Purpose, ...]
    points: tuple[Point, ...]
    hold_days: int
    days_ahead: int
    free_cancel_days: int
    late_cancel_share: Decimal  # of the price, when cancelled later than that
    fee_before: bool
    deposit: Decimal
    rules_on: frozenset[str]

    def purpose(self, code: str) -> Purpose | None:
        return next((one for one in self.purposes if one.code == code), None)


def read_terms(content: Mapping[str, Any]) -> VenueTerms:
    """The terms of a version. Raises ValueError that names what cannot be read."""
    try:
        terms = VenueTerms(
            purposes=tuple(Purpose(str(row["code"]), _label(row)) for row in content["purposes"]),
            points=tuple(
                Point(str(row["point"]), Label(row["title_sv"], row["title_en"]), _label(row))
                for row in content["points"]
            ),
            hold_days=int(content["hold_days"]),
            days_ahead=int(content["days_ahead"]),
            free_cancel_days=int(content["free_cancel_days"]),
            late_cancel_share=_share(content["late_cancel_share"]),
            fee_before=bool(content.get("fee_before", False)),
            deposit=_kronor(content.get("deposit", "0")),
            rules_on=frozenset(content.get("rules_on", ())),
        )
    except KeyError as error:
        raise ValueError(f"{error.args[0]} is missing") from error
    except (TypeError, ArithmeticError) as error:
        raise ValueError(str(error) or type(error).__name__) from error
    _check(terms)
    return terms


def _label(row: Mapping[str, Any]) -> Label:
    return Label(str(row["sv"]), str(row["en"]))


def _share(value: Any) -> Decimal:
    share = Decimal(str(value))
    if not 0 <= share <= 1:
        raise ValueError(f"a share lies between 0 and 1, not {share}")
    return share


def _kronor(value: Any) -> Decimal:
    amount = Decimal(str(value))
    if amount < 0 or amount != amount.quantize(Decimal("0.01")):
        raise ValueError(f"not a sum in kronor: {value}")
    return amount


def _check(terms: VenueTerms) -> None:
    if not terms.purposes or not terms.points:
        raise ValueError("terms need at least one purpose and one point")
    codes = [one.code for one in terms.purposes]
    if len(set(codes)) != len(codes):
        raise ValueError("a purpose stands twice")
    if not (1 <= terms.hold_days <= 60 and 1 <= terms.days_ahead <= 1100 and 0 <= terms.free_cancel_days <= 365):
        raise ValueError("hold_days 1–60, days_ahead 1–1100, free_cancel_days 0–365")
