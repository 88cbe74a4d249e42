"""A small case kind that can be decided, with rules, people and proposals, for tests of the decisions room."""

import tomllib
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from applications.cases import executor
from applications.cases.models import Case, JavDeclaration
from applications.decisions import guards, hearing
from applications.decisions.models import BoardMeeting, DelegationVersion, Proposal
from applications.decisions.services.plan_meeting import plan_meeting
from applications.decisions.services.rule_versions import (
    DEFINITIONS,
    EXAMPLES,
    draft_delegation,
    install_example_rules,
    publish_rule,
)
from applications.decisions.services.save_proposal import save_proposal
from applications.decisions.subjects import Citation, Comparable, Cost, Described, Subject, subjects
from tests.factories import people
from vetting.accounts.actors import Actor
from vetting.accounts.roles import Role
from vetting.audit.verbs import Verb, register
from vetting.kernel import clock, fsm
from vetting.kernel.labels import Label
from vetting.kernel.workflow import Kind, Move, Phase, Row, Shape, State, Workflow, kinds

HEADS = ("unit_head", "department_head", "chair")
COMPLETE = (guards.proposal_complete, hearing.heard_if_owed, guards.decider_allowed)


def _state(code: str, sv: str) -> State:
    return State(
        code=code, label=Label(sv, code), shape=Shape.WORK, owner="grant_officer", due_days=9, phase="decision"
    )


def _decides(action: str, target: str, sources: tuple[str, ...], *first: Any) -> Row:
    return Row(
        action=action,
        label=Label(action, action),
        sources=sources,
        target=target,
        who=HEADS,
        guards=(*first, *COMPLETE),
        then=("decision.record",),
        matter="main",
        forms_decision=True,
        form="decide-proposal",
    )


def _by_board(action: str, target: str) -> Row:
    return Row(
        action=action,
        label=Label(f"nämnd: {action}", f"board: {action}"),
        sources=("before_board",),
        target=target,
        who=("board_secretary",),
        guards=(guards.board_outcome_registered, hearing.heard_before_board),
        then=("decision.record",),
        matter="main",
        forms_decision=True,
        form="register-board-decision",
        jav=False,
    )


def _sits(action: str, target: str) -> Row:
    return Row(
        action=action,
        label=Label(action, action),
        sources=("before_board",),
        target=target,
        who=("board_secretary",),
        then=("board.item_ended",),
        jav=False,
    )


MACHINE = Workflow(
    code="dtrial",
    label=Label("Provbidrag", "Trial grant"),
    initial="proposed",
    phases=(Phase("decision", Label("Beslut", "Decision")),),
    states=(
        _state("proposed", "förslag"),
        _state("review", "prövning"),
        _state("before_board", "till nämnd"),
        _state("tabled", "bordlagt"),
        _state("granted", "bifall"),
        _state("refused", "avslag"),
        _state("dismissed", "avvisad"),
        _state("withdrawn", "avskriven"),
        State(code="closed", label=Label("avslutad", "closed"), shape=Shape.CLOSED, final=True),
    ),
    rows=(
        _decides("grant", "granted", ("proposed",), guards.proposal_grants),
        _decides("refuse", "refused", ("proposed",), guards.proposal_refuses),
        _decides("dismiss", "dismissed", ("proposed",), guards.proposal_dismisses),
        _by_board("grant", "granted"),
        _by_board("refuse", "refused"),
        _sits("table", "tabled"),
        _sits("refer_back", "review"),
        _sits("strike", "proposed"),
        Row(
            action="send_to_board",
            label=Label("skicka", "send"),
            sources=("proposed", "review", "tabled"),
            target="before_board",
            who=("grant_officer", "board_secretary"),
            guards=(guards.goes_to_board, guards.proposal_complete, hearing.heard_if_owed),
            then=("board.item_added",),
            form="send-to-board",
        ),
        Row(
            action="withdraw",
            label=Label("skriv av", "withdraw"),
            sources=("proposed", "before_board"),
            target="withdrawn",
            who=("grant_officer",),
            then=("decision.record_withdrawal",),
            matter="main",
            forms_decision=True,
        ),
        Row(
            action="reconsider",
            label=Label("ompröva", "reconsider"),
            sources=("granted", "refused"),
            target="proposed",
            who=("unit_head",),
            then=("decision.reopened",),
        ),
        Row(
            action="close",
            label=Label("avsluta", "close"),
            sources=("granted", "refused", "dismissed", "withdrawn"),
            target="closed",
            who=("grant_officer",),
            guards=(guards.decision_final,),
        ),
    ),
)


