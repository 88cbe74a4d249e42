"""Declaring a conflict of interest, and a unit head's rulings on it (docs/domain.md §0.3, A24; KL 6:28–32, 7:4)."""

import uuid
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from applications.cases.executor import kind_of
from applications.cases.jav import standing
from applications.cases.limits import EXCEPTION
from applications.cases.locking import lock_for
from applications.cases.models import Case, JavAnswer, JavDeclaration, JavRuling, Recusal
from applications.cases.services.assign import hand_over
from applications.cases.texts import keep
from vetting.accounts.actors import Actor, refreshed
from vetting.accounts.models import User
from vetting.accounts.roles import Permission
from vetting.audit.services import record
from vetting.jobs.idempotency import once
from vetting.kernel import clock
from vetting.kernel.errors import Invalid, NotAllowed, NotNow

OWES_REASON = frozenset({JavAnswer.POSSIBLE, JavAnswer.IRRELEVANT})
Ruling = JavRuling.Ruling


def declare_jav(*, case: Case, actor: Actor, answer: str, reason: str = "", key: uuid.UUID | None = None) -> None:
    """Adds the actor's own declaration (A24). The newest counts; nothing is changed afterwards.

    `yes` locks the person out at once; was it the case's officer, the case is left without one and is due today.
    `possible` and `irrelevant` (KL 6:29) owe a reason: Invalid without one. Raises NotAllowed for a person without a
    part in the district's cases and LockedOut for one who is out already.
    """
    reason = reason.strip()
    if answer not in JavAnswer.values:
        message = _("Choose one of the four answers.")
        raise Invalid(message, fields={"answer": [message]}, code="answer")
    if answer in OWES_REASON and not reason:
        message = _("Write in your own words what it is about. Nothing is saved until you have.")
        raise Invalid(message, fields={"reason": [message]}, code="reason")

    def do() -> dict[str, Any]:
        fresh = _lock_own(case, actor)
        _declare(fresh, actor, answer, reason)
        return {}

    once(actor=actor.reference, key=key, purpose=f"declare-jav:{case.pk}", do=do)


def _lock_own(case: Case, actor: Actor) -> Case:
    """Whoever reads cases or answers consultations in the district has a part in it and may declare."""
    now = refreshed(actor, on=clock.today())
    reads = now.may(Permission.SEE_CASES, case.district_id)
    return lock_for(
        case=case, actor=actor, permission=Permission.SEE_CASES if reads else Permission.ANSWER_CONSULTATION
    )


def _declare(case: Case, actor: Actor, answer: str, reason: str) -> None:
    moment = clock.now()
    payload, promise = keep(case, {"reason": reason}) if reason else (None, "")
    JavDeclaration.objects.create(
        case=case, user_id=actor.person_id, answer=answer, payload_id=payload, commitment=promise, at=moment
    )
    record(
        actor=actor,
        verb=f"case.jav_{answer}",
        case=case.key,
        district=case.district.code,
        subject=f"case:{case.pk}",
        at=moment,
    )
    if answer == JavAnswer.YES:
        _lock_out(case, User.objects.get(pk=actor.person_id), actor)


def _lock_out(case: Case, person: User, actor: Actor) -> None:
    Recusal.objects.create(case=case, user=person, since=clock.now())
    if case.officer_id == person.pk:
        hand_over(cases=[case], officer=None, actor=actor)


def rule_on_jav(
    *,
    case: Case,
    person: User,
    actor: Actor,
    ruling: str,
    reason: str,
    action: str = "",
    until: date | None = None,
    key: uuid.UUID | None = None,
) -> None:
    """A unit head's ruling on another person's conflict of interest, with the reason in own words.

    `no_conflict` settles a possible one · `conflict` locks the person out · `lifted` ends a lock-out, after which the
    person declares anew · `allowed` lets a locked-out person take the step `action` until the day `until`, because
    nobody else can without considerable delay (KL 6:30; at most 14 days). Raises Invalid, NotAllowed (one's own
    conflict is never one's own to rule on) or NotNow (the ruling does not fit how the person stands).
    """
    if person.pk == actor.user_id:
        raise NotAllowed(_("You cannot rule on your own conflict of interest. Another unit head must."), code="own_jav")
    _check_ruling(case, ruling, reason.strip(), action, until)

    def do() -> dict[str, Any]:
        fresh = lock_for(case=case, actor=actor, permission=Permission.RULE_ON_JAV)
        _rule(fresh, person, actor, ruling, reason.strip(), action, until)
        return {}

    once(actor=actor.reference, key=key, purpose=f"rule-on-jav:{case.pk}:{person.pk}", do=do)


def _check_ruling(case: Case, ruling: str, reason: str, action: str, until: date | None) -> None:
    fields: dict[str, list[Any]] = {}
    if ruling not in Ruling.values:
        fields["ruling"] = [_("Choose one of the rulings.")]
    if not reason:
        fields["reason"] = [_("Write the reason: it is kept with the ruling.")]
    if ruling == Ruling.ALLOWED:
        if action not in kind_of(case).workflow.actions():
            fields["action"] = [_("Choose the step that nobody else can take.")]
        if until is None or not EXCEPTION.first <= until <= EXCEPTION.last:
            fields["until"] = [_("Choose a day from today up to two weeks ahead.")]
    if fields:
        raise Invalid(_("The ruling is not complete."), fields=fields, code="ruling")


def _rule(case: Case, person: User, actor: Actor, ruling: str, reason: str, action: str, until: date | None) -> None:
    where = standing(case.pk, person.pk)
    fits = {
        Ruling.NO_CONFLICT: where.unsettled and not where.out,
        Ruling.CONFLICT: not where.out,
        Ruling.LIFTED: where.out,
        Ruling.ALLOWED: where.recused,
    }[Ruling(ruling)]
    if not fits:
        raise NotNow(_("The ruling does not fit: the person's standing in the case has changed."), code="standing")
    moment = clock.now()
    payload, promise = keep(case, {"reason": reason})
    exception = ruling == Ruling.ALLOWED
    JavRuling.objects.create(
        case=case,
        user=person,
        by_id=actor.person_id,
        ruling=ruling,
        action=action if exception else "",
        until=until if exception else None,
        payload_id=payload,
        commitment=promise,
        at=moment,
    )
    out = Recusal.objects.filter(case=case, user=person, lifted_at__isnull=True)
    if ruling == Ruling.LIFTED:
        out.update(lifted_at=moment)
    elif exception:
        out.update(allowed_action=action, allowed_until=until)
    record(
        actor=actor,
        verb=f"case.jav_ruled_{ruling}",
        case=case.key,
        district=case.district.code,
        subject=f"case:{case.pk}",
        data={"person": person.reference, **({"step": action, "until": until} if exception else {})},
        at=moment,
    )
    if ruling == Ruling.CONFLICT:
        _lock_out(case, person, actor)
