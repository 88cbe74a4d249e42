"""How far a case has come, by its age: the ways through the grant case's table, with their weights.

Weights give a database such as a busy district has: of five years' cases about every third is still open, most of
them granted and waiting for their report, few stand in a side track.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from applications.grants.workflow import GRANT
from vetting.kernel.workflow import OneOf

CHECK = ("submit", "register", "start_check")
READ = (*CHECK, "start_review", "submit_review:second_reading")
PROPOSED = (*READ, "confirm_review")
BOARD = (*PROPOSED, "send_to_board")
GRANTED = (*CHECK, "start_review", "submit_review:proposed", "grant")
REFUSED = (*CHECK, "start_review", "hear", "heard", "submit_review:second_reading", "confirm_review", "refuse")
DISMISSED = (*CHECK, "ask_completion", "completed", "dismiss")
WITHDRAWN = (*CHECK, "withdraw")

# (steps taken, weight this year, weight last year, weight before that)
STORIES: tuple[tuple[tuple[str, ...], int, int, int], ...] = (
    ((), 3, 0, 0),
    (("submit",), 5, 0, 0),
    (("submit", "register"), 8, 0, 0),
    (CHECK, 11, 0, 0),
    ((*CHECK, "ask_completion"), 7, 1, 0),
    ((*CHECK, "start_review"), 11, 1, 0),
    ((*CHECK, "start_review", "open_in_depth"), 1, 0, 0),
    ((*CHECK, "start_review", "consult"), 2, 0, 0),
    ((*CHECK, "start_review", "hear"), 3, 0, 0),
    (READ, 5, 0, 0),
    (PROPOSED, 6, 0, 0),
    ((*CHECK, "ask_completion", "completed", "start_review", "submit_review:proposed"), 3, 0, 0),
    (BOARD, 5, 1, 0),
    ((*BOARD, "table"), 1, 0, 0),
    (GRANTED, 12, 30, 6),
    ((*BOARD, "grant"), 6, 15, 2),
    (REFUSED, 2, 2, 1),
    (DISMISSED, 1, 0, 0),
    ((*GRANTED, "close"), 3, 32, 62),
    ((*BOARD, "grant", "close"), 1, 10, 16),
    ((*REFUSED, "close"), 1, 3, 6),
    ((*DISMISSED, "close"), 1, 2, 3),
    ((*WITHDRAWN, "close"), 2, 3, 4),
)


@dataclass(frozen=True, slots=True)
class Step:
    """One state row to be written. The first of a story creates the case."""

    action: str
    from_state: str
    to_state: str
    role: str


@cache
def steps(story: tuple[str, ...]) -> tuple[Step, ...]:
    """The story as state rows, read from the machine's own table; ValueError for a way the table does not have."""
    found = [Step("create", "", GRANT.initial, "")]
    for name in story:
        action, _colon, chosen = name.partition(":")
        here = found[-1].to_state
        row = GRANT.row(action, here)
        if row is None:
            raise ValueError(f"no row {action} from {here}")
        target = row.target
        if isinstance(target, OneOf):
            entered_from = next(step.from_state for step in reversed(found) if step.to_state == here)
            answer = chosen or entered_from  # what a rule chose, else where the side track was entered from
            if answer not in target.states:
                raise ValueError(f"{action} from {here} does not lead to {answer}")
            target = answer
        found.append(Step(action, here, target, str(row.who[0])))
    return tuple(found)


def choose(rng: random.Random, years_old: int) -> tuple[Step, ...]:
    """A story for a case that arrived so many years ago."""
    return steps(rng.choices(_TOLD, _weights(min(years_old, 2)))[0])


@cache
def _weights(column: int) -> tuple[int, ...]:
    """This year's weights, last year's, or those of the years before."""
    return tuple((this, last, before)[column] for _story, this, last, before in STORIES)


_TOLD: Sequence[tuple[str, ...]] = [row[0] for row in STORIES]
