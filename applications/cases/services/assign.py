"""Who handles the case: one officer at a time, each handover dated (docs/domain.md §7)."""

import hashlib
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from applications.cases.assigning import OFFICERS, Taker, reason_against, reason_to_leave, taker_of
from applications.cases.jav import standings
from applications.cases.locking import lock_all, lock_for
from applications.cases.models import Assignment, Case, Recusal
from vetting.accounts.actors import Actor, refreshed
from vetting.accounts.models import Membership, User
from vetting.accounts.pages import must_have
from vetting.accounts.roles import Permission
from vetting.audit.services import record
from vetting.jobs.idempotency import once
from vetting.kernel import clock
from vetting.kernel.errors import Invalid, Stale

ANY_OFFICER = -1  # the form did not show who had the case
CHANGED, HAS_IT, STALE = "changed", "has_it", "stale"
GONE = "gone"  # nothing of the case may be told to whoever assigned


@dataclass(frozen=True, slots=True)
class Assigned:
    """What became of one case of a bulk assignment. `code`: changed, has_it, or why it stayed as it was."""

    case: uuid.UUID
    number: str
    code: str

    @property
    def changed(self) -> bool:
        return self.code == CHANGED


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
        if reason := reason_against(fresh, taker_of(officer, [fresh.pk])):
            raise Invalid(reason.text, fields={"officer": [reason.text]}, code=reason.code)
        return {"changed": bool(hand_over(cases=[fresh], officer=officer, actor=actor, back_on=back_on))}

    intent = uuid.uuid5(key, str(case.key)) if key else None
    return bool(once(actor=actor.reference, key=intent, purpose="assign", do=do)["changed"])


def assign_many(
    *,
    cases: Iterable[Case],
    officer: User,
    actor: Actor,
    seen: Mapping[uuid.UUID, int | None] | None = None,
    key: uuid.UUID | None = None,
) -> Sequence[Assigned]:
    """Gives many cases to one officer in one transaction; one that cannot be given is left out with its code.

    `seen` says by case key who had each case when it was shown; one that somebody else has assigned since is left
    out. One submit is one transaction with its key: it is done as far as the rules go, or not at all, and a second
    submit gets the same answer. Raises NotAllowed when the actor may assign nowhere.
    """
    chosen = sorted(cases, key=lambda case: case.pk)

    def do() -> dict[str, Any]:
        now = actor if actor.is_system else refreshed(actor, on=clock.today())
        if not actor.is_system:
            must_have(now, Permission.ASSIGN_CASES)
        fresh = lock_all(chosen)
        taker, out = taker_of(officer, [case.pk for case in fresh]), _out_of(fresh, now)
        codes = [GONE if case.pk in out else _outcome(case, taker, now, seen) for case in fresh]
        outcomes = list(zip(fresh, codes, strict=True))
        hand_over(cases=[case for case, code in outcomes if code == CHANGED], officer=officer, actor=actor)
        return {"outcomes": [[str(case.key), case.number, code] for case, code in outcomes]}

    answer = once(actor=actor.reference, key=key, purpose=_intent(officer, chosen), do=do)
    return [Assigned(uuid.UUID(case), number, code) for case, number, code in answer["outcomes"]]


def _outcome(case: Case, taker: Taker, actor: Actor, seen: Mapping[uuid.UUID, int | None] | None) -> str:
    if reason := reason_to_leave(case, taker, actor):
        return reason.code
    if case.officer_id == taker.user.pk:
        return HAS_IT
    return CHANGED if seen is None or seen.get(case.key, ANY_OFFICER) == case.officer_id else STALE


def _out_of(cases: Sequence[Case], actor: Actor) -> set[int]:
    return {pk for pk, where in standings([case.pk for case in cases], actor.user_id).items() if where.out}


def _intent(officer: User, cases: Sequence[Case]) -> str:
    """The purpose of a submit: to whom, and exactly which cases."""
    named = ",".join((str(officer.key), *(str(case.key) for case in cases)))
    return f"assign-many:{hashlib.sha256(named.encode()).hexdigest()[:32]}"


def possible_officers(case: Case) -> QuerySet[User]:
    """Who may be given the case: an officer's role in its district today, and not locked out of it."""
    today = clock.today()
    posts = Membership.objects.valid_on(today).filter(district_id=case.district_id, role__in=OFFICERS)
    out = Recusal.objects.filter(case_id=case.pk).locked_out_on(today)
    found = User.objects.filter(is_active=True, pk__in=posts.values("user_id"))
    return found.exclude(pk__in=out.values("user_id")).order_by("name")


def hand_over(
    *, cases: Sequence[Case], officer: User | None, actor: Actor, back_on: date | None = None
) -> Sequence[Case]:
    """Ends the present assignments and begins the next; returns the cases whose officer changed.

    The caller holds the cases' locks and has checked the right. With `officer=None` a case is left without one and is
    due today: whoever assigns must see it.
    """
    today, moment = clock.today(), clock.now()
    if back_on is not None and back_on <= today:
        message = _("The day the case goes back must lie in the future.")
        raise Invalid(message, fields={"back_on": [message]}, code="back_on")
    changed = [case for case in cases if case.officer_id != (officer.pk if officer else None)]
    ids = [case.pk for case in changed]
    Assignment.objects.filter(case__in=ids, ended_on__isnull=True).update(ended_on=today)
    Case.objects.filter(pk__in=ids).update(officer=officer)
    if officer is None:
        Case.objects.filter(pk__in=ids, is_open=True, due_on__gt=today).update(due_on=today)
    else:
        by = {"officer": officer, "since": today, "back_on": back_on, "assigned_by": actor.reference, "at": moment}
        Assignment.objects.bulk_create([Assignment(case=case, **by) for case in changed])
    for case in changed:
        case.officer = officer
        if officer is None and case.is_open and case.due_on and case.due_on > today:
            case.due_on = today
        _note(case, officer, actor, back_on, moment)
    return changed


def _note(case: Case, officer: User | None, actor: Actor, back_on: date | None, moment: datetime) -> None:
    record(
        actor=actor,
        verb="case.assigned" if officer else "case.unassigned",
        case=case.key,
        district=case.district.code,
        subject=f"case:{case.pk}",
        data={"officer": officer.reference, "back_on": back_on or ""} if officer else {},
        at=moment,
    )
