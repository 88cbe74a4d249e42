"""Into which payments a granted sum falls: pure (docs/domain.md §1.3, §6.2 F9, §8.1)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from applications.grants.programmes.terms.amounts import Payment as Instalment
from applications.grants.programmes.terms.choices import PayWhen

ORE = Decimal("0.01")
REVISED_BUDGET = "revised_budget"
APPROVED_REPORT = "approved_report"


@dataclass(frozen=True, slots=True)
class Part:
    """One payment to be planned: kr, the day it is paid from, what must be met first."""

    amount: Decimal
    payable_from: date | None = None
    conditions: tuple[str, ...] = ()


def parts(
    amount: Decimal,
    instalments: Sequence[Instalment],
    *,
    period_from: date | None,
    already: Decimal = Decimal(0),
    revised_budget: bool = False,
) -> tuple[Part, ...]:
    """The payments that together make `amount` less what is paid or on its way `already`, to the öre.

    Without instalments it is one. Shares are rounded half up, the last takes the rest. What is paid already is taken
    from the first ones. `revised_budget` binds the first payment that is left.
    """
    found = [Part(amount)] if not instalments else _shares(amount, instalments, period_from)
    left: list[Part] = []
    for part in found:
        taken = min(already, part.amount)
        already -= taken
        if part.amount > taken:
            left.append(replace(part, amount=part.amount - taken))
    if left and revised_budget:
        left[0] = replace(left[0], conditions=(REVISED_BUDGET, *left[0].conditions))
    return tuple(left)


def _shares(amount: Decimal, instalments: Sequence[Instalment], period_from: date | None) -> list[Part]:
    found, rest = [], amount
    for number, one in enumerate(instalments, 1):
        last = number == len(instalments)
        share = rest if last else min(rest, (amount * one.percent / 100).quantize(ORE, ROUND_HALF_UP))
        rest -= share
        conditions = (APPROVED_REPORT,) if one.when == PayWhen.AFTER_REPORT else ()
        found.append(Part(share, _from_day(one, period_from), conditions))
    return found


def _from_day(one: Instalment, period_from: date | None) -> date | None:
    """The first day of the quarter it is paid in advance for, in the grant's first year."""
    if one.quarter is None or period_from is None:
        return None
    return date(period_from.year, 3 * one.quarter - 2, 1)
