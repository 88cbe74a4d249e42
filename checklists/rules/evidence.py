"""What a card of evidence is worth, and which are refused. Source: docs/domain.md §3.3, §2.3, §2.4."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum, StrEnum

from checklists.rules.review import EvidenceView

EXCERPT_MAX = 500  # characters, docs/domain.md §3.3


class SourceClass(IntEnum):
    JUDGMENT = 1  # decision or judgment of a court or an authority
    OWN_MATERIAL = 2  # official material of the association itself
    OBSERVATION = 3  # staff's own documented observation
    AUTHORITY = 4  # statement by an authority
    MEDIA = 5  # media with traceable sources
    TIP = 6  # tip or report without sources


STRONGEST_WEAK_CLASS = SourceClass.MEDIA


class Shows(StrEnum):
    """What the card shows. The last one is never stored: it is the choice that is refused, with its reason."""

    ACT = "act"
    DOCUMENT = "document"
    STATE = "state"
    UMBRELLA = "umbrella"


class ActorRole(StrEnum):
    """The role of the one who acted (docs/domain.md §2.3)."""

    BOARD = "board"
    SIGNATORY = "signatory"
    EMPLOYEE = "employee"
    LEADER = "leader"
    SPEAKER = "speaker"
    MEMBER = "member"
    UNKNOWN = "unknown"


class Capacity(StrEnum):
    IN_ACTIVITY = "in_activity"
    PRIVATE = "private"
    UNCLEAR = "unclear"


class Refused(StrEnum):
    """Why a card cannot be stored."""

    UMBRELLA_ONLY = "umbrella_only"
    ROLE_AND_CAPACITY = "role_and_capacity"
    TOO_LONG = "too_long"
    COUNTER = "counter"
    RELIABILITY = "reliability"


@dataclass(frozen=True, slots=True)
class DraftEvidence:
    """A card about to be stored. `counter`: what speaks the other way, or the reason why there is nothing."""

    shows: Shows
    source_class: SourceClass
    excerpt: str
    reliability: str
    counter: str
    role: ActorRole | None = None
    capacity: Capacity | None = None


def refusals(card: DraftEvidence) -> tuple[Refused, ...]:
    """Everything that keeps the card out; empty when it can be stored."""
    found = []
    if card.shows == Shows.UMBRELLA:
        found.append(Refused.UMBRELLA_ONLY)
    if card.shows == Shows.ACT and (card.role is None or card.capacity is None):
        found.append(Refused.ROLE_AND_CAPACITY)
    if len(card.excerpt) > EXCERPT_MAX:
        found.append(Refused.TOO_LONG)
    if not card.counter.strip():
        found.append(Refused.COUNTER)
    if not card.reliability.strip():
        found.append(Refused.RELIABILITY)
    return tuple(found)


def carries(cards: Iterable[EvidenceView], *, needed: bool) -> bool:
    """Whether a stop may rest on these cards: one of class 1–4, or a fact the association itself has confirmed.

    `needed` is False for the formal questions, where the register and the papers carry the stop when no card is added.
    """
    cards = tuple(cards)
    if not cards:
        return not needed
    return any(card.source_class < STRONGEST_WEAK_CLASS or card.confirmed for card in cards)
