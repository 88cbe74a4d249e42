"""What must hold over all obligations: read by `check_invariants` (design: §2.9)."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.db import connection


def _rows(query: str) -> Iterator[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query)
        while part := cursor.fetchmany(1000):
            yield from part


def written_steps_have_their_mail() -> Iterable[str]:
    """A reminder that is said to be written stands in the outbox, and no mail speaks of a step that is not."""
    query = """
        SELECT s.id, s.obligation_id FROM obligations_obligationstep s
        LEFT JOIN outbox_message m ON m.about = 'step:' || s.id
        WHERE s.outcome = 'written' AND m.id IS NULL
    """
    for step, obligation in _rows(query):
        yield f"obligation {obligation}: step {step} was written, and no message says so"
    query = """
        SELECT m.id, m.about FROM outbox_message m
        LEFT JOIN obligations_obligationstep s ON m.about = 'step:' || s.id AND s.outcome = 'written'
        WHERE m.about LIKE 'step:%' AND s.id IS NULL
    """
    for message, about in _rows(query):
        yield f"message {message}: speaks of {about}, which was not written"


def next_step_fits_the_plan() -> Iterable[str]:
    """The day the tick asks for is a day of the plan, and no step from that day on is taken already.

    An obligation that runs and has no such day has taken its last step, or began after it.
    """
    query = """
        SELECT o.id, o.next_on, days.next, days.taken FROM obligations_obligation o
        JOIN obligations_reminderplan p ON p.id = o.plan_id
        CROSS JOIN LATERAL (
          SELECT min(o.due_on + (step->>'day')::int)
                   FILTER (WHERE o.due_on + (step->>'day')::int >= o.next_on) AS next,
                 (SELECT max(s.owed_on) FROM obligations_obligationstep s
                  WHERE s.obligation_id = o.id AND s.turn = o.turn) AS taken
          FROM jsonb_array_elements(p.content->'steps') AS step
        ) AS days
        WHERE o.next_on IS NOT NULL AND (days.next IS DISTINCT FROM o.next_on OR days.taken >= o.next_on)
    """
    for pk, next_on, planned, taken in _rows(query):
        yield f"obligation {pk}: next step on {next_on}, its plan says {planned}, taken is the one of {taken}"


def passed_over_steps_have_a_later_one() -> Iterable[str]:
    """A step passed over names a later one of the same last day that was written."""
    query = """
        SELECT s.obligation_id, s.id FROM obligations_obligationstep s
        JOIN obligations_obligationstep i ON i.id = s.instead_id
        WHERE i.obligation_id <> s.obligation_id OR i.turn <> s.turn OR i.owed_on <= s.owed_on OR i.outcome <> 'written'
    """
    for obligation, step in _rows(query):
        yield f"obligation {obligation}: step {step} was passed over without a later one that was written"


OWN: dict[str, Callable[[], Iterable[str]]] = {
    "obligations.next_step_fits_the_plan": next_step_fits_the_plan,
    "obligations.passed_over_steps_have_a_later_one": passed_over_steps_have_a_later_one,
    "obligations.written_steps_have_their_mail": written_steps_have_their_mail,
}
