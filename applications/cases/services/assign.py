"""Who handles the case: one officer at a time, each handover dated (docs/domain.md §7)."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from applications.cases.jav import standing
from applications.cases.locking import lock_for
from applications.cases.models import Assignment, Case, Recusal
from vetting.accounts.actors import Actor, posts_of
from vetting.accounts.models import Membership, User
from vetting.accounts.roles import Permission, Role
from vetting.audit.services import record
from vetting.jobs.idempotency import once
from vetting.kernel import clock
from vetting.kernel.errors import DomainError, Invalid, Stale

ANY_OFFICER = -1  # the form did not show who had the case
OFFICERS = frozenset({Role.GRANT_OFFICER, Role.PREMISES_OFFICER, Role.UNIT_HEAD})


@dataclass(frozen=True, slots=True)
class Assigned:
    """What became of one case of a bulk assignment; `problem` says why it stayed as it was."""

    case: uuid.UUID
    number: str
    changed: bool
    problem: str = ""


def assign_officer(
    *,
    case: Case,
    officer: User,
    actor: Actor,
    back_on: date | None = None,
    seen_officer_id: int | None = ANY_OFFICER,
    key: uuid.UUID | None = None,
) -> bool:
    """Makes `officer` the case's officer from today; `back_on` is the day the earlier one takes it back.

    `seen_officer_id` is who had the case when the form was shown: Stale when that changed. Returns whether anything
    changed. Raises Invalid when the person cannot handle the case, NotAllowed when the actor may not assign.
    """

    def do() -> dict[str, Any]:
        fresh = lock_for(case=case, actor=actor, permission=Permission.ASSIGN_CASES)
        if seen_officer_id != ANY_OFFICER and fresh.officer_id != seen_officer_id:
            raise Stale(_("Somebody else has assigned the case in the meantime. Look at who has it now."))
        check_officer(fresh, officer)
        return {"changed": hand_over(case=fresh, officer=officer, actor=actor, back_on=back_on)}

    intent = uuid.uuid5(key, str(case.key)) if key else None
    return bool(once(actor=actor.reference, key=intent, purpose="assign", do=do)["changed"])


def assign_many(
    *, cases: Iterable[Case], officer: User, actor: Actor, key: uuid.UUID | None = None
) -> Sequence[Assigned]:
    """Gives many cases to one officer, each in a transaction of its own: a problem with one stops no other."""
    outcomes = []
    for case in sorted(cases, key=lambda case: case.pk):
        try:
            changed = assign_officer(case=case, officer=officer, actor=actor, key=key)
        except DomainError as error:
            outcomes.append(Assigned(case.key, case.number, False, str(error)))
        else:
            outcomes.append(Assigned(case.key, case.number, changed))
    return outcomes


def possible_officers(case: Case) -> QuerySet[User]:
    """Who may be given the case: an officer's role in its district today, and not locked out of it."""
    today = clock.today()
    posts = Membership.objects.valid_on(today).filter(district_id=case.district_id, role__in=OFFICERS)
    out = Recusal.objects.filter(case_id=case.pk).locked_out_on(today)
    found = User.objects.filter(is_active=True, pk__in=posts.values("user_id"))
    return found.exclude(pk__in=out.values("user_id")).order_by("name")


def check_officer(case: Case, officer: User) -> None:
    """Raises Invalid unless the person has an officer's role in the district today and no conflict of interest."""
    held = {post.role for post in posts_of(officer.pk, on=clock.today()) if post.district_id == case.district_id}
    if not officer.is_active or not held & OFFICERS:
        message = _("%(name)s has no role in this district that lets them handle the case.") % {"name": officer.name}
        raise Invalid(message, fields={"officer": [message]}, code="not_an_officer")
    if standing(case.pk, officer.pk).out:
        message = _("%(name)s is locked out of this case by a conflict of interest.") % {"name": officer.name}
        raise Invalid(message, fields={"officer": [message]}, code="jav_out")


def hand_over(*, case: Case, officer: User | None, actor: Actor, back_on: date | None = None) -> bool:
    """Ends the present assignment and begins the next. The caller holds the case's lock and has checked the right.

    With `officer=None` the case is left without one and is due today: whoever assigns must see it.
    """
    if case.officer_id == (officer.pk if officer else None):
        return False
    today, moment = clock.today(), clock.now()
    if back_on is not None and back_on <= today:
        message = _("The day the case goes back must lie in the future.")
        raise Invalid(message, fields={"back_on": [message]}, code="back_on")
    Assignment.objects.filter(case=case, ended_on__isnull=True).update(ended_on=today)
    if officer is not None:
        Assignment.objects.create(
            case=case, officer=officer, since=today, back_on=back_on, assigned_by=actor.reference, at=moment
        )
    case.officer = officer
    values: dict[str, Any] = {"officer": officer}
    if officer is None and case.is_open and case.due_on and case.due_on > today:
        case.due_on = values["due_on"] = today
    Case.objects.filter(pk=case.pk).update(**values)
    record(
        actor=actor,
        verb="case.assigned" if officer else "case.unassigned",
        case=case.key,
        district=case.district.code,
        subject=f"case:{case.pk}",
        data={"officer": officer.reference, "back_on": back_on or ""} if officer else {},
        at=moment,
    )
    return True
