"""Registering an association by hand, and changing or confirming what districts share about it."""

import uuid
from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from applications.associations.models import Association, DistrictAssociation, RegisterChange
from vetting.accounts.actors import Actor
from vetting.accounts.models import District
from vetting.accounts.pages import must_have
from vetting.accounts.roles import Permission
from vetting.audit.services import record
from vetting.jobs.idempotency import once
from vetting.kernel import clock, orgnr
from vetting.kernel.errors import Invalid, Stale

SHARED_FIELDS = ("name", "legal_form", "registered_date", "status", "status_date", "seat", "area")


def register_association(
    *, actor: Actor, district: District, number: str, values: Mapping[str, Any], key: uuid.UUID | None = None
) -> Association:
    """Adds an association with the columns districts share, and opens the district's own record of it.

    `number` is what somebody wrote as organisation number. Raises Invalid when it is refused (docs/domain.md §1.5) or
    already registered, NotAllowed; a second submit with the same `key` gives the same association.
    """
    must_have(actor, Permission.EDIT_ASSOCIATIONS, district.pk)
    found = orgnr.check(number, legal_form_known=bool(values.get("legal_form")))
    if found.refusal:
        raise _wrong_number(str(orgnr.REFUSAL_TEXTS[found.refusal]))

    def do() -> dict[str, Any]:
        association = _add(found.number, values)
        DistrictAssociation.objects.create(association=association, district=district)
        record(
            actor=actor,
            verb="association.registered",
            district=district.code,
            subject=association.subject,
            data={"orgnr": association.orgnr, "unusual_series": found.unusual_series},
        )
        return {"id": association.pk}

    answer = once(actor=actor.reference, key=key or uuid.uuid4(), purpose="register_association", do=do)
    return Association.objects.get(pk=answer["id"])


def _add(number: str, values: Mapping[str, Any]) -> Association:
    try:
        with transaction.atomic():
            return Association.objects.create(orgnr=number, **{name: values[name] for name in SHARED_FIELDS})
    except IntegrityError:
        known = Association.objects.filter(orgnr=number).first()
        if known is None:
            raise
        text = _("%(name)s is already registered with this number. Search for it in the list.") % {"name": known.name}
        raise _wrong_number(text) from None


def _wrong_number(text: str) -> Invalid:
    return Invalid(_("The association was not registered."), fields={"orgnr": [text]}, code="orgnr")


def update_association(
    *, actor: Actor, association: Association, expected_version: int, values: Mapping[str, Any]
) -> Association:
    """Changes what districts share. Each changed value is kept in the history; a confirmation falls away.

    Raises Stale when somebody saved since `expected_version`, NotAllowed. Saving the same values changes nothing.
    """
    must_have(actor, Permission.EDIT_ASSOCIATIONS)
    with transaction.atomic():
        row = lock_association(association, expected_version)
        changed = [name for name in SHARED_FIELDS if name in values and getattr(row, name) != values[name]]
        if not changed:
            return row
        moment = clock.now()
        RegisterChange.objects.bulk_create(
            RegisterChange(
                association=row,
                field=name,
                before=written(getattr(row, name)),
                after=written(values[name]),
                by=actor.reference,
                at=moment,
            )
            for name in changed
        )
        for name in changed:
            setattr(row, name, values[name])
        row.confirmed_by = row.confirmed_at = row.confirmed_district = None
        row.confirmed_against = ""
        row.version, row.updated_at = row.version + 1, moment
        row.save()
        record(actor=actor, verb="association.updated", subject=row.subject, data={"fields": changed}, at=moment)
        return row


def confirm_association(
    *, actor: Actor, association: Association, district: District, expected_version: int, against: str
) -> Association:
    """Notes that the actor compared the register data with a source (`ConfirmedAgainst`) today, for the district.

    Raises Stale when the data changed since the person read them, NotAllowed.
    """
    must_have(actor, Permission.EDIT_ASSOCIATIONS, district.pk)
    with transaction.atomic():
        row = lock_association(association, expected_version)
        row.confirmed_by_id, row.confirmed_district = person_id(actor), district
        row.confirmed_at, row.confirmed_against = clock.now(), against
        row.version += 1
        row.save()
        record(
            actor=actor,
            verb="association.confirmed",
            district=district.code,
            subject=row.subject,
            data={"against": against},
        )
        return row


def lock_association(association: Association, expected_version: int | None = None) -> Association:
    """The row as it stands now, locked until the transaction ends: the lock of all that belongs to it."""
    row = Association.objects.select_for_update(no_key=True).get(pk=association.pk)
    if expected_version is not None and row.version != expected_version:
        raise Stale(_("Somebody else saved the association meanwhile."), seen=expected_version, current=row.version)
    return row


def person_id(actor: Actor) -> int:
    """The id of the person who acts. Permissions are held by people only, so this comes after `must_have`."""
    if actor.user_id is None:
        raise RuntimeError(f"{actor.reference} is no person")
    return actor.user_id


def written(value: Any) -> str:
    """A value as the history keeps it."""
    return "" if value is None else str(value)
