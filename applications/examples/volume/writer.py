"""Writing a set of cases: rows are copied in, then moved step by step as sets. Every trigger sees every row.

A case is inserted in its first state and updated once per step: the database demands a state row of the same
transaction for each change (docs/adr/0002), and there is no way round it here either.
"""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

from django.db import connection

CASE_COLUMNS = (
    "id", "key", "kind", "state", "version", "district_id", "association_id", "number", "number_year", "number_seq",
    "officer_id", "channel", "received_at", "received_date", "state_since", "due_on", "is_open", "created_at",
    "created_by",
)  # fmt: skip
APPLICATION_COLUMNS = (
    "case_ptr_id", "round_id", "form_code", "applied_amount", "purpose", "target_group", "place", "period_from",
    "period_to", "signed", "other_support", "help_given", "arrival_reason", "language", "contact_name",
    "contact_email", "preparer_id",
)  # fmt: skip
STEP_COLUMNS = ("case_id", "turn", "action", "from_state", "to_state", "actor", "role", "at", "due_on", "is_open")

STEPS = """
DROP TABLE IF EXISTS pg_temp.volume_step;
CREATE TEMP TABLE volume_step (
  case_id bigint, turn int, action text, from_state text, to_state text, actor text, role text, at timestamptz,
  due_on date, is_open boolean
) ON COMMIT DROP
"""
STATE_ROWS = """
INSERT INTO cases_statechange (key, subject_type, subject_id, case_id, version, action, from_state, to_state, actor,
                               role, ground, at, commitment)
SELECT gen_random_uuid(), 'case', case_id, case_id, turn, action, from_state, to_state, actor, role,
       CASE WHEN turn = 1 THEN '' ELSE 'kommunal_policy' END, at, ''
FROM volume_step ORDER BY case_id, turn
"""
MOVE = """
UPDATE cases_case SET state = s.to_state, version = s.turn, state_since = s.at, due_on = s.due_on, is_open = s.is_open
FROM volume_step s WHERE s.turn = %s AND cases_case.id = s.case_id
"""
EVENT_COLUMNS = (
    "case_id", "at", "key", "actor", "role", "verb", "district", "case_key", "subject", "canonical",
)  # fmt: skip
BESIDE = """
DROP TABLE IF EXISTS pg_temp.volume_event;
CREATE TEMP TABLE volume_event (
  case_id bigint, at timestamptz, key uuid, actor text, role text, verb text, district text, case_key uuid,
  subject text, canonical bytea
) ON COMMIT DROP
"""
# What the steps say and what was done beside them, case by case in the order of time. A step's bytes are made here as
# `audit.services.record` would have written them: keys sorted, no spaces. No value here needs escaping.
EVENTS = """
INSERT INTO audit_event (key, format, at, actor, role, verb, district, "case", subject, canonical, payload_id)
SELECT key, 1, at, actor, role, verb, district, case_key, subject, canonical, NULL FROM (
SELECT e.case_id, 0 AS beside, e.key, e.at, e.actor, e.role, 'grant.' || e.action AS verb, e.district, e.case_key,
  'case:' || e.case_id AS subject, convert_to(concat(
    '{"actor":"', e.actor, '","at":"', to_char(e.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'), '+00:00',
    '","case":"', e.case_key, '","data":{',
    CASE WHEN e.turn > 1 THEN concat('"from":"', e.from_state, '","number":"', e.number, '",') END,
    '"to":"', e.to_state, '"', CASE WHEN e.turn > 1 THEN concat(',"version":', e.turn) END,
    '},"district":"', e.district, '","format":1,"key":"', e.key, '","payload":"","role":"', e.role,
    '","subject":"case:', e.case_id, '","verb":"grant.', e.action, '"}'), 'UTF8') AS canonical
FROM (
  SELECT gen_random_uuid() AS key, s.*, c.key AS case_key, c.number, d.code AS district
  FROM volume_step s JOIN cases_case c ON c.id = s.case_id JOIN accounts_district d ON d.id = c.district_id
) e
UNION ALL
SELECT case_id, 1, key, at, actor, role, verb, district, case_key, subject, canonical FROM volume_event
) said ORDER BY case_id, at, beside
"""
DECLARATIONS = """
INSERT INTO cases_javdeclaration (case_id, user_id, answer, commitment, at)
SELECT s.case_id, c.officer_id, 'none', '', s.at
FROM volume_step s JOIN cases_case c ON c.id = s.case_id
WHERE s.action = 'start_check' AND c.officer_id IS NOT NULL
"""
BUDGETS = """
INSERT INTO grants_budgetline (application_id, position, cost, amount, applied)
SELECT a.case_ptr_id, line.position, line.cost, round(a.applied_amount * line.share * 1.25),
       round(a.applied_amount * line.share)
FROM grants_grantapplication a
CROSS JOIN (VALUES (1, 'Ledararvoden', 0.40), (2, 'Lokalhyra', 0.35), (3, 'Material och fika', 0.25))
  AS line (position, cost, share)
WHERE a.case_ptr_id = ANY(%s)
"""
NUMBERS = """
INSERT INTO cases_diarycounter (district_id, year, last) VALUES (%(district)s, %(year)s, %(count)s)
ON CONFLICT ON CONSTRAINT cases_diarycounter_once DO UPDATE SET last = cases_diarycounter.last + %(count)s
RETURNING last
"""


def copy_rows(table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """COPY, which fires the same row triggers as INSERT."""
    names = ", ".join(columns)
    with connection.cursor() as cursor, cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)


def reserve_ids(table: str, count: int) -> list[int]:
    """The next `count` ids of a table's own sequence."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)", [table, count])
        return [row[0] for row in cursor.fetchall()]


class Ids:
    """Ids of tables' own sequences, one at a time."""

    def __init__(self) -> None:
        self._left: dict[str, list[int]] = {}

    def __call__(self, table: str) -> int:
        left = self._left.setdefault(table, [])
        if not left:
            left += reversed(reserve_ids(table, 1_000))
        return left.pop()


def moment(at: datetime) -> str:
    """As the log's bytes have it."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def take_numbers(district_id: int, year: int, count: int) -> int:
    """Takes `count` diary numbers in one piece and returns the first. The counter stays locked until commit."""
    with connection.cursor() as cursor:
        cursor.execute(NUMBERS, {"district": district_id, "year": year, "count": count})
        return int(cursor.fetchone()[0]) - count + 1


def write_steps(rows: Iterable[Sequence[Any]], turns: int) -> None:
    """State rows for every step, then every case moved along them."""
    with connection.cursor() as cursor:
        cursor.execute(STEPS)
        copy_rows("volume_step", STEP_COLUMNS, rows)
        cursor.execute("CREATE INDEX ON volume_step (turn, case_id)")
        cursor.execute("ANALYZE volume_step")
        cursor.execute(STATE_ROWS)
        for turn in range(2, turns + 1):
            cursor.execute(MOVE, [turn])
        cursor.execute(DECLARATIONS)


def write_log(beside: Iterable[Sequence[Any]]) -> None:
    """The log of the steps written in this transaction, and of what was done beside them (`EVENT_COLUMNS`)."""
    with connection.cursor() as cursor:
        cursor.execute(BESIDE)
        copy_rows("volume_event", EVENT_COLUMNS, beside)
        cursor.execute(EVENTS)


def write_budgets(case_ids: list[int]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(BUDGETS, [case_ids])
