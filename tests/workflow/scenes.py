"""A scene for every row of the machines, from every source: the steps that lead there, and the act that takes it.

Played once in test_scenes.py, raced by eight in test_scene_races.py and by fifty in the bench (trust F2).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from applications.cases.models import StateChange
from applications.cases.staterows import subject_type
from applications.examples.scenarios.grant_case import ROUTES, GrantCase, Wait
from vetting.kernel.workflow import kinds

Step = Callable[[Any], object]
Route = tuple[Step, ...]
SUBJECTS = {"grant": "case", "decision": "track", "payment": "payment"}  # what a machine moves, on a walk


@dataclass(frozen=True, slots=True)
class Scene:
    """`act` takes `action` on the walk's subject of `machine`, which the route has brought to `source`."""

    machine: str
    source: str
    action: str
    route: Route
    act: Step

    @property
    def name(self) -> str:
        return f"{self.machine}.{self.action} from {self.source}"

    def subject(self, walk: GrantCase) -> Any:
        return getattr(walk, SUBJECTS[self.machine])

    def effects(self, subject: Any) -> int:
        """How many times the action was taken on the subject."""
        kind = subject_type(kinds[self.machine])
        taken = StateChange.objects.filter(subject_type=kind, subject_id=subject.pk, action=self.action)
        return taken.count()


def _at(machine: str, source: str, route: Route, **acts: Step) -> list[Scene]:
    return [Scene(machine, source, action, route, act) for action, act in acts.items()]


def _button(action: str) -> Step:
    """A step of the officer without a form, after all that it asks for has been done."""
    return lambda walk: walk.perform(action, walk.staff.officer)


_PLANNED = (*ROUTES["granted"], GrantCase.have_giro)
_HELD = (*_PLANNED, GrantCase.hold)
_NOTICE = (GrantCase.plan_sitting, Wait(9), GrantCase.announce)
_FORCE = (Wait(28), GrantCase.confirm_final)
_ANNULLED = (GrantCase.appeal, GrantCase.annul)
_NEW_PROPOSAL = (*ROUTES["granted"], GrantCase.reconsider, GrantCase.propose, GrantCase.submit, GrantCase.read)

_GRANT = (
    *_at("grant", "draft", ROUTES["draft"], submit=GrantCase.receive),
    *_at("grant", "received", ROUTES["received"], register=GrantCase.register, withdraw=GrantCase.withdraw),
    *_at("grant", "registered", ROUTES["registered"], start_check=GrantCase.start_check, withdraw=GrantCase.withdraw),
    *_at("grant", "registered", (*ROUTES["registered"], GrantCase.propose_dismissal), dismiss=GrantCase.decide),
    *_at(
        "grant",
        "formal_check",
        ROUTES["formal_check"],
        ask_completion=GrantCase.ask_for_completion,
        withdraw=GrantCase.withdraw,
    ),
    *_at(
        "grant", "formal_check", (*ROUTES["formal_check"], GrantCase.answer_all), start_review=_button("start_review")
    ),
    *_at("grant", "formal_check", (*ROUTES["formal_check"], GrantCase.propose_dismissal), dismiss=GrantCase.decide),
    *_at("grant", "completion", ROUTES["completion"], withdraw=GrantCase.withdraw),
    *_at("grant", "completion", (*ROUTES["completion"], GrantCase.completion_arrives), completed=GrantCase.complete),
    *_at("grant", "completion", ROUTES["dismissed"][:-1], dismiss=GrantCase.decide),
    *_at(
        "grant",
        "review",
        ROUTES["review"],
        ask_completion=GrantCase.ask_for_completion,
        consult=GrantCase.consult,
        hear=GrantCase.hear,
        open_in_depth=GrantCase.open_lane,
        withdraw=GrantCase.withdraw,
    ),
    *_at(
        "grant",
        "review",
        (*ROUTES["review"], GrantCase.propose, GrantCase.answer_all),
        submit_review=_button("submit_review"),
    ),
    *_at(
        "grant",
        "in_depth",
        ROUTES["in_depth"],
        ask_completion=GrantCase.ask_for_completion,
        consult=GrantCase.consult,
        hear=GrantCase.hear,
        close_in_depth=GrantCase.close_lane,
        withdraw=GrantCase.withdraw,
    ),
    *_at("grant", "consultation", ROUTES["consultation"], answered=GrantCase.consulted, withdraw=GrantCase.withdraw),
    *_at("grant", "hearing", ROUTES["hearing"], withdraw=GrantCase.withdraw),
    *_at("grant", "hearing", (*ROUTES["hearing"], GrantCase.reply), heard=GrantCase.heard),
    *_at(
        "grant",
        "second_reading",
        ROUTES["second_reading"],
        confirm_review=GrantCase.read,
        return_review=GrantCase.return_review,
        withdraw=GrantCase.withdraw,
    ),
    *_at(
        "grant",
        "proposed",
        ROUTES["proposed"],
        grant=GrantCase.decide,
        return_proposal=GrantCase.return_proposal,
        withdraw=GrantCase.withdraw,
    ),
    *_at("grant", "proposed", ROUTES["refused"][:-1], refuse=GrantCase.decide),
    *_at(
        "grant",
        "proposed",
        (*ROUTES["before_board"][:-1], GrantCase.plan_sitting),
        send_to_board=GrantCase.send_to_board,
    ),
    *_at(
        "grant",
        "before_board",
        ROUTES["before_board"],
        strike=GrantCase.strike,
        table=GrantCase.table,
        refer_back=GrantCase.refer_back,
        withdraw=GrantCase.withdraw,
    ),
    *_at("grant", "before_board", (*ROUTES["before_board"], GrantCase.board_as_proposed), grant=GrantCase.record_board),
    *_at(
        "grant",
        "before_board",
        (*ROUTES["refused_by_board"][:-1], GrantCase.board_as_proposed),
        refuse=GrantCase.record_board,
    ),
    *_at("grant", "tabled", ROUTES["tabled"], back_from_table=GrantCase.back_from_table, withdraw=GrantCase.withdraw),
    *_at("grant", "granted", ROUTES["granted"], reconsider=GrantCase.reconsider),
    *_at("grant", "granted", ROUTES["closed"][:-1], close=GrantCase.close),
    *_at("grant", "refused", (*ROUTES["refused"], *_NOTICE, *_FORCE), close=GrantCase.close),
    *_at("grant", "dismissed", (*ROUTES["dismissed"], GrantCase.announce, *_FORCE), close=GrantCase.close),
    *_at("grant", "withdrawn", ROUTES["withdrawn"], close=GrantCase.close),
    *(
        Scene("grant", source, "reopen_after_judgment", (*ROUTES[source], *_ANNULLED), GrantCase.reopen_after_judgment)
        for source in ("granted", "refused", "dismissed", "withdrawn")
    ),
)

