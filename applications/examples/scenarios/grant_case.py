"""A grant application walked to any state of its line: which steps lead there."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from applications.examples.scenarios.grant_steps import GrantSteps
from applications.examples.scenarios.payment_steps import PaymentSteps


class GrantCase(PaymentSteps):
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


def _part(case: GrantSteps) -> None:
    """Less than applied for: a revised budget is owed before the first payment."""
    share = (case.amount * 2 / 3).quantize(Decimal(1))
    case.propose(
        outcome="part",
        reason_class="priority",
        amount=share,
        lines=[],
        principle_reason="Samma fördelning gäller alla ansökningar i omgången.",
        facts="Stödet räcker inte till hela det sökta beloppet för alla som uppfyller villkoren.",
        facts_from="register",
        priority_note="Ledararvodena går före materialet, som i övriga ansökningar.",
        differs="yes",
        differs_reason="Ansökan är större än de som fått hela beloppet.",
        assessment="Verksamheten uppfyller villkoren. Arvoden och lokal bedöms vara det som bär den.",
    )


_GRANTED = (*_TO_PROPOSED, GrantSteps.decide)
_CERTIFIED = (*_GRANTED, PaymentSteps.certify)
_RELEASED = (*_CERTIFIED, PaymentSteps.release)
_PAID = (*_RELEASED, PaymentSteps.confirm_paid)

ROUTES: dict[str, tuple[Callable[[Any], None], ...]] = {
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
    "granted": _GRANTED,
    "granted_with_payment_planned": (*_GRANTED, PaymentSteps.have_giro),
    "granted_with_payment_waiting": (*_TO_REVIEW, _part, GrantSteps.submit, GrantSteps.read, GrantSteps.decide),
    "granted_with_payment_certified": _CERTIFIED,
    "granted_with_payment_released": _RELEASED,
    "granted_with_payment_paid": _PAID,
    "granted_with_payment_repaid": (*_PAID, PaymentSteps.repay),
    "granted_with_payment_failed": (*_RELEASED, PaymentSteps.fail),
    "granted_with_payment_held": (*_GRANTED, PaymentSteps.hold),
    "granted_with_payment_cancelled": (*_GRANTED, PaymentSteps.cancel),
    "granted_by_board": (*_TO_BOARD, GrantSteps.board_decides),
    "refused": (*_TO_REVIEW, _refusal, GrantSteps.submit, GrantSteps.read, GrantSteps.decide),
    "withdrawn": (*_TO_REVIEW, GrantSteps.withdraw),
}
