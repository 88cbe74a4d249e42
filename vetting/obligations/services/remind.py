"""`scan()`: what is due? The tick's work, safe to run twice, late, beside itself, or to be killed (docs/adr/0012)."""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import structlog
from django.db import connection, transaction
from django.db.models import Q

from vetting.accounts.actors import system_actor
from vetting.audit.services import Entry, record_all
from vetting.kernel import clock
from vetting.obligations.kinds import Facts, kinds
from vetting.obligations.models import Obligation, ObligationState, ObligationStep, ReminderPlan, StepOutcome
from vetting.obligations.plan import Step, next_day, owed, steps_of
from vetting.obligations.services.change import log as log_event
from vetting.obligations.services.mails import mails
from vetting.outbox.services import Draft, put_all

log = structlog.get_logger(__name__)
ACTOR = system_actor("obligations.tick")
BATCH = 200
MAX_ATTEMPTS = 5
FIRST_WAIT = timedelta(minutes=5)  # after a step that could not be written; doubled each time

TAKEN = """
UPDATE obligations_obligation AS o SET next_on = t.next_on, attempts = 0, retry_at = NULL
FROM unnest(%s::bigint[], %s::date[]) AS t (id, next_on) WHERE o.id = t.id
"""


@dataclass(slots=True)
class Tally:
    """What one scan did: reminders written, steps passed over for a later one, obligations that failed this time."""

    written: int = 0
    passed_over: int = 0
    failed: int = 0


@dataclass(frozen=True, slots=True)
class Turn:
    """An obligation whose steps are owed: the newest is written, the others are passed over."""

    row: Obligation
    step: Step
    passed: tuple[Step, ...]
    next_on: date | None
    copy: Mapping[str, str]


def scan(
    *, today: date | None = None, seconds: float | None = None, progress: Callable[[Tally], None] = lambda tally: None
) -> Tally:
    """Writes every reminder owed until `today` (of Stockholm) in batches, each its own transaction.

    Of several steps owed after a stop only the newest is written. Rows another scan holds are left to it; one that
    cannot be written holds up itself alone. Ends after `seconds`, when given: the next tick goes on.
    """
    day, tally, plans = today or clock.today(), Tally(), Plans()
    until = time.monotonic() + seconds if seconds is not None else None
    while (until is None or time.monotonic() < until) and _batch(day, plans, tally):
        progress(tally)
    return tally


class Plans(dict[int, tuple[tuple[Step, ...], Mapping[str, str]]]):
    """Plan id → its steps and the words over a copy, read once per scan: a published plan never changes."""

    def __missing__(self, pk: int) -> tuple[tuple[Step, ...], Mapping[str, str]]:
        content = ReminderPlan.objects.get(pk=pk).content
        self[pk] = steps_of(content), {language: content.get(f"copy_{language}", "") for language in ("sv", "en")}
        return self[pk]


def _batch(day: date, plans: Plans, tally: Tally) -> bool:
    """The next rows; False when nothing is due that can be had."""
    due = Obligation.objects.filter(state=ObligationState.OPEN, trouble="", next_on__lte=day)
    due = due.filter(Q(retry_at__isnull=True) | Q(retry_at__lte=clock.now())).order_by("next_on", "id")
    with transaction.atomic():
        locked = due.select_for_update(skip_locked=True, of=("self",), no_key=True).select_related("district")
        rows = list(locked[:BATCH])
        if rows:
            _write(rows, day, plans, tally)
    return bool(rows)


def _write(rows: Sequence[Obligation], day: date, plans: Plans, tally: Tally) -> None:
    """All rows in one savepoint; where that fails, by halves, until the one that cannot be written stands alone."""
    try:
        with transaction.atomic():
            turns = [_turn(row, day, plans) for row in rows]
            _remind(turns)
    except Exception as error:
        if not connection.is_usable():
            raise
        if len(rows) == 1:
            tally.failed += 1
            _hold_up(rows[0], error)
            return
        half = len(rows) // 2
        _write(rows[:half], day, plans, tally)
        _write(rows[half:], day, plans, tally)
        return
    tally.written += len(turns)
    tally.passed_over += sum(len(turn.passed) for turn in turns)


def _turn(row: Obligation, day: date, plans: Plans) -> Turn:
    steps, copy = plans[row.plan_id]
    assert row.next_on is not None  # noqa: S101 - what was asked for
    *passed, newest = owed(steps, row.due_on, since=row.next_on, until=day)
    return Turn(row, newest, tuple(passed), next_day(steps, row.due_on, on_or_after=day + timedelta(days=1)), copy)


def _remind(turns: Sequence[Turn]) -> None:
    """Steps, mails, next days and events of many obligations, each in one statement."""
    facts = _facts([turn.row for turn in turns])
    steps = ObligationStep.objects.bulk_create([_taken(turn, turn.step, StepOutcome.WRITTEN) for turn in turns])
    ObligationStep.objects.bulk_create(
        _taken(turn, step, StepOutcome.PASSED_OVER, newest)
        for turn, newest in zip(turns, steps, strict=True)
        for step in turn.passed
    )
    drafts: list[Draft] = []
    for turn, newest in zip(turns, steps, strict=True):
        drafts += mails(turn.row, turn.step, facts[turn.row.key], about=newest.reference, copy=turn.copy)
    put_all(drafts)
    with connection.cursor() as cursor:
        cursor.execute(TAKEN, [[turn.row.pk for turn in turns], [turn.next_on for turn in turns]])
    record_all([_entry(turn) for turn in turns])


def _facts(rows: Sequence[Obligation]) -> dict[Any, Facts]:
    found: dict[Any, Facts] = {}
    for kind, group in _by_kind(rows):
        found |= kinds[kind].facts(group)
    return found


def _by_kind(rows: Sequence[Obligation]) -> Iterator[tuple[str, list[Obligation]]]:
    groups: dict[str, list[Obligation]] = {}
    for row in rows:
        groups.setdefault(row.kind, []).append(row)
    yield from groups.items()


def _taken(turn: Turn, step: Step, outcome: str, instead: ObligationStep | None = None) -> ObligationStep:
    row = turn.row
    return ObligationStep(
        obligation=row,
        turn=row.turn,
        step=step.code,
        owed_on=step.owed_on(row.due_on),
        outcome=outcome,
        instead=instead,
    )


def _entry(turn: Turn) -> Entry:
    row = turn.row
    passed = [step.code for step in turn.passed]
    return Entry(
        actor=ACTOR,
        verb="obligation.reminded",
        case=row.case,
        district=row.district.code,
        subject=f"obligation:{row.key}",
        data={
            "kind": row.kind,
            "due_on": row.due_on,
            "reminder": turn.step.code,
            "owed_on": turn.step.owed_on(row.due_on),
            **({"passed_over": passed} if passed else {}),
        },
    )


def _hold_up(row: Obligation, error: Exception) -> None:
    """Tried again later; after `MAX_ATTEMPTS` it waits for a person. The log gets ids and a code, never the words."""
    code = (getattr(error, "code", "") or type(error).__name__)[:64]
    row.attempts += 1
    final = row.attempts >= MAX_ATTEMPTS
    log.warning("obligation.held_up", obligation=str(row.key), kind=row.kind, code=code, attempt=row.attempts)
    row.retry_at = None if final else clock.now() + FIRST_WAIT * 2 ** (row.attempts - 1)
    row.trouble = code if final else ""
    row.save(update_fields=["attempts", "retry_at", "trouble"])
    if final:
        log_event("held_up", row, ACTOR, data={"code": code})
