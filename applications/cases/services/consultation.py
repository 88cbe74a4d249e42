"""Asking somebody else for facts in a named respect (docs/domain.md §8.1; FL 8 § 2nd para, RF 12:2)."""

import uuid
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from applications.cases.executor import Done, perform
from applications.cases.limits import consultation_days
from applications.cases.models import Case, Consultation, Consulted
from applications.cases.services.assign import OFFICERS
from applications.cases.texts import keep
from vetting.accounts.actors import Actor
from vetting.kernel.errors import Invalid, NotAllowed, NotNow
from vetting.kernel.workflow import Move

Ended = Consultation.Ended
NAMED = frozenset({Consulted.OTHER_BOARD, Consulted.OTHER_AUTHORITY})
ENDING = ("ended_at", "ended_as", "ended_by", "answered_on", "own_answer", "answer_payload_id", "answer_commitment")


def ask_consultation(
    *,
    case: Case,
    asked_of: str,
    circumstance: str,
    question: str,
    last_day: date,
    actor: Actor,
    acts: Sequence[Mapping[str, str]] = (),
    asked_name: str = "",
    expected_version: int | None = None,
    key: uuid.UUID | None = None,
) -> Done:
    """Puts a fact question on a concrete circumstance. `acts` are {"text", "source"}: what the other sees, no more.

    The last day becomes the case's due day. Raises Invalid where something owed is missing.
    """
    data = {
        "asked_of": asked_of,
        "asked_name": asked_name,
        "circumstance": circumstance,
        "question": question,
        "acts": [dict(act) for act in acts],
        "last_day": last_day,
        "due_on": last_day,
    }
    return perform(subject=case, action="consult", actor=actor, data=data, expected_version=expected_version, key=key)


def answer_consultation(
    *,
    case: Case,
    actor: Actor,
    answer: str = "",
    basis: str = "",
    who: str = "",
    answered_on: date | None = None,
    own: bool = False,
    expected_version: int | None = None,
    key: uuid.UUID | None = None,
) -> Done:
    """Ends the open consultation with the answer and on what it rests; empty once the last day has passed: none came.

    `own`: written by the one who was asked. `who` names an outside person's office for an answer that is registered.
    """
    data = {"answer": answer, "basis": basis, "who": who, "answered_on": answered_on, "own": own}
    return perform(subject=case, action="answered", actor=actor, data=data, expected_version=expected_version, key=key)


def asked(move: Move) -> None:
    """Effect `consultation.asked`: writes the question."""
    data = {
        name: str(move.data.get(name, "")).strip() for name in ("asked_of", "asked_name", "circumstance", "question")
    }
    fields: dict[str, list[Any]] = {}
    if data["asked_of"] not in Consulted.values:
        fields["asked_of"] = [_("Choose who is asked.")]
    elif data["asked_of"] in NAMED and not data["asked_name"]:
        fields["asked_name"] = [_("Write which board or authority.")]
    if not data["circumstance"]:
        fields["circumstance"] = [_("Name the concrete circumstance the question is about.")]
    if not data["question"]:
        fields["question"] = [_("Write the question: which fact do you need?")]
    if fields:
        raise Invalid(_("The question is not complete."), fields=fields, code="consultation")
    last_day = consultation_days().check(move.data.get("last_day"))
    acts = [act for act in move.data.get("acts", ()) if act.get("text", "").strip()]
    payload, promise = keep(
        move.case, {"circumstance": data["circumstance"], "question": data["question"], "acts": acts}
    )
    Consultation.objects.create(
        case_id=move.case.pk,
        asked_of=data["asked_of"],
        asked_name=data["asked_name"],
        asked_at=move.at,
        asked_by_id=move.actor.user_id,
        last_day=last_day,
        payload_id=payload,
        commitment=promise,
    )
    move.log.update(asked_of=data["asked_of"], last_day=last_day)


def ended(move: Move) -> None:
    """Effect `consultation.ended`: writes the answer. A step that overtakes the question ends it as it is."""
    consultation = Consultation.objects.filter(case_id=move.case.pk, ended_at__isnull=True).first()
    if consultation is None:
        if move.row.action == "answered":
            raise NotNow(_("There is no open consultation in this case."), code="no_consultation")
        return
    if move.row.action != "answered":
        _end(consultation, move, Ended.OVERTAKEN, {})
        return
    _check_answerer(move, consultation)
    answer = {name: str(move.data.get(name, "")).strip() for name in ("answer", "basis", "who")}
    if not answer["answer"]:
        if move.today <= consultation.last_day:
            message = _("Write the answer. The question can be ended without one when its last day has passed.")
            raise Invalid(message, fields={"answer": [message]}, code="answer")
        _end(consultation, move, Ended.NO_ANSWER, {})
        return
    if not answer["basis"]:
        message = _("Write what the answer rests on, so that it can be weighed.")
        raise Invalid(message, fields={"basis": [message]}, code="basis")
    _end(consultation, move, Ended.ANSWERED, answer)


def _check_answerer(move: Move, consultation: Consultation) -> None:
    """An officer registers anybody's answer; a coordinator or lawyer gives the own one and nobody else's."""
    roles = move.actor.roles_in(move.case.district_id)
    if move.actor.is_system or roles & OFFICERS or consultation.asked_of in {role.value for role in roles}:
        return
    raise NotAllowed(_("The question was put to somebody else."), who=[consultation.asked_of], code="asked_of")


def _end(consultation: Consultation, move: Move, ended_as: str, answer: dict[str, str]) -> None:
    payload, promise = keep(move.case, answer) if answer else (None, "")
    answered_on: date | None = move.data.get("answered_on") or move.today
    consultation.ended_at, consultation.ended_as, consultation.ended_by = move.at, ended_as, move.actor.reference
    consultation.answered_on = answered_on if answer else None
    consultation.own_answer = bool(answer) and bool(move.data.get("own"))
    consultation.answer_payload_id, consultation.answer_commitment = payload, promise
    consultation.save(update_fields=ENDING)
    move.log.update(consultation=ended_as)
