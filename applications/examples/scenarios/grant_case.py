"""A grant application walked to any state of its line: which steps lead there."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from applications.examples.scenarios.board_steps import BoardSteps
from applications.examples.scenarios.grant_steps import GrantSteps
from applications.examples.scenarios.payment_steps import PaymentSteps
from applications.examples.scenarios.proposal_steps import ProposalSteps
from applications.examples.scenarios.side_tracks import SideTracks
from applications.examples.scenarios.track_steps import TrackSteps
from vetting.kernel import clock


@dataclass(frozen=True, slots=True)
class Wait:
    """A place in a route where so many days pass: minutes are approved, a time of appeal runs out."""

    days: int

    def __call__(self, case: GrantSteps) -> None: ...


class GrantCase(SideTracks, ProposalSteps, BoardSteps, TrackSteps, PaymentSteps):
    """`walk("proposed")` takes the case as far as that state."""

    def walk(self, state: str) -> Any:
        """Takes the case along the route to `state`; returns the case. Each `Wait` moves the clock for what follows."""
        ahead = 0
        for step in ROUTES[state]:
            ahead += days_of(step)
            with clock.later(timedelta(days=ahead)):
                step(self)
        return self.case


def days_of(step: Any) -> int:
    """How many days pass at this place of a route."""
    return step.days if isinstance(step, Wait) else 0


Route = tuple[Callable[[Any], None], ...]

_TO_REVIEW: Route = (
    GrantSteps.draft,
    GrantSteps.receive,
    GrantSteps.register,
    GrantSteps.start_check,
    GrantSteps.start_review,
)
_TO_PROPOSED: Route = (*_TO_REVIEW, GrantSteps.propose, GrantSteps.submit, GrantSteps.read)

_TO_BOARD: Route = (
    *_TO_REVIEW,
    ProposalSteps.propose_for_board,
    GrantSteps.submit,
    GrantSteps.read,
    BoardSteps.send_to_board,
)

_GRANTED: Route = (*_TO_PROPOSED, GrantSteps.decide)
_CERTIFIED: Route = (*_GRANTED, PaymentSteps.certify)
_RELEASED: Route = (*_CERTIFIED, PaymentSteps.release)
_PAID: Route = (*_RELEASED, PaymentSteps.confirm_paid)
_REFUSED: Route = (*_TO_REVIEW, ProposalSteps.propose_refusal, GrantSteps.submit, GrantSteps.read, GrantSteps.decide)
_WITHDRAWN: Route = (*_TO_REVIEW, SideTracks.withdraw)
# The decision is reported to a meeting whose minutes are approved; then the appeal time runs three weeks.
_NOTICE: Route = (BoardSteps.plan_sitting, Wait(9), TrackSteps.announce)
_FORCE: Route = (Wait(28), TrackSteps.confirm_final)
_APPEALED: Route = (*_GRANTED, TrackSteps.appeal)

ROUTES: dict[str, Route] = {
    "draft": (GrantSteps.draft,),
    "received": _TO_REVIEW[:2],
    "registered": _TO_REVIEW[:3],
    "formal_check": _TO_REVIEW[:4],
    "completion": (*_TO_REVIEW[:4], SideTracks.ask_for_completion),
    "review": _TO_REVIEW,
    "in_depth": (*_TO_REVIEW, SideTracks.open_lane),
    "consultation": (*_TO_REVIEW, SideTracks.consult),
    "hearing": (*_TO_REVIEW, SideTracks.hear),
    "second_reading": (*_TO_REVIEW, GrantSteps.propose, GrantSteps.submit),
    "proposed": _TO_PROPOSED,
    "before_board": _TO_BOARD,
    "granted": _GRANTED,
    "granted_with_payment_planned": (*_GRANTED, PaymentSteps.have_giro),
    "granted_with_payment_waiting": (
        *_TO_REVIEW,
        ProposalSteps.propose_part,
        GrantSteps.submit,
        GrantSteps.read,
        GrantSteps.decide,
    ),
    "granted_with_payment_certified": _CERTIFIED,
    "granted_with_payment_released": _RELEASED,
    "granted_with_payment_paid": _PAID,
    "granted_with_payment_repaid": (*_PAID, PaymentSteps.repay),
    "granted_with_payment_failed": (*_RELEASED, PaymentSteps.fail),
    "granted_with_payment_held": (*_GRANTED, PaymentSteps.hold),
    "granted_with_payment_cancelled": (*_GRANTED, PaymentSteps.cancel),
    "granted_by_board": (*_TO_BOARD, BoardSteps.board_decides),
    "granted_and_announced": (*_GRANTED, *_NOTICE),
    "granted_and_final": (*_GRANTED, *_NOTICE, *_FORCE),
    "granted_and_appealed": _APPEALED,
    "granted_and_stayed": (*_APPEALED, TrackSteps.stay),
    "granted_and_upheld": (*_APPEALED, TrackSteps.uphold),
    "granted_and_appeal_dismissed": (*_APPEALED, TrackSteps.dismiss_appeal),
    "granted_and_annulled": (*_APPEALED, TrackSteps.annul),
    "granted_and_corrected": (
        *_GRANTED,
        TrackSteps.reconsider,
        GrantSteps.propose,
        GrantSteps.submit,
        GrantSteps.read,
        GrantSteps.decide,
    ),
    "refused": _REFUSED,
    "refused_by_board": (
        *_TO_REVIEW,
        ProposalSteps.propose_refusal_by_board,
        GrantSteps.submit,
        GrantSteps.read,
        BoardSteps.send_to_board,
        BoardSteps.board_decides,
    ),
    "tabled": (*_TO_BOARD, BoardSteps.table),
    "dismissed": (
        *_TO_REVIEW[:4],
        SideTracks.ask_for_completion,
        Wait(21),
        ProposalSteps.propose_dismissal,
        GrantSteps.decide,
    ),
    "withdrawn": _WITHDRAWN,
    "closed": (*_PAID, *_NOTICE, *_FORCE, TrackSteps.close),
}
