"""Writing a plan: one statement per table, with arrays, whatever the number of rows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from applications.associations.importing.plan import OWN, SHARED, Change, Plan
from applications.associations.importing.rows import Row
from applications.associations.models import Association, DistrictAssociation, GiroAccount, RegisterChange

_UPDATE_SHARED = """
UPDATE associations_association AS a SET
  name = v.name, legal_form = v.legal_form, registered_date = v.registered_date, seat = v.seat, area = v.area,
  status = v.status, status_date = v.status_date, version = a.version + 1, updated_at = %s,
  confirmed_by_id = NULL, confirmed_at = NULL, confirmed_district_id = NULL, confirmed_against = ''
FROM unnest(%s::bigint[], %s::text[], %s::text[], %s::date[], %s::text[], %s::text[], %s::text[], %s::date[])
  AS v(id, name, legal_form, registered_date, seat, area, status, status_date)
WHERE a.id = v.id
"""
_UPDATE_OWN = """
UPDATE associations_districtassociation AS d SET
  members = v.members, members_in_area = v.members_in_area, women = v.women, website = v.website,
  counted_on = NULL, version = d.version + 1, updated_at = %s
FROM unnest(%s::bigint[], %s::integer[], %s::integer[], %s::integer[], %s::text[])
  AS v(association_id, members, members_in_area, women, website)
WHERE d.association_id = v.association_id AND d.district_id = %s
"""


@dataclass(frozen=True, slots=True)
class Stamp:
    """What every row written by one import carries."""

    district_id: int | None
    run_id: int
    by: str  # audit reference
    at: datetime


def insert_associations(rows: Sequence[Row], stamp: Stamp) -> dict[str, int]:
    """Adds associations; returns orgnr → id of those this call added: somebody else may have been quicker."""
    if not rows:
        return {}
    made = [Association(created_at=stamp.at, updated_at=stamp.at, orgnr=row.orgnr, **first_values(row)) for row in rows]
    Association.objects.bulk_create(made, ignore_conflicts=True)
    added = Association.objects.filter(key__in=[association.key for association in made])
    return dict(added.values_list("orgnr", "id"))


def first_values(row: Row) -> dict[str, Any]:
    """The shared columns of a new association; what the file does not state is empty."""
    return {
        "name": row.name,
        "legal_form": row.legal_form or "",
        "registered_date": row.registered_date,
        "seat": row.seat or "",
        "area": row.area or "",
        "status": row.status or "",
        "status_date": row.status_date,
    }


def save(plan: Plan, stamp: Stamp) -> None:
    """Writes what was planned. The caller holds the locks and the transaction."""
    with connection.cursor() as cursor:
        if plan.shared:
            columns = [[values[name] for values in plan.shared.values()] for name in SHARED]
            cursor.execute(_UPDATE_SHARED, [stamp.at, list(plan.shared), *columns])
        if plan.own:
            columns = [[values[name] for values in plan.own.values()] for name in OWN]
            cursor.execute(_UPDATE_OWN, [stamp.at, list(plan.own), *columns, stamp.district_id])
    if plan.giro_replaced:
        GiroAccount.objects.filter(pk__in=plan.giro_replaced).update(ended_at=stamp.at)
    stamped: dict[str, Any] = {"district_id": stamp.district_id, "created_at": stamp.at, "updated_at": stamp.at}
    DistrictAssociation.objects.bulk_create(
        DistrictAssociation(association_id=owner, **stamped, **values) for owner, values in plan.new_own.items()
    )
    GiroAccount.objects.bulk_create(
        GiroAccount(
            association_id=owner,
            kind=kind,
            digits=digits,
            registered_district_id=stamp.district_id,
            registered_at=stamp.at,
        )
        for owner, kind, digits in plan.new_giro
    )
    RegisterChange.objects.bulk_create(_history(change, stamp) for change in plan.changes)


def _history(change: Change, stamp: Stamp) -> RegisterChange:
    return RegisterChange(
        association_id=change.association_id,
        district_id=stamp.district_id if change.is_own else None,
        field=change.field,
        before="" if change.before is None else str(change.before),
        after="" if change.after is None else str(change.after),
        by=stamp.by,
        run_id=stamp.run_id,
        at=stamp.at,
    )
