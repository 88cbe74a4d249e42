"""What the room keeps: programmes with their versions, and rounds (docs/domain.md §1.2, §8.1)."""

from applications.grants.models.programmes import Programme, ProgrammeVersion, Round, RoundKind

__all__ = ["Programme", "ProgrammeVersion", "Round", "RoundKind"]