class DecidedCase(Case):
    """Case rows moved by the small machine."""

    class Meta:
        proxy = True
        app_label = "cases"

    @fsm.moves(*MACHINE.rows_of("grant"))
    def grant(self, move: Move) -> None: ...

    @fsm.moves(*MACHINE.rows_of("refuse"))
    def refuse(self, move: Move) -> None: ...

    @fsm.moves(*MACHINE.rows_of("dismiss"))
    def dismiss(self, move: Move) -> None: ...

    @fsm.moves(*MACHINE.rows_of("table"))
    def table(self, move: Move) -> None: ...

    @fsm.moves(*MACHINE.rows_of("refer_back"))
    def refer_back(self, move: Move) -> None: ...

    @fsm.moves(*MACHINE.rows_of("strike"))
    def strike(self, move: Move) -> None: ...

    @fsm.moves(*MACHINE.rows_of("send_to_board"))
    def send_to_board(self, move: Move) -> None: ...

    @fsm.moves(*MACHINE.rows_of("withdraw"))
    def withdraw(self, move: Move) -> None: ...

    @fsm.moves(*MACHINE.rows_of("reconsider"))
    def reconsider(self, move: Move) -> None: ...

    @fsm.moves(*MACHINE.rows_of("close"))
    def close(self, move: Move) -> None: ...


NO_DOUBLE = Citation(
    id="p5",
    ground="kommunal_policy",
    section="nämndens villkor för verksamhetsbidrag, punkt 5",
    version="version 3",
    sv="Samma kostnad får inte täckas av två bidrag.",
    en="The same cost may not be covered by two grants.",
)
# What a test wants the case to say beside the ordinary; by case key.
SAYS: dict[Any, dict[str, Any]] = {}
ALIKE: dict[Any, tuple[Comparable, ...]] = {}


def describe(case: Any) -> Described:
    said = {
        "subject_sv": "verksamhetsbidrag 2026",
        "subject_en": "operating grant 2026",
        "requested": Decimal("45000.00"),
        "period": (date(2026, 4, 1), date(2026, 12, 31)),
        "costs": (Cost(cost="Ledararvoden", applied=Decimal(21000)), Cost(cost="Lokalhyra", applied=Decimal(24000))),
        "address": ("Exempelgatan 1", "120 00 Årsta"),
        "rules_version": "verksamhetsbidrag v3",
        "citations": (NO_DOUBLE,),
        "conditions": ("Bidraget får bara användas till de kostnader som står i tabellen.",),
        "report_on": date(2027, 1, 31),
        "payment": "Pengarna betalas till föreningens bankgiro i två delar.",
    }
    return Described(**(said | SAYS.get(case.key, {})))


def install() -> None:
    """Registers the machine, its verbs and its subject, as a room would in its AppConfig."""
    if "dtrial" in kinds:
        return
    kinds.register(
        "dtrial",
        Kind(
            code="dtrial", label=MACHINE.label, model=DecidedCase, workflow=MACHINE, is_case=True, number_on="proposed"
        ),
        owner=__name__,
    )
    for action in ("create", *MACHINE.actions()):
        register(__name__, Verb(f"dtrial.{action}", Label(f"{{actor}}: {action}", f"{{actor}}: {action}")))
    subject = Subject(describe=describe, comparables=lambda case, proposal: ALIKE.get(case.key, ()))
    subjects.register("dtrial", subject, owner=__name__)


FACTS = {
    "court": "Förvaltningsrätten i Stockholm",
    "municipality": "Stockholms kommun",
    "notice_board": "stadens anslagstavla",
    "link": "https://exempel.invalid/anslagstavla",
    "contact": "Telefon 08-123 00 00.",
}


