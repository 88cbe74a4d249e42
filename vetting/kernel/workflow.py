"""State machines as two tables one can take in at a glance: states and rows (docs/adr/0002).

A room's `workflow.py` holds nothing but such tables. The rows are typed, frozen and checked when built; a test
proves rows = library transitions = generated docs. Who may do a step stands here and nowhere else.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from vetting.kernel.errors import Reason
from vetting.kernel.labels import Label
from vetting.kernel.registry import Registry

if TYPE_CHECKING:
    from django.db.models import Model

Guard = Callable[["Move"], Reason | None]
Effect = Callable[["Move"], None]


class Shape(StrEnum):
    """The eight shapes of a state tag; the word beside comes from the state's label (ui: one shape everywhere)."""

    NEW = "new"
    WORK = "work"
    WAIT = "wait"
    DECIDE = "decide"
    DONE = "done"
    STOP = "stop"
    LATE = "late"
    CLOSED = "closed"


class Ground(StrEnum):
    """On what a step rests (docs/domain.md §10.2). A letter prints only what holds in its frame."""

    CONSTITUTION = "grundlag"
    ACT = "lag"
    ORDINANCE = "forordning"
    EU_LAW = "eu_ratt"
    POLICY = "kommunal_policy"
    CONDITION = "villkor_i_beslut"
    CONTRACT = "avtal"


@dataclass(frozen=True, slots=True)
class OneOf:
    """Target of a step whose method answers with the state: where a side track came from, or what a rule asks for."""

    states: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Phase:
    """One step of the progress strip of the main line."""

    code: str
    label: Label


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """A state of a machine. It is final, or it has an owner role and a number of days until its next step is due.

    A resting state awaits nothing either, but something from outside may still move it (a final decision corrected).
    """

    code: str
    label: Label
    shape: Shape
    phase: str = ""
    owner: str = ""  # role code: whose turn it is
    due_days: int | None = None  # calendar days after entering; a step may set a nearer or later day
    next_step: Label | None = None  # what is awaited, for queue and header
    final: bool = False
    resting: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A transition. `who` holds role codes; `needs` names guards registered by higher rooms, `then` names effects."""

    action: str
    label: Label
    sources: tuple[str, ...]
    target: str | OneOf
    who: tuple[str, ...]
    guards: tuple[Guard, ...] = ()
    needs: tuple[str, ...] = ()
    then: tuple[str, ...] = ()
    ground: Ground = Ground.POLICY
    source_text: str = ""  # where the rule stands, e.g. "docs/domain.md §8.1; FL 6 §"
    matter: str = ""  # main | change | … when the step forms a decision
    forms_decision: bool = False
    form: str = ""  # URL name of the step's own form page; empty: a plain button with a check page
    adverse: bool = False
    minor: bool = False  # shown under "more actions"
    jav: bool = True  # the actor must have declared on conflicts of interest first


@dataclass(frozen=True, kw_only=True)
class Workflow:
    """A machine: its states and rows, checked when built."""

    code: str
    label: Label
    initial: str
    states: tuple[State, ...]
    rows: tuple[Row, ...]
    phases: tuple[Phase, ...] = ()
    by_code: Mapping[str, State] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        by_code = {state.code: state for state in self.states}
        object.__setattr__(self, "by_code", by_code)
        problems = list(_problems(self, by_code))
        if problems:
            raise ValueError(f"workflow {self.code}: " + "; ".join(problems))

    def state(self, code: str) -> State:
        return self.by_code[code]

    def rows_from(self, state: str) -> tuple[Row, ...]:
        """The rows that leave `state`, in the table's order."""
        return tuple(row for row in self.rows if state in row.sources)

    def row(self, action: str, state: str) -> Row | None:
        """The one row of `action` from `state`, or None when the table has none."""
        return next((row for row in self.rows if row.action == action and state in row.sources), None)

    def rows_of(self, action: str) -> tuple[Row, ...]:
        """All rows of one action, for `fsm.moves`."""
        found = tuple(row for row in self.rows if row.action == action)
        if not found:
            raise LookupError(f"workflow {self.code} has no action {action!r}")
        return found

    def actions(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(row.action for row in self.rows))


def _problems(machine: Workflow, by_code: Mapping[str, State]) -> Iterable[str]:
    if len(by_code) != len(machine.states):
        yield "a state code stands twice"
    if machine.initial not in by_code:
        yield f"unknown initial state {machine.initial}"
    phases = {phase.code for phase in machine.phases}
    for state in machine.states:
        if state.final and state.resting:
            yield f"state {state.code} is final or resting, not both"
        if not (state.final or state.resting) and not (state.owner and state.due_days is not None):
            yield f"state {state.code} is not final and lacks an owner or a due rule"
        if state.final and machine.rows_from(state.code):
            yield f"final state {state.code} has a way out"
        if not state.final and not machine.rows_from(state.code):
            yield f"state {state.code} is not final and has no way out"
        if state.phase and phases and state.phase not in phases:
            yield f"state {state.code} names the unknown phase {state.phase}"
    seen: set[tuple[str, str]] = set()
    for row in machine.rows:
        yield from _row_problems(row, by_code, seen)


def _row_problems(row: Row, by_code: Mapping[str, State], seen: set[tuple[str, str]]) -> Iterable[str]:
    targets = row.target.states if isinstance(row.target, OneOf) else (row.target,)
    for code in (*row.sources, *targets):
        if code not in by_code:
            yield f"row {row.action} names the unknown state {code}"
    for source in row.sources:
        if (row.action, source) in seen:
            yield f"row {row.action} from {source} stands twice"
        seen.add((row.action, source))
    if not row.who:
        yield f"row {row.action} says nobody may do it"
    if row.forms_decision != bool(row.matter):
        yield f"row {row.action}: a decision has a matter, and only a decision has one"


@dataclass(slots=True)
class Move:
    """What a guard or an effect sees: the locked subject, its case, the row, who acts and what was given.

    `data` holds the step's own values (a last day, an answer …), already cleaned by its form or service.
    `facts` is a scratch map shared by the guards of one call, so that none asks the database twice.
    `log` is what guards and effects add to the step's event: ids, codes, dates and sums only.
    """

    subject: Any
    case: Any
    row: Row
    actor: Any
    at: datetime
    today: date
    data: Mapping[str, Any] = field(default_factory=dict)
    comment: str = ""
    to_state: str = ""
    state_change: Any = None
    facts: dict[str, Any] = field(default_factory=dict)
    log: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A kind of stateful row: the model the executor locks, its table, and where its page is."""

    code: str
    label: Label
    model: "type[Model]"
    workflow: Workflow
    is_case: bool = False
    number_on: str = ""  # the state at whose entering a case gets its diary number
    page: str = ""  # URL name of its page, reversed with the case's key
    review_states: frozenset[str] = frozenset()  # where the answers of its reviews may be changed
    review_roles: frozenset[str] = (
        frozenset()
    )  # whose work its reviews are; what each may do there, its permissions say
    carries: tuple[str, ...] = ()  # columns its transition methods set: saved with the state, in one statement


guards: Registry[Guard] = Registry("guard")
effects: Registry[Effect] = Registry("effect")
promises: Registry[Label] = Registry("promise")  # by effect name: what it will do, for the step's check page
kinds: Registry[Kind] = Registry("kind")
invariants: Registry[Callable[[], Iterable[str]]] = Registry("invariant")
facts: Registry[Callable[..., Any]] = Registry("fact for prefill")
