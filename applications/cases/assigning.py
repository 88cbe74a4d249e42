"""Whether a case can be given to a person: reasons over facts that are read once for many cases (docs/domain.md §7).

The queue, which stands in a room above, shows itself again when nothing can be checked yet: it registers how.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from applications.cases.jav import standings
from applications.cases.models import Case
from vetting.accounts.actors import Actor, posts_of
from vetting.accounts.models import User
from vetting.accounts.pages import who_may
from vetting.accounts.roles import Permission, Role, roles_with
from vetting.kernel import clock
from vetting.kernel.errors import Reason
from vetting.kernel.registry import Registry

OFFICERS = frozenset({Role.GRANT_OFFICER, Role.PREMISES_OFFICER, Role.UNIT_HEAD})
AT_ONCE = 50  # as many as a page of the queue shows
QUEUE = "queue"

# The page to choose cases on: shown with the bound form, its choices kept and its errors on top.
queues: Registry[Callable[[HttpRequest, Any, int], HttpResponse]] = Registry("page to choose cases on")


@dataclass(frozen=True, slots=True)
class Taker:
    """Whoever is to get cases: the districts where the person handles cases today, and the cases they are out of."""

    user: User
    districts: frozenset[int]
    out_of: frozenset[int]


def taker_of(officer: User, case_ids: Collection[int]) -> Taker:
    """What speaks for and against the person as the cases' officer; two queries for any number of cases."""
    posts = posts_of(officer.pk, on=clock.today()) if officer.is_active else ()
    where = standings(case_ids, officer.pk)
    return Taker(
        user=officer,
        districts=frozenset(post.district_id for post in posts if post.role in OFFICERS),
        out_of=frozenset(pk for pk, standing in where.items() if standing.out),
    )


def reason_against(case: Case, taker: Taker) -> Reason | None:
    """Why the person cannot be the case's officer: it is closed, no role in its district, a conflict of interest."""
    if not case.is_open:
        return Reason("closed", _("The case is closed, so nobody needs to handle it."))
    if case.district_id not in taker.districts:
        text = _("%(name)s has no role in this district that lets them handle the case.") % {"name": taker.user.name}
        return Reason("not_an_officer", text)
    if case.pk in taker.out_of:
        text = _("%(name)s is locked out of this case by a conflict of interest.") % {"name": taker.user.name}
        return Reason("jav_out", text)
    return None


def reason_to_leave(case: Case, taker: Taker, actor: Actor) -> Reason | None:
    """Why a bulk assignment by `actor` leaves the case as it is; the actor's own right comes first."""
    if not (actor.is_system or actor.may(Permission.ASSIGN_CASES, case.district_id)):
        who = who_may(roles_with(Permission.ASSIGN_CASES))
        text = _("You may not assign the cases of this district. It can be done by: %(who)s.") % {"who": who}
        return Reason("may_not", text)
    return reason_against(case, taker)