_DECISION = (
    *_at("decision", "decided", ROUTES["granted"], appeal=GrantCase.appeal),
    *_at("decision", "decided", (*ROUTES["granted"], *_NOTICE[:-1]), announce=GrantCase.announce),
    *_at(
        "decision",
        "announced",
        ROUTES["granted_and_announced"],
        notice_fell=GrantCase.notice_falls,
        appeal=GrantCase.appeal,
    ),
    *_at("decision", "announced", ROUTES["granted_and_final"][:-1], confirm_final=GrantCase.confirm_final),
    *_at("decision", "appealed", ROUTES["granted_and_appealed"], stay=GrantCase.stay),
    *_at("decision", "stayed", ROUTES["granted_and_stayed"], lift_stay=GrantCase.lift_stay),
    *(
        scene
        for source in ("appealed", "stayed")
        for scene in _at(
            "decision",
            source,
            ROUTES[f"granted_and_{source}"],
            uphold=GrantCase.uphold,
            annul=GrantCase.annul,
            dismiss_appeal=GrantCase.dismiss_appeal,
        )
    ),
    *(
        Scene("decision", source, "confirm_final", ROUTES[f"granted_and_{source}"], GrantCase.confirm_final)
        for source in ("upheld", "appeal_dismissed")
    ),
    # The old decision moves on while a new one is prepared; the new one replaces it wherever it has come.
    *(
        Scene("decision", source, "correct", (*_NEW_PROPOSAL, *track), GrantCase.decide)
        for source, track in (
            ("decided", ()),
            ("announced", _NOTICE),
            ("appealed", (GrantCase.appeal,)),
            ("stayed", (GrantCase.appeal, GrantCase.stay)),
            ("upheld", (GrantCase.appeal, GrantCase.uphold)),
            ("appeal_dismissed", (GrantCase.appeal, GrantCase.dismiss_appeal)),
            ("final", (*_NOTICE, *_FORCE)),
        )
    ),
)

_PAYMENT = (
    *_at("payment", "planned", _PLANNED, certify=GrantCase.certify, hold=GrantCase.hold),
    *_at("payment", "planned", (*_PLANNED, GrantCase.ask_to_cancel), cancel=GrantCase.cancel_as_asked),
    *_at("payment", "certified", (*_PLANNED, GrantCase.certify), release=GrantCase.release, hold=GrantCase.hold),
    *_at(
        "payment",
        "released",
        (*_PLANNED, GrantCase.certify, GrantCase.release),
        confirm_paid=GrantCase.confirm_paid,
        fail=GrantCase.fail,
    ),
    *_at(
        "payment",
        "failed",
        (*_PLANNED, GrantCase.certify, GrantCase.release, GrantCase.fail),
        plan_again=GrantCase.plan_again,
    ),
    *_at("payment", "held", _HELD, resume=GrantCase.resume),
    *_at("payment", "held", (*_HELD, GrantCase.ask_to_cancel), cancel=GrantCase.cancel_as_asked),
)

SCENES: tuple[Scene, ...] = (*_GRANT, *_DECISION, *_PAYMENT)

# Rows that no scene reaches yet: (machine, action, source) → why.
OUT_OF_REACH: dict[tuple[str, str, str], str] = {}

# Machines of other rooms: what is raced of them, and where.
RACED_ELSEWHERE: dict[str, str] = {
    "rental": "tests/workflow/test_booking_races.py: many cases reserve one slot; its other rows are not raced yet",
    "booking": "tests/workflow/test_booking_races.py: one winner of a slot; its other rows are not raced yet",
}


def branches(scenes: Sequence[Scene], depth: int) -> tuple[list[Scene], dict[Step, list[Scene]]]:
    """Of scenes whose routes agree in their first `depth` steps: those that stand here, the others by what is next."""
    here, onward = [], {}
    for scene in scenes:
        if len(scene.route) == depth:
            here.append(scene)
        else:
            onward.setdefault(scene.route[depth], []).append(scene)
    return here, onward


def all_declare(walk: GrantCase) -> None:
    """Nobody has a conflict of interest, so that no refusal is for want of a declaration."""
    staff = walk.staff
    walk.declare(
        staff.officer, staff.reader, staff.unit_head, staff.secretary, staff.registrar, staff.payer, staff.second_payer
    )
