"""What stands in the side column and belongs to no other room: the cases that hang together with this one."""

from typing import Any

from django.db.models import Exists, OuterRef, Q

from applications.cases.models import Case, CaseLink
from applications.desk.queue.lines import FIELDS, Line, line
from vetting.accounts.actors import Actor
from vetting.accounts.roles import Permission

SHOWN = 6


def related_cases(case: Any, actor: Actor) -> list[Line]:
    """Cases that an officer has linked, then the association's other cases in the district, newest first; one query."""
    links = CaseLink.objects.filter(ended_at=None)
    ids = links.filter(first=case.pk).values("second").union(links.filter(second=case.pk).values("first"))
    if case.association_id:
        ids = ids.union(Case.objects.filter(association_id=case.association_id).values("pk"))
    linked = links.filter(Q(first=case.pk, second=OuterRef("pk")) | Q(second=case.pk, first=OuterRef("pk")))
    rows = (
        Case.objects.for_user(actor, Permission.SEE_CASES)
        .exclude(pk=case.pk)
        .filter(pk__in=ids, district=case.district_id)
        .order_by(Exists(linked).desc(), "-pk")
    )
    return [line(row) for row in rows.values_list(*FIELDS, named=True)[:SHOWN]]
