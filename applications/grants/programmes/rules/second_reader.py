"""Whether a review needs a second reader (docs/domain.md §8.1 confirm; design §2.5). Pure and reproducible.

The draw is a number from SHA-256 over a stored seed and the case's key: anyone can redo it afterwards, and nobody can
foresee it, because the seed is made when the review is handed in and kept on the case.
"""

import hashlib
import secrets
from dataclasses import dataclass
from decimal import Decimal

from applications.grants.programmes.terms.choices import ReadAlways
from applications.grants.programmes.terms.handling import SecondReader

FINE = 10_000  # draws are made in hundredths of a per cent


def new_seed() -> str:
    """A fresh seed: 32 hexadecimal digits, to be stored with the case."""
    return secrets.token_hex(16)


@dataclass(frozen=True, slots=True)
class ReadingFacts:
    """What the rule asks about a case. `amount_kr`: the sum proposed, or applied for while none is proposed."""

    case_key: str
    amount_kr: Decimal
    adverse: bool = False
    special_reasons: bool = False
    in_depth: bool = False
    changed_giro: bool = False
    first_time: bool = False
    late: bool = False
    foundation: bool = False

    def holds(self, reason: ReadAlways) -> bool:
        return bool(getattr(self, reason.value))


@dataclass(frozen=True, slots=True)
class SecondReading:
    """The answer with everything that gave it. `draw_percent` (0–99.99) is below the rule's share when drawn."""

    always: tuple[ReadAlways, ...]
    over_kr: bool
    drawn: bool
    draw_percent: Decimal
    seed: str

    @property
    def needed(self) -> bool:
        return bool(self.always) or self.over_kr or self.drawn


def draw(seed: str, case_key: str) -> Decimal:
    """A number from 0 to 99.99 per cent, the same for the same seed and case."""
    number = int.from_bytes(hashlib.sha256(f"{seed}\n{case_key}".encode()).digest()[:8])
    return Decimal(number * FINE >> 64) / 100


def needs_second_reader(facts: ReadingFacts, rule: SecondReader, seed: str) -> SecondReading:
    """Whether and why the case is read by a second person. Raises ValueError without a seed."""
    if not seed:
        raise ValueError("a draw needs a stored seed")
    number = draw(seed, facts.case_key)
    return SecondReading(
        always=tuple(reason for reason in rule.always if facts.holds(reason)),
        over_kr=rule.over_kr is not None and facts.amount_kr > rule.over_kr,
        drawn=number < rule.share_percent,
        draw_percent=number,
        seed=seed,
    )
