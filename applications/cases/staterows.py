"""What a move leaves in the tables: the new state, the diary number, the state row that the database demands."""

from datetime import date, timedelta
from typing import Any

from applications.cases.models import Case, StateChange
from applications.cases.numbers import take_number
from vetting.audit.services import store_payload
from vetting.kernel.workflow import Kind, Move


def subject_type(kind: Kind) -> str:
    """The name under which the database's trigger looks for the state row: all cases share one table."""
    return "case" if kind.is_case else kind.code


def write_state(move: Move, kind: Kind, before: str) -> None:
    """Saves state, version and, for a case, what hangs on them. `state_since` stays where the state does.

    With them goes what the step's own method set (`kind.carries`): a constraint sees state and columns together.
    """
    fresh, state = move.subject, kind.workflow.state(move.to_state)
    fresh.version += 1
    values: dict[str, Any] = {"state": fresh.state, "version": fresh.version}
    values |= {name: getattr(fresh, name) for name in kind.carries}
    if kind.is_case:
        fresh.is_open, fresh.due_on = not state.final, due_day(move, kind)
        values |= {"is_open": fresh.is_open, "due_on": fresh.due_on}
        if fresh.state != before:
            fresh.state_since = move.at
            values["state_since"] = move.at
        if kind.number_on == fresh.state and not fresh.number:
            values |= give_number(fresh)
    table: Any = Case if kind.is_case else kind.model
    table._base_manager.filter(pk=fresh.pk).update(**values)


def give_number(case: Any) -> dict[str, Any]:
    """Takes the district's next diary number for the case and returns the columns to save."""
    number = take_number(case.district)
    case.number, case.number_year, case.number_seq = number.text, number.year, number.seq
    return {"number": number.text, "number_year": number.year, "number_seq": number.seq}


def due_day(move: Move, kind: Kind) -> date | None:
    """The day the next step is due: as given by the step, else by the state's rule; none in a final or resting one."""
    state = kind.workflow.state(move.to_state)
    if state.final or state.resting:
        return None
    given = move.data.get("due_on")
    return given if isinstance(given, date) else move.today + timedelta(days=state.due_days or 0)


def write_change(move: Move, kind: Kind, before: str, role: str) -> StateChange:
    """Adds the state row of the move; the comment goes to a payload."""
    row, promise = None, ""
    if move.comment:
        row, promise = store_payload({"comment": move.comment}, district=move.case.district.code if move.case else "")
    return StateChange.objects.create(
        subject_type=subject_type(kind),
        subject_id=move.subject.pk,
        case=move.case,
        version=move.subject.version,
        action=move.row.action,
        from_state=before,
        to_state=move.subject.state,
        actor=move.actor.reference,
        role=role,
        ground=move.row.ground,
        at=move.at,
        payload_id=row.pk if row else None,
        commitment=promise,
    )
