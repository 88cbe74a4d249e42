"""Money that came back of the association's own accord: sum, giro, reference, nothing more (docs/domain.md §8.1)."""

import uuid
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from applications.cases.locking import lock_for
from applications.cases.models import Case
from applications.grants.models import GrantSums, Repayment
from vetting.accounts.actors import Actor
from vetting.accounts.roles import Permission
from vetting.audit.services import record
from vetting.jobs.idempotency import once
from vetting.kernel import clock
from vetting.kernel.errors import Invalid, NotNow
from vetting.kernel.giro import GiroKind, digits_of
from vetting.kernel.text import kronor


def register_repayment(
    *,
    case: Case,
    amount: Decimal,
    received_on: date,
    giro_kind: str,
    giro: str,
    reference: str,
    actor: Actor,
    key: uuid.UUID | None = None,
) -> Repayment:
    """Registers a voluntary repayment: `amount` kr on the city's `giro`, with the ledger's `reference`.

    Raises Invalid for a sum over what is paid and not yet back, a day ahead or a giro with a wrong check digit;
    NotAllowed, LockedOut.
    """
    digits = digits_of(GiroKind(giro_kind), giro)

    def do() -> dict[str, Any]:
        fresh = lock_for(case=case, actor=actor, permission=Permission.BOOK_REPAYMENTS)
        _check(fresh, amount, received_on, digits, reference)
        row = Repayment.objects.create(
            case=fresh,
            amount=amount,
            received_on=received_on,
            giro_kind=giro_kind,
            giro_digits=digits or "",
            reference=reference.strip(),
            registered_by_id=actor.person_id,
            at=clock.now(),
        )
        _log("payment.repaid", row, fresh, actor)
        return {"id": row.pk}

    answer = once(actor=actor.reference, key=key, purpose=f"register-repayment:{case.pk}", do=do)
    return Repayment.objects.get(pk=answer["id"])


def undo_repayment(*, repayment: Repayment, actor: Actor, key: uuid.UUID | None = None) -> None:
    """Takes back a repayment registered by mistake: a second row with the same sum, negative.

    Raises NotNow when it is undone already or is itself such a row; NotAllowed, LockedOut.
    """

    def do() -> dict[str, Any]:
        fresh = lock_for(case=repayment.case, actor=actor, permission=Permission.BOOK_REPAYMENTS)
        if repayment.undoes_id is not None or Repayment.objects.filter(undoes=repayment.pk).exists():
            raise NotNow(_("It is undone already. Nothing was changed."), code="undone")
        row = Repayment.objects.create(
            case=fresh,
            amount=-repayment.amount,
            received_on=repayment.received_on,
            giro_kind=repayment.giro_kind,
            giro_digits=repayment.giro_digits,
            reference=repayment.reference,
            undoes=repayment,
            registered_by_id=actor.person_id,
            at=clock.now(),
        )
        _log("payment.repayment_undone", row, fresh, actor)
        return {"id": row.pk}

    once(actor=actor.reference, key=key, purpose=f"undo-repayment:{repayment.pk}", do=do)


def _check(case: Case, amount: Decimal, received_on: date, digits: str | None, reference: str) -> None:
    sums = GrantSums.objects.filter(case=case.pk).first()
    left = sums.paid - sums.repaid - sums.reclaimed - sums.waived if sums else Decimal(0)
    wrong: dict[str, list[Any]] = {}
    if amount <= 0 or amount != amount.quantize(Decimal("0.01")):
        wrong["amount"] = [_("Write a sum over 0 kr, to the öre.")]
    elif amount > left:
        text = _("%(left)s is paid and not yet back. More than that cannot be a repayment of this grant.")
        wrong["amount"] = [text % {"left": kronor(left)}]
    if received_on > clock.today():
        wrong["received_on"] = [_("The day can be today at the latest.")]
    if digits is None:
        wrong["giro"] = [_("The number is not right: a digit is missing or mistyped. Compare it with the ledger.")]
    if not reference.strip():
        wrong["reference"] = [_("Write the reference of the payment in the ledger.")]
    if wrong:
        raise Invalid(_("The repayment was not registered."), fields=wrong)


def _log(verb: str, row: Repayment, case: Case, actor: Actor) -> None:
    record(
        actor=actor,
        verb=verb,
        case=case.key,
        district=case.district.code,
        subject=f"repayment:{row.pk}",
        data={"amount": row.amount, "received_on": row.received_on},
    )
