"""A machine small enough to see whole, on real case rows: the executor is proven on it under races."""

from typing import Any

from applications.cases import executor
from applications.cases.models import Case
from tests.factories import people
from vetting.accounts.roles import Role
from vetting.audit.verbs import Verb, register
from vetting.kernel import fsm
from vetting.kernel.errors import Reason
from vetting.kernel.labels import Label
from vetting.kernel.workflow import Kind, Move, OneOf, Row, Shape, State, Workflow, kinds


def sum_is_small(move: Move) -> Reason | None:
    return Reason("too_much", "The sum is over the limit.") if move.data.get("sum", 0) > 100 else None


TRIAL = Workflow(
    code="trial",
    label=Label("Prov", "Trial"),
    initial="draft",
    states=(
        State(code="draft", label=Label("utkast", "draft"), shape=Shape.NEW, owner=Role.GRANT_OFFICER, due_days=30),
        State(code="received", label=Label("inkommen", "received"), shape=Shape.NEW, owner="registrar", due_days=3),
        State(code="review", label=Label("prövning", "review"), shape=Shape.WORK, owner="grant_officer", due_days=14),
        State(code="asked", label=Label("fråga", "asked"), shape=Shape.WAIT, owner="grant_officer", due_days=7),
        State(code="done", label=Label("klart", "done"), shape=Shape.DONE, final=True),
    ),
    rows=(
        Row(
            action="submit",
            label=Label("Ta emot", "Receive"),
            sources=("draft",),
            target="received",
            who=("grant_officer",),
            jav=False,
        ),
        Row(
            action="start",
            label=Label("Börja", "Start"),
            sources=("received",),
            target="review",
            who=("grant_officer",),
        ),
        Row(
            action="ask",
            label=Label("Fråga", "Ask"),
            sources=("received", "review"),
            target="asked",
            who=("grant_officer",),
        ),
        Row(
            action="answered",
            label=Label("Svarat", "Answered"),
            sources=("asked",),
            target=OneOf(("received", "review")),
            who=("grant_officer", "system"),
        ),
        Row(
            action="finish",
            label=Label("Avsluta", "Finish"),
            sources=("review",),
            target="done",
            who=("unit_head",),
            guards=(sum_is_small,),
        ),
    ),
)


class TrialCase(Case):
    """Case rows moved by the small machine."""

    class Meta:
        proxy = True
        app_label = "cases"

    @fsm.moves(*TRIAL.rows_of("submit"))
    def submit(self, move: Move) -> None: ...

    @fsm.moves(*TRIAL.rows_of("start"))
    def start(self, move: Move) -> None: ...

    @fsm.moves(*TRIAL.rows_of("ask"))
    def ask(self, move: Move) -> None: ...

    @fsm.moves(*TRIAL.rows_of("answered"))
    def answered(self, move: Move) -> str:
        return executor.came_from(self)

    @fsm.moves(*TRIAL.rows_of("finish"))
    def finish(self, move: Move) -> None: ...


def install() -> None:
    """Registers the machine and its verbs, as a room would in its AppConfig."""
    if "trial" in kinds:
        return
    kinds.register(
        "trial",
        Kind(code="trial", label=TRIAL.label, model=TrialCase, workflow=TRIAL, is_case=True, number_on="received"),
        owner=__name__,
    )
    for action in ("create", *TRIAL.actions()):
        register(__name__, Verb(f"trial.{action}", Label(f"{{actor}}: {action}", f"{{actor}}: {action}")))


def new_case(actor: Any) -> TrialCase:
    district = people.district()
    case = TrialCase(kind="trial", district=district, association=people.association())
    return executor.create(subject=case, actor=actor)
