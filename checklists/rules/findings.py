"""What `verdict` answers with: typed, frozen, without any outcome or sum."""

from dataclasses import dataclass
from enum import StrEnum

from checklists.rules.definition import Procedure, StopEffect, Target


class Doubt(StrEnum):
    """Why a question is still open."""

    MISSING = "missing"
    SYSTEM_WAITS = "system_waits"  # the system has nothing to answer from yet
    UNCONFIRMED = "unconfirmed"
    UNCLEAR = "unclear"  # oklart on a starred question: completion or escalation
    LOOKED_AT = "looked_at"
    UNNAMED = "unnamed"  # the adverse answer has several meanings and none is named
    SEE = "see"  # the matter belongs to another question, answered before this was known
    ESCALATION = "escalation"
    SPECIAL_REASONS = "special_reasons"
    WEAK_EVIDENCE = "weak_evidence"  # a stop cannot rest on what it rests on
    CONFLICT = "conflict"  # a person with a conflict of interest has not left the case


@dataclass(frozen=True, slots=True)
class Open:
    """One thing that keeps the review from being complete. `about`: the role or the question it points to."""

    question: str
    doubt: Doubt
    about: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """A stop that is met. `sound`: its evidence can carry it. `lifted`: special reasons are recorded for it."""

    question: str
    circumstance: str
    effect: StopEffect
    of_principle: bool
    sound: bool
    lifted: bool


class EscalationState(StrEnum):
    NEEDED = "needed"
    ASKED = "asked"
    ANSWERED = "answered"


@dataclass(frozen=True, slots=True)
class EscalationDue:
    """This question must go to this one. `because`: the circumstance; empty when the answer itself is the reason."""

    question: str
    to: Target
    because: str
    state: EscalationState


class SecondReading(StrEnum):
    """Why two readers are needed as far as the review knows; the programme adds its own (docs/domain.md §8.1)."""

    STOP_OF_PRINCIPLE = "stop_of_principle"
    SPECIAL_REASONS = "special_reasons"
    IN_DEPTH = "in_depth"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the review says now."""

    asked: tuple[str, ...]
    open: tuple[Open, ...]
    adverse: tuple[str, ...]
    blocks: tuple[Block, ...]
    escalations: tuple[EscalationDue, ...]
    calls_for: tuple[tuple[str, Procedure], ...]
    weigh: tuple[str, ...]
    special_reasons: tuple[str, ...]
    second_reading: tuple[SecondReading, ...]

    @property
    def complete(self) -> bool:
        """Nothing is open: the review may be signed. Says nothing about the outcome."""
        return not self.open

    @property
    def two_readers(self) -> bool:
        return bool(self.second_reading)

    @property
    def hearing_owed(self) -> bool:
        """A stop on A12a–A18 or L5–L9: a hearing is offered, or a waiver recorded (docs/domain.md §4.1)."""
        return any(block.of_principle for block in self.blocks)

    @property
    def board_by_default(self) -> bool:
        """An adverse decision resting on such a stop is the board's unless the delegation table opens it (§4.2)."""
        return self.hearing_owed

    def locks(self, effect: StopEffect) -> tuple[Block, ...]:
        """The stops that lock this way now."""
        return tuple(block for block in self.blocks if block.effect == effect and not block.lifted)

    def doubts(self, question: str) -> tuple[Open, ...]:
        return tuple(one for one in self.open if one.question == question)
