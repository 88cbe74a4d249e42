"""Reading, for a chunk of rows, what the register already holds: a fixed number of queries whatever its size."""

from collections.abc import Sequence

from applications.associations.importing.plan import OWN, SHARED, Known, KnownGiro
from applications.associations.importing.rows import Row
from applications.associations.models import Association, DistrictAssociation, GiroAccount
from vetting.kernel.sorting import swedish_key, swedish_order


def known_associations(numbers: Sequence[str], *, district_id: int | None, lock: bool = False) -> dict[str, Known]:
    """What is known by orgnr. `lock` takes the association rows, in the order of ids, before anything is read."""
    if not numbers:
        return {}
    rows = Association.objects.filter(orgnr__in=numbers).order_by("id")
    if lock:
        rows = rows.select_for_update(no_key=True)
    known = {
        number: Known(pk, dict(zip(SHARED, values, strict=True)))
        for pk, number, *values in rows.values_list("id", "orgnr", *SHARED)
    }
    by_id = {entry.id: entry for entry in known.values()}
    if district_id is not None:
        own = DistrictAssociation.objects.filter(district_id=district_id, association_id__in=list(by_id))
        for pk, *values in own.values_list("association_id", *OWN):
            by_id[pk].own = dict(zip(OWN, values, strict=True))
    accounts = GiroAccount.objects.filter(association_id__in=list(by_id), ended_at__isnull=True)
    for account in accounts.values_list("association_id", "kind", "id", "digits", "confirmed_at", named=True):
        entry = by_id[account.association_id].giro.setdefault(account.kind, KnownGiro())
        if account.confirmed_at is None:
            entry.waiting, entry.waiting_id = account.digits, account.id
        else:
            entry.in_use = account.digits
    return known


def namesakes(rows: Sequence[Row]) -> set[str]:
    """The numbers of those rows whose name another association of the register already has."""
    numbers = {swedish_key(row.name): row.orgnr for row in rows}
    if not numbers:
        return set()
    found = Association.objects.annotate(sort_key=swedish_order("name")).filter(sort_key__in=list(numbers))
    return {numbers[key] for key, number in found.values_list("sort_key", "orgnr") if numbers[key] != number}