def district(code: str = "KUN") -> Any:
    """A district with example rules and what its letters need."""
    found = people.district(code)
    if not found.letter_facts:
        found.letter_facts = dict(FACTS)
        found.save(update_fields=["letter_facts"])
    install()
    if not DelegationVersion.objects.filter(district=found).exists():
        delegation(found)
        install_example_rules(district=found, valid_from=date(2020, 1, 1))
    return found


def delegation(at: Any, **changes: dict[str, Any]) -> DelegationVersion:
    """The shipped table, a grant's rows open to any kind; `changes` by rule number, `_` for the point: `r4_3={…}`."""
    table = tomllib.loads((DEFINITIONS / "delegation.toml").read_text(encoding="utf-8"))["delegation"][0]
    rows = [
        row
        | ({"kind": ""} if row.get("kind") == "grant" else {})
        | changes.get("r" + row["rule"].replace(".", "_"), {})
        for row in table["rows"]
    ]
    version = draft_delegation(
        district=at, code="delegation", content=table | {"rows": rows}, actor=EXAMPLES, is_example=True
    )
    newest = DelegationVersion.objects.filter(district=at).count()
    publish_rule(version=version, actor=EXAMPLES, valid_from=date(2020, 1, newest))
    return version


def declared(case: Any, *actors: Actor) -> None:
    for actor in actors:
        JavDeclaration.objects.create(case=case, user_id=actor.user_id, answer="none", at=clock.now())


def case_to_decide(officer: Actor, **says: Any) -> DecidedCase:
    """A case in `proposed` that says what `describe` says, with `says` on top."""
    case = DecidedCase(kind="dtrial", district=district(), association=people.association("Årsta Kvarterslag"))
    case = executor.create(subject=case, actor=officer)
    declared(case, officer)
    SAYS[case.key] = says
    return case


ORDINARY: dict[str, Any] = {
    "outcome": "full",
    "reason_class": "rule",
    "amount": Decimal("45000.00"),
    "lines": [
        {"cost": "Ledararvoden", "applied": "21000", "granted": "21000"},
        {"cost": "Lokalhyra", "applied": "24000", "granted": "24000"},
    ],
    "assessment": "Verksamheten riktar sig till boende i området och villkoren är uppfyllda.",
    "citations": [NO_DOUBLE.as_data()],
    "principle": False,
    "last_report_on": date(2027, 1, 31),
    "path": "delegate",
}
CUT: dict[str, Any] = ORDINARY | {
    "outcome": "part",
    "amount": Decimal("21000.00"),
    "lines": [
        {"cost": "Ledararvoden", "applied": "21000", "granted": "21000"},
        {"cost": "Lokalhyra", "applied": "24000", "granted": "0"},
    ],
    "facts": "Kulturnämnden har beviljat 24 000 kronor för samma hyra. Föreningen bekräftade det den 26 februari.",
    "facts_from": "applicant",
    "assessment": "Hyran är redan betald av en annan nämnd och kan därför inte ingå i bidraget.",
    "principle_reason": "Regeln är klar och tillämpas som förut.",
}
REFUSAL: dict[str, Any] = CUT | {
    "outcome": "refused",
    "amount": None,
    "lines": [],
    "assessment": "Hela ansökan gäller en hyra som en annan nämnd redan har betalat.",
}


def proposal(case: Case, officer: Actor, values: dict[str, Any] | None = None, **more: Any) -> Proposal:
    """A saved proposal: an ordinary full grant, or `CUT`, `REFUSAL`, with changes."""
    return save_proposal(case=case, actor=officer, values=(values or ORDINARY) | more, expected_version=0)


def meeting(secretary: Actor, body: str = "board", in_days: int = 7) -> BoardMeeting:
    return plan_meeting(
        actor=secretary, district=district(), body=body, date=clock.today() + timedelta(days=in_days), place="Rådslaget"
    )


def staff() -> dict[str, Actor]:
    """One person for each role that decisions need."""
    district()
    roles = {
        "officer": Role.GRANT_OFFICER,
        "head": Role.UNIT_HEAD,
        "department": Role.DEPARTMENT_HEAD,
        "chair": Role.CHAIR,
        "secretary": Role.BOARD_SECRETARY,
        "registrar": Role.REGISTRAR,
        "lawyer": Role.LAWYER,
    }
    return {name: people.actor(role) for name, role in roles.items()}
