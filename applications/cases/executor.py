"""The one executor: nobody else moves a case or a row beside it (docs/adr/0002).

Order: lock → re-read → permission → jäv → guards → move → state row → effects → event, in one transaction; what must
leave the house is put in the outbox by effects and leaves after commit.
"""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from applications.cases.jav import jav_reason
from applications.cases.models import Case, StateChange
from applications.cases.people import holders, in_words
from applications.cases.staterows import give_number, subject_type, write_change, write_state
from vetting.accounts.actors import Actor, refreshed
from vetting.audit.services import record
from vetting.jobs.idempotency import once
from vetting.kernel import clock
from vetting.kernel.errors import NotAllowed, NotNow, Reason, Stale
from vetting.kernel.fsm import Stateful, TransitionNotAllowed
from vetting.kernel.workflow import Kind, Move, Row, effects, guards, kinds

SYSTEM = "system"


@dataclass(frozen=True, slots=True)
class Done:
    """What a move gave: the state row's key, and the states."""

    change: uuid.UUID
    from_state: str
    to_state: str


def kind_of(subject: Stateful) -> Kind:
    """The registered kind of a case (by its `kind`) or of a row beside cases (by its model)."""
    if isinstance(subject, Case):
        return kinds[subject.kind]
    return next(kind for _, kind in kinds.items() if not kind.is_case and isinstance(subject, kind.model))


def perform(
    *,
    subject: Stateful,
    action: str,
    actor: Actor,
    data: Mapping[str, Any] | None = None,
    comment: str = "",
    expected_version: int | None = None,
    key: uuid.UUID | None = None,
) -> Done:
    """Takes `action` on the subject, or raises and leaves everything as it was.

    `expected_version` is the version the person saw; `key` the submit's idempotency key (a second submit with the
    same key gets the first one's answer). Raises Stale, NotNow (with the guards' reasons) or NotAllowed (with who
    may). `data["due_on"]` sets the day the next step is due; else the state's own rule does.
    """

    def do() -> dict[str, Any]:
        done = _perform(subject, action, actor, dict(data or {}), comment, expected_version)
        return {"change": str(done.change), "from": done.from_state, "to": done.to_state}

    # One form may move many rows (bulk steps): the intent is the key on this row.
    intent = uuid.uuid5(key, f"{subject_type(kind_of(subject))}:{subject.pk}:{action}") if key else None
    answer = once(actor=actor.reference, key=intent, purpose=f"perform:{action}", do=do)
    return Done(uuid.UUID(answer["change"]), answer["from"], answer["to"])


def _perform(
    subject: Stateful, action: str, actor: Actor, data: dict[str, Any], comment: str, expected_version: int | None
) -> Done:
    kind = kind_of(subject)
    move, role = _begin(subject, kind, action, actor, data, comment, expected_version)
    reasons = reasons_against(move)
    if reasons:
        raise NotNow(_("This cannot be done now."), reasons=reasons, code=reasons[0].code)
    return _move(move, kind, role)


def _begin(
    subject: Stateful,
    kind: Kind,
    action: str,
    actor: Actor,
    data: Mapping[str, Any],
    comment: str,
    expected_version: int | None,
) -> tuple[Move, str]:
    fresh, case = lock(subject, kind)
    if expected_version is not None and fresh.version != expected_version:
        raise Stale(
            _("Somebody else changed this in the meantime. Look at it as it is now, then try again."),
            seen=expected_version,
            current=fresh.version,
        )
    row = kind.workflow.row(action, fresh.state)
    if row is None:
        raise not_in_state(kind, fresh, action)
    actor = actor if actor.is_system else refreshed(actor, on=clock.today())  # guards and effects ask it as well
    role = _permitted(row, actor, case)
    return Move(fresh, case, row, actor, clock.now(), clock.today(), data, comment), role


