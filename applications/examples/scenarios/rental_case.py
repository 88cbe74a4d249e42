"""A request for a room walked to any state of its line, or of its booking: which steps lead there."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from applications.examples.scenarios.rental_decisions import RentalDecisions
from applications.examples.scenarios.rental_steps import RentalSteps

Step = Callable[[RentalDecisions], None]


class RentalCase(RentalDecisions):
    """`walk("review")` takes the case as far as that state; `walk_booking("held")` its date."""

    def walk(self, state: str) -> Any:
        for step in ROUTES[state]:
            step(self)
        return self.case

    def walk_booking(self, state: str) -> Any:
        for step in BOOKING_ROUTES[state]:
            step(self)
        return self.booking


def _at(after: timedelta, action: str, comment: str = "", **said: str) -> Step:
    """A step of the date, on the evening itself or after it."""

    def step(case: RentalDecisions) -> None:
        with case.at_slot(after):
            case.date_step(action, comment, **said)

    step.after = after  # type: ignore[attr-defined]  # when it happens, told from the slot's beginning
    return step


def _propose_no_to_board(case: RentalDecisions) -> None:
    case.propose_no(path="board")


def _propose_revocation(case: RentalDecisions) -> None:
    case.declare(case.staff.unit_head)
    case.propose_no(
        reason_class="rule",
        facts="Hyrestagaren har lämnat lokalen vidare till någon annan, enligt dennes egen annons.",
        assessment="Villkoren förbjuder att lokalen lämnas vidare, och hyrestagaren vill inte ändra det.",
    )


HOUR = timedelta(hours=1)
HELD: tuple[Step, ...] = (RentalSteps.enter, RentalSteps.reserve)
TO_REVIEW = (*HELD, RentalSteps.start_review)
REVIEWED = (*TO_REVIEW, RentalSteps.confirm_reviewed)


def _head_declares(case: RentalDecisions) -> None:
    case.declare(case.staff.unit_head)


TO_READING = (
    *TO_REVIEW,
    _head_declares,
    RentalDecisions.propose_no,
    RentalDecisions.weigh_refusal,
    RentalDecisions.propose_refusal,
)
TO_BOARD = (
    *TO_REVIEW,
    _head_declares,
    _propose_no_to_board,
    RentalDecisions.weigh_refusal,
    RentalDecisions.propose_refusal,
    RentalDecisions.read,
    RentalDecisions.send_to_board,
)


def _deviation(case: RentalDecisions) -> None:
    case.declare(case.staff.unit_head)
    case.answer_all()
    case.propose()
    case.accept()


ROUTES: dict[str, tuple[Step, ...]] = {
    "received": HELD[:1],
    "preliminary": HELD,
    "unavailable": (RentalSteps.enter, RentalSteps.refuse_as_unavailable),
    "review": TO_REVIEW,
    "info_requested": (*TO_REVIEW, RentalSteps.ask),
    "consultation": (*TO_REVIEW, RentalSteps.consult),
    "hearing": (*TO_REVIEW, RentalSteps.hear),
    "second_reading": TO_READING,
    "proposed": (*TO_READING, RentalDecisions.read),
    "before_board": TO_BOARD,
    "tabled": (*TO_BOARD, RentalDecisions.table),
    "confirmed": REVIEWED,
    "confirmed_by_decision": (*TO_REVIEW, _deviation, RentalDecisions.decide),
    "refused": (*TO_READING, RentalDecisions.read, RentalDecisions.decide),
    "refused_by_board": (*TO_BOARD, RentalDecisions.board_decides),
    "withdrawn": (*TO_REVIEW, RentalSteps.withdraw),
    "lapsed": (*HELD, RentalSteps.lapse),
    "cancelled": (*REVIEWED, RentalSteps.cancel),
    "revoked": (
        *REVIEWED,
        RentalSteps.hear_termination,
        _propose_revocation,
        RentalDecisions.read_revocation,
        RentalDecisions.decide,
    ),
    "closed": (RentalSteps.enter, RentalSteps.refuse_as_unavailable, RentalSteps.close),
}

EVENING = (*REVIEWED, _at(-HOUR, "give_key"))
AFTER = (*EVENING, _at(HOUR, "hold_event"))
INSPECTED = (*AFTER, _at(14 * HOUR, "inspect", note="Städat och möblerat som det var."))
DEVIATING = (*INSPECTED, _at(15 * HOUR, "note_deviation", note="En stol är trasig."))
STOPPED = (
    *EVENING,
    _at(
        HOUR,
        "stop",
        decided_by="Jourhavande chef",
        happened="Brandlarmet gick och utrymningsvägen var blockerad.",
        ground="Villkor 5, och räddningstjänstens order",
        milder="Arrangören ombads flytta borden men gjorde det inte.",
    ),
)

BOOKING_ROUTES: dict[str, tuple[Step, ...]] = {
    "claimed": HELD,
    "booked": REVIEWED,
    "key_out": EVENING,
    "held": AFTER,
    "stopped": STOPPED,
    "checked": INSPECTED,
    "deviation": DEVIATING,
    "done": (*DEVIATING, _at(20 * HOUR, "finish", note="Stolen är ersatt av hyrestagaren.")),
    "no_show": (*REVIEWED, _at(HOUR, "no_show")),
    "cancelled": (*REVIEWED, RentalSteps.cancel),
    "lapsed": (*HELD, RentalSteps.lapse),
    "released": (*HELD, RentalSteps.withdraw),
}
