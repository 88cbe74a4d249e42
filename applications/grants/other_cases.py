"""An association's other cases in the same district, and how each ended. Imports no model of this room (guards ask)."""

from typing import Any

from django.db.models import OuterRef, Subquery

from applications.cases.models import Case, StateChange

ENDS = ("granted", "refused", "dismissed", "withdrawn")


def others_of(among: Any, *, case: int, association: int, district: int) -> Any:
    """Of `among` (cases, or children of them) the association's others that were received, with how they ended.

    `ended_as` is the state the newest decision led to, `decided_at` when; a closed refusal is no grant.
    """
    ends = StateChange.objects.filter(case=OuterRef("pk"), subject_type="case", to_state__in=ENDS).order_by("-version")
    return (
        among.filter(association=association, district=district)
        .exclude(pk=case)
        .exclude(number="")
        .annotate(ended_as=Subquery(ends.values("to_state")[:1]), decided_at=Subquery(ends.values("at")[:1]))
    )


def granted_before(case: Any) -> Any:
    """The association's granted applications in the district, that stand."""
    grants = Case.objects.filter(kind="grant", state__in=["granted", "closed"])
    others = others_of(grants, case=case.pk, association=case.association_id, district=case.district_id)
    return others.filter(ended_as="granted")
