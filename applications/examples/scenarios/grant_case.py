"""A grant application walked to any state of its line: which steps lead there."""

from collections.abc import Callable
from typing import Any

from applications.examples.scenarios.grant_steps import GrantSteps


class GrantCase(GrantSteps):
    """`walk("proposed")` takes the case as far as that state."""

    def walk(self, state: str) -> Any:
        """Takes the case to `state` of the main line or a side track; returns the case."""
        for step in ROUTES[state]:
            step(self)
        return self.case


_TO_REVIEW: tuple[Callable[[GrantSteps], None], ...] = (
    GrantSteps.draft,
    GrantSteps.receive,
    GrantSteps.register,
    GrantSteps.start_check,
    GrantSteps.start_review,
)
_TO_PROPOSED = (*_TO_REVIEW, GrantSteps.propose, GrantSteps.submit, GrantSteps.read)


def _board_proposal(case: GrantSteps) -> None:
    case.propose(path="board")


def _refusal(case: GrantSteps) -> None:
    case.propose(
        outcome="refused",
        reason_class="priority",
        amount=None,
        lines=[],
        last_report_on=None,
        principle_reason="Samma prioritering gäller alla ansökningar i omgången.",
        facts="Stödet räcker inte till alla som uppfyller villkoren.",
        facts_from="register",
        priority_note="Ansökningar som når fler boende i området har gått före.",
        differs="yes",
        differs_reason="Färre av platserna når boende i området än i de ärenden som fått bifall.",
        assessment="Verksamheten uppfyller villkoren men når färre än de ansökningar som prioriterats.",
    )


_TO_BOARD = (*_TO_REVIEW, _board_proposal, GrantSteps.submit, GrantSteps.read, GrantSteps.send_to_board)

ROUTES: dict[str, tuple[Callable[[GrantSteps], None], ...]] = {
    "draft": (GrantSteps.draft,),
    "received": _TO_REVIEW[:2],
    "registered": _TO_REVIEW[:3],
    "formal_check": _TO_REVIEW[:4],
    "completion": (*_TO_REVIEW[:4], GrantSteps.ask_for_completion),
    "review": _TO_REVIEW,
    "in_depth": (*_TO_REVIEW, GrantSteps.open_lane),
    "consultation": (*_TO_REVIEW, GrantSteps.consult),
    "hearing": (*_TO_REVIEW, GrantSteps.hear),
    "second_reading": (*_TO_REVIEW, GrantSteps.propose, GrantSteps.submit),
    "proposed": _TO_PROPOSED,
    "before_board": _TO_BOARD,
    "granted": (*_TO_PROPOSED, GrantSteps.decide),
    "granted_by_board": (*_TO_BOARD, GrantSteps.board_decides),
    "refused": (*_TO_REVIEW, _refusal, GrantSteps.submit, GrantSteps.read, GrantSteps.decide),
    "withdrawn": (*_TO_REVIEW, GrantSteps.withdraw),
}
