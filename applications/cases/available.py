"""Which steps can be taken now, by whom, and what speaks against each: the panel *Nästa steg* (ui.md, Case)."""

from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from applications.cases.executor import SYSTEM, kind_of, reasons_against
from applications.cases.people import by_role, in_words
from vetting.accounts.actors import Actor
from vetting.accounts.roles import ROLES, Role
from vetting.kernel import clock
from vetting.kernel.errors import Reason
from vetting.kernel.workflow import Move, Row

# Guards that ask for what only the step's form can give (a comment, a document) keep still when they see this.
PREVIEW = {"preview": True}
# A guard's code for "somebody else must do it": then the panel says who that can be.
SAME_PERSON = "same_person"


@dataclass(frozen=True, slots=True)
class Step:
    """One row from the present state, as the person meets it."""

    row: Row
    url: str
    mine: bool  # one of the person's roles is in the row
    reasons: tuple[Reason, ...] = ()
    who: tuple[str, ...] = ()  # titles with names, when it takes somebody else
    primary: bool = False

    @property
    def label(self) -> Any:
        return self.row.label

    @property
    def possible(self) -> bool:
        return self.mine and not self.reasons


@dataclass(frozen=True, slots=True)
class NextSteps:
    """The panel: the main steps, the minor ones, and one sentence when nothing can be done by this person now."""

    steps: tuple[Step, ...] = ()
    more: tuple[Step, ...] = ()
    lead: Any = ""
    by_action: dict[str, Step] = field(default_factory=dict)


def available(case: Any, actor: Actor) -> list[Step]:
    """Every row from the case's state, in the table's order; the first possible main step is primary.

    The same guards as the executor's, with `data["preview"]` set. `case` is the child (`selectors.page_case`). Asks
    the database a constant number of times: the guards share one scratch map. Leaves out what only the system does.
    """
    kind = kind_of(case)
    rows = [row for row in kind.workflow.rows_from(case.state) if set(row.who) != {SYSTEM}]
    held = {role.value for role in actor.roles_in(case.district_id)}
    names = by_role((post["role"], post["name"]) for post in case.posts_now)
    others = {role: [name for name in held_by if name != actor.name] for role, held_by in names.items()}
    facts: dict[str, Any] = {"jav": case.my_standing}
    moment, today = clock.now(), clock.today()
    steps: list[Step] = []
    primary_taken = False
    for row in rows:
        mine = bool(held & set(row.who))
        reasons: tuple[Reason, ...] = ()
        if mine:
            move = Move(case, case, row, actor, moment, today, PREVIEW, facts=facts)
            reasons = tuple(reasons_against(move))
        primary = mine and not reasons and not row.minor and not primary_taken
        primary_taken = primary_taken or primary
        roles = [role for role in row.who if role != SYSTEM]
        barred = any(reason.code == SAME_PERSON for reason in reasons)
        steps.append(
            Step(
                row=row,
                url=step_url(case, row),
                mine=mine,
                reasons=reasons,
                who=tuple(in_words([role], others) for role in roles) if barred or not mine else (),
                primary=primary,
            )
        )
    return steps


def step_url(case: Any, row: Row) -> str:
    """The row's own form, or the check page every row without one has."""
    if row.form:
        return reverse(row.form, args=[case.key])
    return reverse("take-step", args=[case.key, row.action])


def next_steps(case: Any, actor: Actor) -> NextSteps:
    """`available` as the panel shows it: minor steps folded, and what is awaited when nothing is open to the person."""
    steps = available(case, actor)
    main = tuple(step for step in steps if not step.row.minor)
    lead = "" if any(step.possible for step in main) else _awaited(case, actor)
    return NextSteps(main, tuple(step for step in steps if step.row.minor), lead, {s.row.action: s for s in steps})


def _awaited(case: Any, actor: Actor) -> Any:
    """What the case awaits, and of whom when it is not this person's turn."""
    state = kind_of(case).workflow.state(case.state)
    if state.next_step is None or not state.owner:
        return ""
    if state.owner in {role.value for role in actor.roles_in(case.district_id)}:
        return f"{state.next_step}."
    what = str(state.next_step)
    return _("Lies with %(who)s: %(what)s.") % {
        "who": str(ROLES[Role(state.owner)].label).lower(),
        "what": what[:1].lower() + what[1:],
    }
