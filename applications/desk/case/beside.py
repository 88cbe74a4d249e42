"""What stands in the side column and belongs to no other room: the cases that hang together with this one."""

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from applications.cases.models import Case, CaseLink
from applications.desk.queue.lines import FIELDS, Line, line
from vetting.accounts.actors import Actor
from vetting.accounts.roles import Permission
from vetting.kernel.statement import Statement

SHOWN = 6


def related_cases(case: Any, actor: Actor) -> list[Line]:
    """Cases that an officer has linked, then the association's other cases in the district, newest first; one query."""
    found = RELATED.rows(actor=actor, case=case.pk, association=case.association_id, district=case.district_id)
    return [line(row) for row in found]


def _related(*, actor: Actor, case: int, association: int | None, district: int) -> QuerySet[Case, Any]:
    links = CaseLink.objects.filter(ended_at=None)
    ids = links.filter(first=case).values("second").union(links.filter(second=case).values("first"))
    if association:
        ids = ids.union(Case.objects.filter(association_id=association).values("pk"))
    linked = links.filter(Q(first=case, second=OuterRef("pk")) | Q(second=case, first=OuterRef("pk")))
    rows = (
        Case.objects.for_user(actor, Permission.SEE_CASES)
        .exclude(pk=case)
        .filter(pk__in=ids, district=district)
        .order_by(Exists(linked).desc(), "-pk")
    )
    return rows.values_list(*FIELDS, named=True)[:SHOWN]


RELATED = Statement(_related)
