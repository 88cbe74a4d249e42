"""What the room keeps: programmes with their versions, rounds, applications (docs/domain.md §1.2, §8.1)."""

from applications.grants.models.application import BudgetLine, GrantApplication, OtherSupport
from applications.grants.models.lane import InDepthLane
from applications.grants.models.programmes import Programme, ProgrammeVersion, Round, RoundKind
from applications.grants.models.reading import SecondReading

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
