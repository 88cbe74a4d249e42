"""A step that does all that a step can: declared conflicts, a guard, an effect with a letter in the outbox."""

from typing import Any

from django.db import transaction

from applications.cases import executor
from applications.cases.models import Case, JavDeclaration
from tests.factories import people
from vetting.accounts.actors import Actor
from vetting.accounts.roles import Role
from vetting.audit.verbs import Verb, register
from vetting.kernel import clock, fsm
from vetting.kernel.errors import Reason
from vetting.kernel.labels import Label
from vetting.kernel.workflow import Kind, Move, Row, Shape, State, Workflow, effects, kinds
from vetting.outbox.services import put


def has_version(move: Move) -> Reason | None:
    return None if move.subject.version else Reason("no_version", "The case has no version.")


def tell(move: Move) -> None:
    put(
        kind="bench.told",
        district=move.case.district,
        recipient="forening@example.org",
        subject="Det finns ett meddelande",
        body=f"Ärende {move.case.key}",
        identity=f"bench:{move.case.key}:{move.subject.version}",
        case=move.case.key,
    )


BENCH = Workflow(
    code="bench",
    label=Label("Mätning", "Measurement"),
    initial="here",
    states=(
        State(code="here", label=Label("här", "here"), shape=Shape.NEW, owner=Role.GRANT_OFFICER, due_days=3),
        State(code="there", label=Label("där", "there"), shape=Shape.WORK, owner=Role.GRANT_OFFICER, due_days=3),
    ),
    rows=(
        Row(
            action="go",
            label=Label("Gå", "Go"),
            sources=("here",),
            target="there",
            who=(Role.GRANT_OFFICER,),
            guards=(has_version,),
            then=("bench.tell",),
        ),
        Row(
            action="back",
            label=Label("Tillbaka", "Back"),
            sources=("there",),
            target="here",
            who=(Role.GRANT_OFFICER,),
            guards=(has_version,),
            then=("bench.tell",),
        ),
    ),
)


class BenchCase(Case):
    class Meta:
        proxy = True
        app_label = "cases"

    @fsm.moves(*BENCH.rows_of("go"))
    def go(self, move: Move) -> None: ...

    @fsm.moves(*BENCH.rows_of("back"))
    def back(self, move: Move) -> None: ...


def install() -> None:
    if "bench" in kinds:
        return
    kinds.register(
        "bench", Kind(code="bench", label=BENCH.label, model=BenchCase, workflow=BENCH, is_case=True), owner=__name__
    )
    effects.register("bench.tell", tell, owner=__name__)
    for action in ("create", "go", "back"):
        register(__name__, Verb(f"bench.{action}", Label("{actor}", "{actor}")))


def cases(count: int, officer: Actor) -> list[Any]:
    """New cases of the machine, in which the officer has declared no conflict."""
    made = []
    with transaction.atomic():
        for _ in range(count):
            case = BenchCase(kind="bench", district=people.district(), association=people.association())
            made.append(executor.create(subject=case, actor=officer))
    JavDeclaration.objects.bulk_create(
        JavDeclaration(case=case, user_id=officer.user_id, answer="none", at=clock.now()) for case in made
    )
    return made
