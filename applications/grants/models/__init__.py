"""What the room keeps: programmes with their versions, rounds, applications (docs/domain.md §1.2, §8.1)."""

from applications.grants.models.application import (
    BudgetLine,
    GrantApplication,
    InDepthLane,
    OtherSupport,
    SecondReading,
)
from applications.grants.models.programmes import Programme, ProgrammeVersion, Round, RoundKind

__all__ = [
    "BudgetLine",
    "GrantApplication",
    "InDepthLane",
    "OtherSupport",
    "Programme",
    "ProgrammeVersion",
    "Round",
    "RoundKind",
    "SecondReading",
]
