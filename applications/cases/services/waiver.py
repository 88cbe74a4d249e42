"""Deciding without a hearing: the closed list and what each ground demands (docs/domain.md §4.1)."""

import uuid
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from applications.cases.executor import hold
from applications.cases.models import Case, Hearing, Waiver
from applications.cases.services.replies import record_beside
from applications.cases.services.secrecy import section_of
from applications.cases.texts import keep
from vetting.accounts.actors import Actor
from vetting.jobs.idempotency import once
from vetting.kernel import clock
from vetting.kernel.errors import Invalid


def waive_hearing(
    *, case: Case, actor: Actor, waiver: str, detail: Mapping[str, Any], key: uuid.UUID | None = None
) -> None:
    """Records why no hearing is held, from the closed list and with what its code demands (docs/domain.md §4.1).

    May be done by whoever may start a hearing, when one could be started. Raises Invalid where a detail is missing.
    """

    def do() -> dict[str, Any]:
        move, role = hold(subject=case, action="hear", actor=actor)
        payload, promise = keep(move.case, checked_waiver(waiver, detail))
        hearing = Hearing.objects.create(
            case_id=move.case.pk,
            begun_at=move.at,
            begun_by_id=actor.person_id,
            ended_at=move.at,
            ended_as=Hearing.Ended.WAIVED,
            ended_by=actor.reference,
            waiver=waiver,
            waiver_payload_id=payload,
            waiver_commitment=promise,
        )
        record_beside(move, "case.hearing_waived", hearing, role, waiver=waiver)
        return {}

    once(actor=actor.reference, key=key, purpose=f"waive-hearing:{case.pk}", do=do)


def checked_waiver(waiver: str, detail: Mapping[str, Any]) -> dict[str, Any]:
    """The waiver's details as they are kept, with everything its code demands; raises Invalid on the fields.

    Always `why`. `too_near`: `tried_at`, when an oral hearing was tried (a past moment). `secrecy`: `section` and
    `told`, what has been told.
    """
    fields: dict[str, list[Any]] = {}
    if waiver not in Waiver.values:
        fields["waiver"] = [_("Choose one of the grounds.")]
    content: dict[str, Any] = {"why": str(detail.get("why", "")).strip()}
    if not content["why"]:
        fields["why"] = [_("Write why no hearing is held.")]
    if waiver == Waiver.TOO_NEAR:
        tried_at = detail.get("tried_at")
        content["tried_at"] = tried_at
        if not isinstance(tried_at, datetime) or tried_at > clock.now():
            fields["tried_at"] = [_("Write when you tried to reach the applicant, day and time.")]
    if waiver == Waiver.SECRECY:
        content["section"] = section_of(str(detail.get("section", "")))
        content["told"] = str(detail.get("told", "")).strip()
        if not content["section"]:
            fields["section"] = [_("Write the section, for example OSL 21:3.")]
        if not content["told"]:
            fields["told"] = [_("Write what the applicant has been told.")]
    if fields:
        raise Invalid(_("The waiver is not complete."), fields=fields, code="waiver")
    return content
