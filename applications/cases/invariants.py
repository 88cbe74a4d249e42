"""What must hold over the whole database, asked set-wise: one sentence per breach (design §2.9, trust §1).

Each room registers its own in `kernel.workflow.invariants`; `check_invariants` runs them all. The sentences name rows
by table and id and never show content.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from django.db import connection

from applications.cases.staterows import subject_type
from vetting.kernel.workflow import Kind, invariants, kinds


def rows(query: str, parameters: Sequence[Any] = ()) -> Iterator[tuple[Any, ...]]:
    """The rows of a query, fetched in parts: a breach may have many."""
    with connection.cursor() as cursor:
        cursor.execute(query, parameters)
        while part := cursor.fetchmany(1000):
            yield from part


def state_rows_follow_each_other() -> Iterable[str]:
    """Each state row begins where the one before ended, its version is later, and the first created the row."""
    query = """
        SELECT subject_type, subject_id, version, from_state, before, before_version FROM (
          SELECT subject_type, subject_id, version, from_state,
                 lag(to_state) OVER w AS before, lag(version) OVER w AS before_version
          FROM cases_statechange WINDOW w AS (PARTITION BY subject_type, subject_id ORDER BY id)
        ) AS chain
        WHERE from_state <> coalesce(before, '') OR version <= coalesce(before_version, 0)
    """
    for kind, pk, version, from_state, before, before_version in rows(query):
        yield (
            f"{kind} {pk}: the state row of version {version} begins in {from_state or 'nothing'!r}, "
            f"the one before (version {before_version or 'none'}) ended in {before or 'nothing'!r}"
        )


def present_state_is_the_last_row() -> Iterable[str]:
    """The state a row is in is the one its last state row ended in."""
    seen: set[str] = set()
    for _code, kind in kinds.items():
        table, name = _table(kind), subject_type(kind)
        if name in seen:
            continue
        seen.add(name)
        query = f"""
            SELECT t.id, t.state, t.version, last.to_state, last.version FROM {table} t LEFT JOIN LATERAL (
              SELECT to_state, version FROM cases_statechange s
              WHERE s.subject_type = %s AND s.subject_id = t.id ORDER BY s.version DESC LIMIT 1
            ) AS last ON true
            WHERE last.to_state IS DISTINCT FROM t.state OR last.version > t.version
        """  # noqa: S608 - the table's name comes from the model
        for pk, state, version, last, last_version in rows(query, [name]):
            yield f"{name} {pk}: is in {state!r} (version {version}), its last state row says {last!r} ({last_version})"


def _table(kind: Kind) -> str:
    return connection.ops.quote_name("cases_case" if kind.is_case else kind.model._meta.db_table)


def states_are_of_the_machine() -> Iterable[str]:
    """No row is in a state its kind's table does not have, and a case is open exactly while its state is not final."""
    for code, kind in kinds.items():
        known = [state.code for state in kind.workflow.states]
        final = [state.code for state in kind.workflow.states if state.final]
        where = "kind = %s AND " if kind.is_case else ""
        only = [code] if kind.is_case else []
        table = _table(kind)
        query = f"SELECT id, state FROM {table} WHERE {where}NOT state = ANY(%s)"  # noqa: S608 - as above
        for pk, state in rows(query, [*only, known]):
            yield f"{code} {pk}: is in {state!r}, a state its workflow does not have"
        if kind.is_case:
            query = "SELECT id, state FROM cases_case WHERE kind = %s AND is_open = (state = ANY(%s))"
            for pk, state in rows(query, [code, final]):
                yield f"{code} {pk}: is_open does not fit its state {state!r}"


def diary_numbers_have_no_gap() -> Iterable[str]:
    """Per district and year the numbers are 1 to n, and the counter stands at n."""
    query = """
        SELECT d.code, coalesce(n.year, c.year), coalesce(n.many, 0), coalesce(n.least, 0), coalesce(n.most, 0), c.last
        FROM (SELECT district_id, number_year AS year, count(*) AS many, min(number_seq) AS least,
                     max(number_seq) AS most
              FROM cases_case WHERE number <> '' GROUP BY 1, 2) AS n
        FULL JOIN cases_diarycounter c ON c.district_id = n.district_id AND c.year = n.year
        JOIN accounts_district d ON d.id = coalesce(n.district_id, c.district_id)
        WHERE coalesce(n.least, 1) <> 1 OR coalesce(n.many, 0) <> coalesce(n.most, 0)
           OR c.last IS DISTINCT FROM coalesce(n.most, 0)
    """
    for district, year, many, least, most, last in rows(query):
        yield f"{district} {year}: {many} diary numbers from {least} to {most}, the counter stands at {last}"


