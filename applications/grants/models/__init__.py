"""What the room keeps: programmes with their versions, rounds, applications (docs/domain.md §1.2, §8.1)."""

from applications.grants.models.application import BudgetLine, GrantApplication, OtherSupport
from applications.grants.models.lane import InDepthLane
from applications.grants.models.payment import EarlyExecution, GrantSums, Payment, PaymentCondition, Repayment
from applications.grants.models.programmes import Programme, ProgrammeVersion, Round, RoundKind
from applications.grants.models.reading import SecondReading

__all__ = [
    "BudgetLine",
    "EarlyExecution",
    "GrantApplication",
    "GrantSums",
    "InDepthLane",
    "OtherSupport",
    "Payment",
    "PaymentCondition",
    "Programme",
    "ProgrammeVersion",
    "Repayment",
    "Round",
    "RoundKind",
    "SecondReading",
]
