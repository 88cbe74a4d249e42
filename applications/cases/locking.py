"""Locks a case for what is written in it outside its workflow: notes, documents, assignment, declarations."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from applications.cases.jav import standing
from applications.cases.models import Case
from vetting.accounts.actors import Actor, refreshed
from vetting.accounts.pages import must_have
from vetting.accounts.roles import Permission
from vetting.kernel import clock
from vetting.kernel.errors import NotFound


class LockedOut(NotFound):
    """The person is out of the case by a conflict of interest. The answer shows nothing of the case."""

    code = "jav_out"


def lock_for(*, case: Case, actor: Actor, permission: Permission) -> Case:
    """The case as it stands now, under row lock, for an actor who has `permission` in its district today.

    Inside the caller's transaction. Raises NotAllowed (with who may) or LockedOut.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("lock_for() belongs inside the transaction of what it allows")
    rows: Any = Case.objects.select_related("district").select_for_update(of=("self",), no_key=True)
    fresh: Case = rows.get(pk=case.pk)
    if not actor.is_system:
        now = refreshed(actor, on=clock.today())
        must_have(now, permission, fresh.district_id)
        if standing(fresh.pk, actor.user_id).out:
            raise LockedOut(locked_out_text())
    return fresh


def lock_all(cases: Iterable[Case]) -> list[Case]:
    """The cases as they stand now, all under row lock: taken in the order of their ids, so that nobody waits in a ring.

    Inside the caller's transaction; the caller checks each one's district and conflicts.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("lock_all() belongs inside the transaction of what it allows")
    rows: Any = Case.objects.select_related("district").select_for_update(of=("self",), no_key=True)
    return list(rows.filter(pk__in=[case.pk for case in cases]).order_by("pk"))


def locked_out_text() -> Any:
    """What a locked-out person is told instead of the case."""
    return _(
        "A conflict of interest locks you out of this case, so it is not shown to you. "
        "If that is no longer right, ask the unit head to look at it."
    )