def open_cases_are_due() -> Iterable[str]:
    """No case sleeps unseen: an open one has a due day, a closed one has none."""
    query = "SELECT id, is_open, due_on FROM cases_case WHERE is_open = (due_on IS NULL)"
    for pk, is_open, due_on in rows(query):
        yield f"case {pk}: {'open' if is_open else 'closed'} with due day {due_on}"


def conflicts_lock_out() -> Iterable[str]:
    """Who declared a conflict, or was ruled to have one, is out until it is lifted; nobody is out without a ground."""
    query = """
        WITH act AS (
          SELECT case_id, user_id, at, answer = 'yes' AS is_out FROM cases_javdeclaration WHERE answer = 'yes'
          UNION ALL
          SELECT case_id, user_id, at, ruling = 'conflict' FROM cases_javruling WHERE ruling IN ('conflict', 'lifted')
        ), newest AS (
          SELECT DISTINCT ON (case_id, user_id) case_id, user_id, is_out FROM act ORDER BY case_id, user_id, at DESC
        ), standing AS (
          SELECT case_id, user_id FROM cases_recusal WHERE lifted_at IS NULL
        )
        SELECT coalesce(n.case_id, s.case_id), coalesce(n.user_id, s.user_id), coalesce(n.is_out, false)
        FROM newest n FULL JOIN standing s ON s.case_id = n.case_id AND s.user_id = n.user_id
        WHERE coalesce(n.is_out, false) <> (s.case_id IS NOT NULL)
    """
    for case, user, is_out in rows(query):
        yield (
            f"case {case}: person {user} declared a conflict of interest and is not locked out"
            if is_out
            else f"case {case}: person {user} is locked out without a ground"
        )


def locked_out_people_hold_no_case() -> Iterable[str]:
    """Nobody is the officer of a case a conflict of interest locks them out of."""
    query = """
        SELECT c.id, c.officer_id FROM cases_case c
        JOIN cases_recusal r ON r.case_id = c.id AND r.user_id = c.officer_id AND r.lifted_at IS NULL
    """
    for case, user in rows(query):
        yield f"case {case}: its officer {user} is locked out of it"


def officers_are_the_last_assigned() -> Iterable[str]:
    """A case with an assignment that stands has that person as its officer."""
    query = """
        SELECT c.id, c.officer_id, a.officer_id FROM cases_case c
        JOIN cases_assignment a ON a.case_id = c.id AND a.ended_on IS NULL
        WHERE c.officer_id IS DISTINCT FROM a.officer_id
    """
    for case, officer, assigned in rows(query):
        yield f"case {case}: its officer is {officer}, assigned is {assigned}"


TRACKS = {
    "completion.asked": "cases_completion",
    "consultation.asked": "cases_consultation",
    "hearing.sent": "cases_hearing",
}


def side_tracks_fit_the_state() -> Iterable[str]:
    """A case awaits a completion, an answer or a reply exactly while it is in the state that says so."""
    for code, kind in kinds.items():
        if not kind.is_case:
            continue
        for effect, table in TRACKS.items():
            asking = [row for row in kind.workflow.rows if effect in row.then]
            waiting = sorted({str(row.target) for row in asking if row.target not in row.sources})
            if not waiting:
                continue
            beside = sorted({str(row.target) for row in asking if row.target in row.sources})  # asked without a move
            query = f"""
                SELECT c.id, c.state, t.case_id IS NOT NULL FROM cases_case c
                LEFT JOIN {table} t ON t.case_id = c.id AND t.ended_at IS NULL
                WHERE c.kind = %s AND NOT c.state = ANY(%s) AND (c.state = ANY(%s)) <> (t.case_id IS NOT NULL)
            """  # noqa: S608 - the names stand above
            for pk, state, runs in rows(query, [code, beside, waiting]):
                yield f"case {pk}: in {state!r} with {'an open' if runs else 'no open'} row in {table}"


OWN: dict[str, Callable[[], Iterable[str]]] = {
    "cases.conflicts_lock_out": conflicts_lock_out,
    "cases.diary_numbers_have_no_gap": diary_numbers_have_no_gap,
    "cases.locked_out_people_hold_no_case": locked_out_people_hold_no_case,
    "cases.officers_are_the_last_assigned": officers_are_the_last_assigned,
    "cases.open_cases_are_due": open_cases_are_due,
    "cases.present_state_is_the_last_row": present_state_is_the_last_row,
    "cases.side_tracks_fit_the_state": side_tracks_fit_the_state,
    "cases.state_rows_follow_each_other": state_rows_follow_each_other,
    "cases.states_are_of_the_machine": states_are_of_the_machine,
}


def register_all(owner: str) -> None:
    """Registers the room's own."""
    for name, check in OWN.items():
        invariants.register(name, check, owner=owner)


def breaches(only: Sequence[str] = ()) -> Iterator[tuple[str, str]]:
    """(name, sentence) of every breach of the registered invariants, or of those named `only`."""
    for name in only or list(invariants):
        for sentence in invariants[name]():
            yield name, sentence
