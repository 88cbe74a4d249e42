"""Hearing the applicant on what speaks against it (kommunicering; docs/domain.md §0.1, §4.1, §8.1)."""

import uuid
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from applications.cases.executor import Done, perform
from applications.cases.limits import hearing_days
from applications.cases.models import Case, Hearing, HearingEntry, HearingFact
from applications.cases.rules import hearing_can_end
from applications.cases.services.waiver import checked_waiver
from applications.cases.texts import keep
from vetting.accounts.actors import Actor
from vetting.kernel.errors import Invalid, NotNow
from vetting.kernel.workflow import Move

Ended = Hearing.Ended
By = HearingEntry.By
ENDING = ("ended_at", "ended_as", "ended_by", "waiver", "waiver_payload_id", "waiver_commitment")


def start_hearing(
    *,
    case: Case,
    facts: Sequence[Mapping[str, str]],
    last_day: date,
    actor: Actor,
    sent_on: date | None = None,
    expected_version: int | None = None,
    key: uuid.UUID | None = None,
) -> Done:
    """Sends facts for comment: {"text", "source", "evidence_key"} each. The last day becomes the case's due day."""
    data = {"facts": [dict(fact) for fact in facts], "last_day": last_day, "sent_on": sent_on, "due_on": last_day}
    return perform(subject=case, action="hear", actor=actor, data=data, expected_version=expected_version, key=key)


def end_hearing(
    *,
    case: Case,
    actor: Actor,
    waiver: str = "",
    detail: Mapping[str, Any] | None = None,
    expected_version: int | None = None,
    key: uuid.UUID | None = None,
) -> Done:
    """Ends the open hearing: with the replies that came, without one when the last day has passed, or by a waiver."""
    data = {"waiver": waiver, "detail": dict(detail or {})}
    return perform(subject=case, action="heard", actor=actor, data=data, expected_version=expected_version, key=key)


def sent(move: Move) -> None:
    """Effect `hearing.sent`: writes the facts as they were sent."""
    facts = [fact for fact in move.data.get("facts", ()) if fact.get("text", "").strip()]
    if not facts:
        message = _("Choose or write at least one fact to send.")
        raise Invalid(message, fields={"facts": [message]}, code="facts")
    last_day = hearing_days(move.case).check(move.data.get("last_day"))
    sent_on: date = move.data.get("sent_on") or move.today
    if sent_on > move.today:
        message = _("The day it was sent cannot lie after today.")
        raise Invalid(message, fields={"sent_on": [message]}, code="sent_on")
    hearing = Hearing.objects.create(
        case_id=move.case.pk, begun_at=move.at, begun_by_id=move.actor.user_id, sent_on=sent_on, last_day=last_day
    )
    for position, fact in enumerate(facts, 1):
        payload, promise = keep(move.case, {"text": fact["text"].strip(), "source": fact.get("source", "").strip()})
        HearingFact.objects.create(
            hearing=hearing,
            position=position,
            evidence_key=fact.get("evidence_key", ""),
            payload_id=payload,
            commitment=promise,
            at=move.at,
        )
    move.log.update(facts=len(facts), last_day=last_day)


def ended(move: Move) -> None:
    """Effect `hearing.ended`: ends the open hearing by what has come. A step that overtakes it ends it as it is."""
    hearing = Hearing.objects.filter(case_id=move.case.pk, ended_at__isnull=True).first()
    if hearing is None:
        if move.row.action == "heard":
            raise NotNow(_("There is no open hearing in this case."), code="no_hearing")
        return
    if move.row.action != "heard":
        _end(hearing, move, Ended.OVERTAKEN)
    elif waiver := move.data.get("waiver", ""):
        payload, promise = keep(move.case, checked_waiver(waiver, move.data.get("detail") or {}))
        hearing.waiver, hearing.waiver_payload_id, hearing.waiver_commitment = waiver, payload, promise
        _end(hearing, move, Ended.WAIVED)
    else:
        _end(hearing, move, _outcome(move, hearing))


def _outcome(move: Move, hearing: Hearing) -> str:
    """Replied or not, by the entries; the same guard as the row's says whether it can end now."""
    if reason := hearing_can_end(move):
        raise NotNow(reason.text, reasons=[reason], code=reason.code)
    replied = HearingEntry.objects.filter(fact__hearing=hearing, by=By.APPLICANT).exists()
    return Ended.REPLIED if replied else Ended.NO_REPLY


def _end(hearing: Hearing, move: Move, ended_as: str) -> None:
    hearing.ended_at, hearing.ended_as, hearing.ended_by = move.at, ended_as, move.actor.reference
    hearing.save(update_fields=ENDING)
    move.log.update(hearing=ended_as, **({"waiver": hearing.waiver} if hearing.waiver else {}))
