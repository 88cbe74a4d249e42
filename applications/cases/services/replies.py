"""The applicant's replies beside the facts, and what we say to them (docs/domain.md §8.1). Only added."""

import uuid
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from applications.cases.executor import hold
from applications.cases.locking import lock_for
from applications.cases.models import Case, Hearing, HearingEntry
from applications.cases.texts import keep
from vetting.accounts.actors import Actor
from vetting.accounts.roles import Permission
from vetting.audit.services import record
from vetting.jobs.idempotency import once
from vetting.kernel import clock
from vetting.kernel.errors import Invalid, NotNow
from vetting.kernel.workflow import Move

By = HearingEntry.By


def register_replies(
    *, case: Case, replies: Mapping[uuid.UUID, str], arrived_on: date, actor: Actor, key: uuid.UUID | None = None
) -> int:
    """Writes the applicant's replies beside the facts (fact key → text). A later one corrects an earlier; both stay.

    May be done while the hearing runs by whoever may end it. Returns how many were written.
    """

    def do() -> dict[str, Any]:
        move, role = hold(subject=case, action="heard", actor=actor)
        if arrived_on > move.today:
            message = _("The reply cannot have arrived after today.")
            raise Invalid(message, fields={"arrived_on": [message]}, code="arrived_on")
        hearing = open_hearing(move)
        written = _write(move.case, hearing, replies, By.APPLICANT, actor, arrived_on)
        if not written:
            message = _("Write the reply to at least one of the facts.")
            raise Invalid(message, fields={"replies": [message]}, code="replies")
        record_beside(move, "case.hearing_replied", hearing, role, replies=written, arrived_on=arrived_on)
        return {"written": written}

    return int(once(actor=actor.reference, key=key, purpose=f"hearing-replies:{case.pk}", do=do)["written"])


def comment_facts(
    *, hearing: Hearing, comments: Mapping[uuid.UUID, str], actor: Actor, key: uuid.UUID | None = None
) -> int:
    """Writes what we say to the replies (fact key → text), during the hearing or after it. Returns how many."""

    def do() -> dict[str, Any]:
        case = lock_for(case=hearing.case, actor=actor, permission=Permission.ANSWER_CHECKLIST)
        written = _write(case, hearing, comments, By.DISTRICT, actor, None)
        if written:
            record(
                actor=actor,
                verb="case.hearing_commented",
                case=case.key,
                district=case.district.code,
                subject=f"hearing:{hearing.pk}",
                data={"comments": written},
            )
        return {"written": written}

    return int(once(actor=actor.reference, key=key, purpose=f"hearing-comments:{hearing.pk}", do=do)["written"])


def open_hearing(move: Move) -> Hearing:
    """The hearing that runs in the case; NotNow when none does."""
    hearing = Hearing.objects.filter(case_id=move.case.pk, ended_at__isnull=True).first()
    if hearing is None:
        raise NotNow(_("There is no open hearing in this case."), code="no_hearing")
    return hearing


def _write(
    case: Case,
    hearing: Hearing,
    texts: Mapping[uuid.UUID, str],
    by: str,
    actor: Actor,
    arrived_on: date | None,
) -> int:
    """Adds one entry per text; a fact of another hearing is refused."""
    moment = clock.now()
    facts = {fact.key: fact for fact in hearing.facts.all()}
    given = {key: text.strip() for key, text in texts.items() if text.strip()}
    if given.keys() - facts.keys():
        raise Invalid(_("One of the facts does not belong to this hearing."), code="fact")
    for key, text in given.items():
        payload, promise = keep(case, {"text": text})
        HearingEntry.objects.create(
            fact=facts[key],
            by=by,
            written_by=actor.reference,
            arrived_on=arrived_on,
            payload_id=payload,
            commitment=promise,
            at=moment,
        )
    return len(given)


def record_beside(move: Move, verb: str, hearing: Hearing, role: str, **data: Any) -> None:
    """One event for what was written beside a step that `hold` allowed."""
    record(
        actor=move.actor,
        verb=verb,
        case=move.case.key,
        district=move.case.district.code,
        subject=f"hearing:{hearing.pk}",
        role=role,
        data=data,
        at=move.at,
    )
