"""Who holds a role in an association, from when to when (docs/domain.md §6.2 F10)."""

import uuid
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from applications.associations.choices import RepresentativeRole
from applications.associations.models import Association, Representative
from applications.associations.services.register_association import person_id
from vetting.accounts.actors import Actor
from vetting.accounts.models import District
from vetting.accounts.pages import must_have
from vetting.accounts.roles import Permission
from vetting.audit.services import record
from vetting.jobs.idempotency import once
from vetting.kernel.errors import Invalid, NotNow


def name_representative(
    *,
    actor: Actor,
    association: Association,
    district: District,
    role: RepresentativeRole,
    name: str,
    valid_from: date,
    post: str = "",
    valid_to: date | None = None,
    protected: bool = False,
    key: uuid.UUID | None = None,
) -> Representative:
    """Names a person in a role, from `valid_from` to `valid_to` inclusive (Stockholm dates; open without the latter).

    The log gets the role, never the name. Raises Invalid for turned dates or a role the person holds already.
    """
    must_have(actor, Permission.EDIT_ASSOCIATIONS, district.pk)
    if valid_to and valid_to < valid_from:
        raise _wrong("valid_to", _("The last day is before the first day."))

    def do() -> dict[str, Any]:
        row = _add(
            association=association,
            district=district,
            role=role,
            post=post,
            name=name,
            protected=protected,
            valid_from=valid_from,
            valid_to=valid_to,
            registered_by_id=person_id(actor),
        )
        data = {"representative": str(row.key), "role": role, "from": valid_from, "to": valid_to}
        record(actor=actor, verb="representative.added", district=district.code, subject=association.subject, data=data)
        return {"id": row.pk}

    answer = once(
        actor=actor.reference, key=key or uuid.uuid4(), purpose=f"name_representative:{association.pk}", do=do
    )
    return Representative.objects.get(pk=answer["id"])


def _add(**values: Any) -> Representative:
    try:
        with transaction.atomic():
            return Representative.objects.create(**values)
    except IntegrityError:
        raise _wrong("name", _("The person already has this role. End the former period first.")) from None


def end_representative(*, actor: Actor, representative: Representative, valid_to: date) -> Representative:
    """Ends a role on its last day `valid_to`. Raises Invalid before the first day, NotNow when it has an end."""
    must_have(actor, Permission.EDIT_ASSOCIATIONS, representative.district_id)
    with transaction.atomic():
        row = Representative.objects.select_for_update(no_key=True, of=("self",)).get(pk=representative.pk)
        if row.valid_to is not None:
            raise NotNow(_("The role already has a last day."))
        if valid_to < row.valid_from:
            raise _wrong("valid_to", _("The last day is before the first day."))
        row.valid_to = valid_to
        row.save(update_fields=["valid_to"])
        record(
            actor=actor,
            verb="representative.ended",
            district=row.district.code,
            subject=row.association.subject,
            data={"representative": str(row.key), "role": row.role, "to": valid_to},
        )
        return row


def _wrong(field: str, text: str) -> Invalid:
    return Invalid(_("The role was not saved."), fields={field: [text]})