def hold(*, subject: Stateful, action: str, actor: Actor) -> tuple[Move, str]:
    """Locks the subject and checks that the actor might take `action` now: state, role and jäv, not the guards.

    For what is written beside a step (a reply while a hearing runs): who may, and when, stands in the row alone.
    Inside the caller's transaction. Raises as `perform` does; returns the move that was not made, and the role.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("hold() belongs inside the transaction of what it allows")
    move, role = _begin(subject, kind_of(subject), action, actor, {}, "", None)
    if reason := _conflict(move):
        raise NotNow(_("This cannot be done now."), reasons=[reason], code=reason.code)
    return move, role


def _conflict(move: Move) -> Reason | None:
    return jav_reason(move) if move.case is not None and not move.actor.is_system else None


def lock(subject: Stateful, kind: Kind) -> tuple[Any, Any]:
    """The subject as it stands now, under row lock, and its case (locked before the row beside it)."""
    if kind.is_case:
        fresh = _locked(kind.model, subject.pk)
        return fresh, fresh
    case_id = getattr(subject, "case_id", None)
    case = (
        Case.objects.select_related("district").select_for_update(of=("self",), no_key=True).get(pk=case_id)
        if case_id
        else None
    )
    fresh = kind.model._default_manager.select_for_update(of=("self",), no_key=True).get(pk=subject.pk)
    return fresh, case


def _locked(model: type[models.Model], pk: Any) -> Any:
    parent = "case_ptr" if model._meta.pk.name == "case_ptr" else "self"
    return model._default_manager.select_related("district").select_for_update(of=(parent,), no_key=True).get(pk=pk)


def not_in_state(kind: Kind, fresh: Any, action: str) -> NotNow:
    """Why an action the table does not have from this state cannot be taken."""
    label = next((str(r.label) for r in kind.workflow.rows if r.action == action), action)
    state = kind.workflow.state(fresh.state).label
    return NotNow(
        _("“%(action)s” cannot be done while the state is “%(state)s”.") % {"action": label, "state": state},
        code="wrong_state",
    )


def _permitted(row: Row, actor: Actor, case: Any) -> str:
    """The role in which the actor takes the step, of those read under the lock."""
    if actor.is_system or case is None:
        held = {SYSTEM} if actor.is_system else set()
    else:
        held = {role.value for role in actor.roles_in(case.district_id)}
    return _role_for(row, held, case)


def permitted_now(row: Row, actor: Actor, case: Any) -> str:
    """The role in which the actor would take the step, by the roles read with the page. Raises NotAllowed."""
    return _role_for(row, {role.value for role in actor.roles_in(case.district_id)}, case)


def _role_for(row: Row, held: set[str], case: Any) -> str:
    for code in row.who:
        if code in held:
            return code
    roles = tuple(code for code in row.who if code != SYSTEM)
    named = in_words(roles, holders(roles, case.district_id) if case is not None else {})
    raise NotAllowed(
        _("“%(action)s” can be done by: %(who)s.") % {"action": row.label, "who": named}, who=roles, code="role"
    )


def reasons_against(move: Move) -> list[Reason]:
    """What speaks against the step now: jäv first, then the row's guards in its order, then those from above."""
    found: list[Reason] = []
    if reason := _conflict(move):
        found.append(reason)
    for guard in (*move.row.guards, *(guards[name] for name in move.row.needs)):
        if reason := guard(move):
            found.append(reason)
    return found


def _move(move: Move, kind: Kind, role: str) -> Done:
    fresh, before = move.subject, move.subject.state
    try:
        getattr(fresh, move.row.action)(move)
    except TransitionNotAllowed as error:  # the table and the library disagree: a fault of ours, never the person's
        raise RuntimeError(f"{kind.code}: {move.row.action} from {before}") from error
    move.to_state = fresh.state
    write_state(move, kind, before)
    move.state_change = write_change(move, kind, before, role)
    for name in move.row.then:
        effects[name](move)
    record(
        actor=move.actor,
        verb=f"{kind.code}.{move.row.action}",
        case=move.case.key if move.case else None,
        district=move.case.district.code if move.case else "",
        subject=f"{subject_type(kind)}:{fresh.pk}",
        role=role,
        data={
            "from": before,
            "to": fresh.state,
            "version": fresh.version,
            "number": getattr(fresh, "number", ""),
            **move.log,
        },
        at=move.at,
    )
    return Done(move.state_change.key, before, fresh.state)


def came_from(subject: Any) -> str:
    """The state from which the present one was entered: where a side track leads back to."""
    kind = kind_of(subject)
    change = StateChange.objects.filter(
        subject_type=subject_type(kind), subject_id=subject.pk, to_state=subject.state
    ).latest("version")
    return change.from_state


def create(*, subject: Stateful, actor: Actor, action: str = "create", data: Mapping[str, Any] | None = None) -> Any:
    """Saves a new stateful row in its machine's initial state, with its first state row and event.

    The caller has checked the right to create it and is inside a transaction. Returns the saved subject.
    """
    kind = kind_of(subject)
    moment, state = clock.now(), kind.workflow.state(kind.workflow.initial)
    if subject.state:
        raise RuntimeError(f"a new {kind.code} is given its first state here")
    vars(subject)["state"] = kind.workflow.initial  # the field is protected against assignment
    if isinstance(subject, Case):
        subject.created_by, subject.created_at, subject.state_since = actor.reference, moment, moment
        subject.due_on = subject.due_on or clock.today() + timedelta(days=state.due_days or 0)
        if kind.number_on == subject.state:
            give_number(subject)
    subject.save(force_insert=True)
    case = subject if isinstance(subject, Case) else getattr(subject, "case", None)
    StateChange.objects.create(
        subject_type=subject_type(kind),
        subject_id=subject.pk,
        case=case,
        version=subject.version,
        action=action,
        from_state="",
        to_state=subject.state,
        actor=actor.reference,
        at=moment,
    )
    record(
        actor=actor,
        verb=f"{kind.code}.{action}",
        case=case.key if case else None,
        district=case.district.code if case else "",
        subject=f"{subject_type(kind)}:{subject.pk}",
        data={"to": subject.state, **(data or {})},
        at=moment,
    )
    return subject
