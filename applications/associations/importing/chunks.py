"""A chunk of checked records into the register, in the caller's transaction.

What changes nothing is read and not locked; the association's row is the lock of all that belongs to it.
"""

from collections.abc import Sequence

from applications.associations.importing.findings import Finding, Outcome, Weight
from applications.associations.importing.lookup import known_associations, namesakes
from applications.associations.importing.plan import Known, Plan
from applications.associations.importing.rows import Checked, Row
from applications.associations.importing.store import Stamp, first_values, insert_associations, save

Result = tuple[Checked, Outcome]


def write_chunk(chunk: Sequence[Checked], stamp: Stamp) -> list[Result]:
    """Stores the rows and says what became of each record, in the chunk's order. Each orgnr may occur once."""
    rows = {checked.row.orgnr: checked.row for checked in chunk if checked.row}
    known = known_associations(list(rows), district_id=stamp.district_id)
    remarks: dict[str, list[Finding]] = {}
    for number in namesakes([row for row in rows.values() if _is_new_name(row, known.get(row.orgnr))]):
        remarks[number] = [Finding("same_name_other_orgnr", "name")]
    inserted = insert_associations([row for number, row in rows.items() if number not in known], stamp)
    others = [row for number, row in rows.items() if number not in inserted]
    if len(known) < len(others):  # somebody registered one of the new numbers a moment ago: now it is known
        known = known_associations([row.orgnr for row in others], district_id=stamp.district_id)

    plan = Plan(for_district=stamp.district_id is not None)
    for number, pk in inserted.items():
        plan.add(rows[number], Known(pk, first_values(rows[number])))
    updated = _plan_changes(plan, _touched(others, known, plan.for_district), stamp, remarks)
    save(plan, stamp)
    return [_result(checked, inserted, updated, remarks) for checked in chunk]


def _is_new_name(row: Row, known: Known | None) -> bool:
    return known is None or known.shared["name"] != row.name


def _touched(rows: Sequence[Row], known: dict[str, Known], for_district: bool) -> list[Row]:
    """The rows that would change something, or that have something to remark, judged without a lock."""
    return [row for row in rows if any(Plan(for_district).add(row, known[row.orgnr]))]


def _plan_changes(plan: Plan, rows: list[Row], stamp: Stamp, remarks: dict[str, list[Finding]]) -> set[str]:
    """Locks, reads again, and plans on what stands there now."""
    known = known_associations([row.orgnr for row in rows], district_id=stamp.district_id, lock=True)
    updated = set()
    for row in rows:
        changed, findings = plan.add(row, known[row.orgnr])
        remarks.setdefault(row.orgnr, []).extend(findings)
        if changed:
            updated.add(row.orgnr)
    return updated


def _result(checked: Checked, inserted: dict[str, int], updated: set[str], remarks: dict[str, list[Finding]]) -> Result:
    if checked.row is None:
        skipped = all(finding.weight is Weight.SKIPS for finding in checked.findings)
        return checked, Outcome.SKIPPED if skipped else Outcome.REJECTED
    number = checked.row.orgnr
    for finding in remarks.get(number, []):
        if finding not in checked.findings:
            checked = checked.with_finding(finding.code, finding.field)
    if number in inserted:
        return checked, Outcome.IMPORTED
    return checked, Outcome.UPDATED if number in updated else Outcome.UNCHANGED
