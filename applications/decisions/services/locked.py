"""A case under row lock for what is written in it outside its workflow."""

from typing import Any

from applications.cases.models import Case
from vetting.accounts.actors import Actor
from vetting.accounts.pages import must_have
from vetting.accounts.roles import Permission
from vetting.kernel.errors import NotFound


def locked_case(case: Case, actor: Actor, permission: Permission) -> Case:
    """The case as it stands now, for an actor who may; NotFound for one whom a conflict of interest locks out."""
    must_have(actor, permission, case.district_id)
    rows: Any = Case.objects.for_user(actor, permission).select_related("district", "association", "officer")
    fresh: Case | None = rows.filter(pk=case.pk).select_for_update(of=("self",), no_key=True).first()
    if fresh is None:
        raise NotFound("")
    return fresh
