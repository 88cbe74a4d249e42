"""A second small machine: the side tracks every kind of case shares, as a room would state them."""

from typing import Any

from django.db import transaction

from applications.associations.models import Association
from applications.cases import executor
from applications.cases.models import Case
from applications.cases.rules import hearing_can_end
from applications.cases.services.jav import declare_jav
from tests.factories import people
from vetting.accounts.actors import Actor
from vetting.accounts.models import District
from vetting.audit.verbs import Verb, register
from vetting.kernel import fsm
from vetting.kernel.labels import Label
from vetting.kernel.workflow import Kind, Move, OneOf, Phase, Row, Shape, State, Workflow, kinds

OFFICER, READER, HEAD = "grant_officer", "second_reader", "unit_head"
WORKING = ("review",)


def _state(code: str, sv: str, shape: Shape, phase: str, owner: str = OFFICER, days: int = 14) -> State:
    return State(
        code=code,
        label=Label(sv, code),
        shape=shape,
        phase=phase,
        owner=owner,
        due_days=days,
        next_step=Label(f"Nästa i {sv}", f"Next in {code}"),
    )


def _row(action: str, sources: tuple[str, ...], target: str | OneOf, **kwargs: Any) -> Row:
    return Row(
        action=action,
        label=Label(action.capitalize(), action.capitalize()),
        sources=sources,
        target=target,
        who=kwargs.pop("who", (OFFICER,)),
        **kwargs,
    )


HANDLED = Workflow(
    code="handled",
    label=Label("Provärende", "Trial case"),
    initial="received",
    phases=(
        Phase("in", Label("Inkommen", "Received")),
        Phase("review", Label("Prövning", "Review")),
        Phase("reading", Label("Läsning", "Reading")),
        Phase("end", Label("Avslut", "End")),
    ),
    states=(
        _state("received", "inkommen", Shape.NEW, "in"),
        _state("review", "prövning", Shape.WORK, "review"),
        _state("completion", "komplettering", Shape.WAIT, ""),
        _state("consultation", "samråd", Shape.WAIT, ""),
        _state("hearing", "kommunicering", Shape.WAIT, ""),
        _state("reading", "läsning", Shape.WORK, "reading", owner=READER),
        State(code="ended", label=Label("avslutat", "ended"), shape=Shape.CLOSED, phase="end", final=True),
    ),
    rows=(
        _row("start", ("received",), "review", who=(OFFICER, HEAD)),
        _row("submit", WORKING, "reading"),
        _row("confirm", ("reading",), "ended", who=(READER,)),
        _row("ask_completion", WORKING, "completion", then=("completion.asked",), minor=True),
        _row("completed", ("completion",), OneOf(WORKING), then=("completion.ended",), minor=True),
        _row("consult", WORKING, "consultation", then=("consultation.asked",), minor=True),
        _row(
            "answered",
            ("consultation",),
            OneOf(WORKING),
            who=(OFFICER, "coordinator", "lawyer"),
            then=("consultation.ended",),
            jav=False,
        ),
        _row("hear", WORKING, "hearing", then=("hearing.sent",), minor=True),
        _row("heard", ("hearing",), OneOf(WORKING), guards=(hearing_can_end,), then=("hearing.ended",)),
        _row(
            "withdraw",
            (*WORKING, "completion", "consultation", "hearing"),
            "ended",
            then=("side_tracks.ended",),
            minor=True,
            jav=False,
        ),
    ),
)


class HandledCase(Case):
    """Case rows moved by this machine."""

    class Meta:
        proxy = True
        app_label = "cases"

    @fsm.moves(*HANDLED.rows_of("start"))
    def start(self, move: Move) -> None: ...

    @fsm.moves(*HANDLED.rows_of("submit"))
    def submit(self, move: Move) -> None: ...

    @fsm.moves(*HANDLED.rows_of("confirm"))
    def confirm(self, move: Move) -> None: ...

    @fsm.moves(*HANDLED.rows_of("ask_completion"))
    def ask_completion(self, move: Move) -> None: ...

    @fsm.moves(*HANDLED.rows_of("completed"))
    def completed(self, move: Move) -> str:
        return executor.came_from(self)

    @fsm.moves(*HANDLED.rows_of("consult"))
    def consult(self, move: Move) -> None: ...

    @fsm.moves(*HANDLED.rows_of("answered"))
    def answered(self, move: Move) -> str:
        return executor.came_from(self)

    @fsm.moves(*HANDLED.rows_of("hear"))
    def hear(self, move: Move) -> None: ...

    @fsm.moves(*HANDLED.rows_of("heard"))
    def heard(self, move: Move) -> str:
        return executor.came_from(self)

    @fsm.moves(*HANDLED.rows_of("withdraw"))
    def withdraw(self, move: Move) -> None: ...


def install() -> None:
    """Registers the machine and its verbs, as a room would in its AppConfig."""
    if "handled" in kinds:
        return
    kinds.register(
        "handled",
        Kind(
            code="handled",
            label=HANDLED.label,
            model=HandledCase,
            workflow=HANDLED,
            is_case=True,
            number_on="received",
        ),
        owner=__name__,
    )
    for action in ("create", *HANDLED.actions()):
        register(__name__, Verb(f"handled.{action}", Label(f"{{actor}}: {action}", f"{{actor}}: {action}")))


def received(actor: Actor, at: District | None = None, association: Association | None = None) -> HandledCase:
    """A new case that nobody has touched."""
    applicant = association or people.association()
    case = HandledCase(kind="handled", district=at or people.district(), association=applicant)
    with transaction.atomic():
        return executor.create(subject=case, actor=actor)


def in_review(actor: Actor) -> HandledCase:
    """A case in review by an officer who has declared no conflict of interest."""
    case = received(actor)
    declare_jav(case=case, actor=actor, answer="none")
    executor.perform(subject=case, action="start", actor=actor)
    return again(case)


def again(case: Case) -> HandledCase:
    """The case as the database has it now."""
    return HandledCase.objects.get(pk=case.pk)
