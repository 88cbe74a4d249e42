"""A giro number: registered by one person, confirmed or rejected by another (docs/domain.md §6.2 F9)."""

import uuid
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from applications.associations.models import Association, GiroAccount
from applications.associations.models.giro import GiroState
from applications.associations.services.register_association import lock_association, person_id
from vetting.accounts.actors import Actor
from vetting.accounts.models import District
from vetting.accounts.pages import must_have
from vetting.accounts.roles import Permission
from vetting.audit.services import record
from vetting.jobs.idempotency import once
from vetting.kernel import clock, giro
from vetting.kernel.errors import Invalid, NotFound, NotNow
from vetting.kernel.giro import GiroKind


def register_giro(
    *,
    actor: Actor,
    association: Association,
    district: District,
    kind: GiroKind,
    number: str,
    key: uuid.UUID | None = None,
) -> GiroAccount:
    """Registers a number that waits for a second person; one that waited before is replaced. Nothing is paid to it yet.

    Raises Invalid for a number with a wrong check digit, or one that is in use or waiting already; NotAllowed.
    """
    must_have(actor, Permission.EDIT_ASSOCIATIONS, district.pk)
    digits = giro.digits_of(kind, number)
    if digits is None:
        raise _wrong(_("The number is not right: a digit is missing or mistyped. Compare it with the proof."))

    def do() -> dict[str, Any]:
        lock_association(association)
        live = association.giro_accounts.filter(kind=kind, ended_at__isnull=True)
        for account in live:
            if account.digits == digits:
                in_use = account.state == GiroState.IN_USE
                raise _wrong(
                    _("The number is in use already.") if in_use else _("The number already waits for confirmation.")
                )
        moment = clock.now()
        live.filter(confirmed_at__isnull=True).update(ended_at=moment)
        account = GiroAccount.objects.create(
            association=association,
            kind=kind,
            digits=digits,
            registered_by_id=person_id(actor),
            registered_district=district,
            registered_at=moment,
        )
        _log("giro.registered", account, actor, district)
        return {"id": account.pk}

    answer = once(actor=actor.reference, key=key or uuid.uuid4(), purpose=f"register_giro:{association.pk}", do=do)
    return GiroAccount.objects.get(pk=answer["id"])


def confirm_giro(*, actor: Actor, account: GiroAccount, district: District) -> GiroAccount:
    """Takes a waiting number into use for the district; the one used before of that kind ends.

    Raises NotNow when it waits no longer or the actor registered it; NotAllowed; NotFound for another district's.
    """
    with transaction.atomic():
        row = _waiting(actor, account, district)
        if row.registered_by_id == person_id(actor):
            raise NotNow(
                _("You registered this number, so somebody else must confirm it."),
                code="second_person",
            )
        moment = clock.now()
        used = GiroAccount.objects.filter(
            association_id=row.association_id, kind=row.kind, confirmed_at__isnull=False, ended_at__isnull=True
        )
        used.update(ended_at=moment)
        row.confirmed_by_id, row.confirmed_district, row.confirmed_at = person_id(actor), district, moment
        row.save(update_fields=["confirmed_by", "confirmed_district", "confirmed_at"])
        _log("giro.confirmed", row, actor, district)
        return row


def reject_giro(*, actor: Actor, account: GiroAccount, district: District) -> GiroAccount:
    """Ends a waiting number that does not agree with the proof. The one in use stays. Raises as `confirm_giro`."""
    with transaction.atomic():
        row = _waiting(actor, account, district)
        row.ended_at = clock.now()
        row.save(update_fields=["ended_at"])
        _log("giro.rejected", row, actor, district)
        return row


def _waiting(actor: Actor, account: GiroAccount, district: District) -> GiroAccount:
    must_have(actor, Permission.CONFIRM_GIRO, district.pk)
    lock_association(account.association)
    row = GiroAccount.objects.select_related("association").get(pk=account.pk)
    if not row.visible_in({district.pk}):
        raise NotFound(_("There is no such page, or it belongs to another district."))
    if row.state != GiroState.WAITING:
        raise NotNow(_("The number no longer waits for confirmation: it was confirmed, replaced or rejected."))
    return row


def _wrong(text: str) -> Invalid:
    return Invalid(_("The number was not registered."), fields={"number": [text]}, code="giro")


def _log(verb: str, account: GiroAccount, actor: Actor, district: District) -> None:
    record(
        actor=actor,
        verb=verb,
        district=district.code,
        subject=account.association.subject,
        data={"giro": str(account.key), "kind": account.kind},
        payload={"digits": account.digits},
    )
