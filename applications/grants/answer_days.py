"""How long an association gets to answer, as its programme's version says (docs/domain.md §8.1; design §2.6)."""

from typing import Any

from applications.grants.models import ProgrammeVersion
from applications.grants.programmes.terms.stored import terms_of

SHORTEST = 7  # days that a completion can be asked for in, where the programme gives more as the usual time


def answer_days(case: Any) -> dict[str, tuple[int, int]]:
    """(least, usual) days: the programme's hearing time is a least; its completion time is the usual."""
    version = ProgrammeVersion.objects.get(rounds__applications=case.pk)
    handling = terms_of(version).handling
    usual = handling.completion_days
    return {"completion": (min(SHORTEST, usual), usual), "hearing": (handling.hearing_days, handling.hearing_days)}
