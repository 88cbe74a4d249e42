"""What higher rooms propose to the forms of the side tracks: an officer chooses, nothing is asked by itself."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from vetting.kernel.registry import Registry


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact that speaks against the applicant, as an evidence card has it. `key` is an opaque reference."""

    text: str
    source: str = ""
    key: str = ""
    question: str = ""  # the code it speaks to
    at: datetime | None = None  # when it was written down


# By kind of case; each is called with the case's child when the form is shown.
missing_items: Registry[Callable[[Any], Sequence[str]]] = Registry("what is missing")
adverse_facts: Registry[Callable[[Any], Sequence[Fact]]] = Registry("what speaks against")


def missing_in(case: Any) -> list[str]:
    """What the case's own room knows to be missing."""
    found = missing_items.get(case.kind)
    return list(found(case)) if found else []


def speaking_against(case: Any) -> list[Fact]:
    """What the case's own room knows to speak against the applicant."""
    found = adverse_facts.get(case.kind)
    return list(found(case)) if found else []
