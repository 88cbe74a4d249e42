"""A condition of a payment is met: on a document of the case, by somebody who handles the case, once."""

import uuid
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from applications.cases.locking import lock_for
from applications.cases.models import Direction
from applications.grants.models import PaymentCondition
from vetting.accounts.actors import Actor
from vetting.accounts.roles import Permission
from vetting.audit.services import record
from vetting.jobs.idempotency import once
from vetting.kernel import clock
from vetting.kernel.errors import Invalid, NotNow


def meet_condition(
    *, condition: PaymentCondition, document_id: int, met_on: date, actor: Actor, key: uuid.UUID | None = None
) -> None:
    """Registers that `condition` is met by a document that came in to the case.

    Raises NotNow when it is met already, Invalid for a document of another case or a day ahead, NotAllowed, NotFound.
    """

    def do() -> dict[str, Any]:
        case = lock_for(case=condition.payment.case, actor=actor, permission=Permission.SETTLE_CONDITIONS)
        row = PaymentCondition.objects.select_related("payment").get(pk=condition.pk)
        if row.met_on is not None:
            raise NotNow(_("The condition is met already. Nothing was changed."), code="met_already")
        if not case.documents.filter(pk=document_id, direction=Direction.IN).exists():
            raise Invalid(_("Nothing was saved."), fields={"document": [_("Choose a document that came in.")]})
        if met_on > clock.today():
            raise Invalid(_("Nothing was saved."), fields={"met_on": [_("The day can be today at the latest.")]})
        row.met_on, row.met_by_id, row.document_id = met_on, actor.person_id, document_id
        row.save(update_fields=["met_on", "met_by", "document"])
        record(
            actor=actor,
            verb="payment.condition_met",
            case=case.key,
            district=case.district.code,
            subject=f"payment:{row.payment_id}",
            data={"condition": row.code, "met_on": met_on, "document": document_id},
        )
        return {}

    once(actor=actor.reference, key=key, purpose=f"meet-condition:{condition.pk}", do=do)
