"""What one district knows of an association: counts, contact, activity."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from applications.associations.models import Association, DistrictAssociation, RegisterChange
from applications.associations.services.register_association import lock_association, written
from vetting.accounts.actors import Actor
from vetting.accounts.models import District
from vetting.accounts.pages import must_have
from vetting.accounts.roles import Permission
from vetting.audit.services import record
from vetting.kernel import clock
from vetting.kernel.errors import Invalid, Stale

COUNTS = ("members", "members_in_area", "women", "counted_on")
KEPT_IN_HISTORY = (*COUNTS, "main_activity", "protected_activity")
OWN_FIELDS = (*KEPT_IN_HISTORY, "website", "email", "phone", "postal_address")


def save_own_data(
    *, actor: Actor, association: Association, district: District, expected_version: int, values: Mapping[str, Any]
) -> DistrictAssociation:
    """Saves the district's data; makes the record when the district did not know the association (version 0).

    Counts and activity are kept in the history, contact is not. Raises Stale, Invalid when a part is larger than the
    whole, NotAllowed.
    """
    must_have(actor, Permission.EDIT_ASSOCIATIONS, district.pk)
    _consistent(values)
    with transaction.atomic():
        lock_association(association)
        row = DistrictAssociation.objects.filter(association=association, district=district).first()
        version = row.version if row else 0
        if version != expected_version:
            text = _("Somebody else saved these data meanwhile.")
            raise Stale(text, seen=expected_version, current=version)
        row = row or DistrictAssociation(association=association, district=district, version=0)
        changed = [name for name in OWN_FIELDS if name in values and getattr(row, name) != values[name]]
        if not changed and version:
            return row
        _remember(row, changed, values, actor)
        for name in changed:
            setattr(row, name, values[name])
        row.version, row.updated_at = row.version + 1, clock.now()
        row.save()
        record(
            actor=actor,
            verb="association.own_updated",
            district=district.code,
            subject=association.subject,
            data={"fields": changed},
        )
        return row


def _consistent(values: Mapping[str, Any]) -> None:
    wrong = {}
    for part, text in (
        ("women", _("There cannot be more women than members. Check both numbers.")),
        ("members_in_area", _("There cannot be more members in the area than members. Check both numbers.")),
    ):
        if None not in (values.get("members"), values.get(part)) and values[part] > values["members"]:
            wrong[part] = [text]
    if wrong:
        raise Invalid(_("The data were not saved."), fields=wrong)


def _remember(row: DistrictAssociation, changed: list[str], values: Mapping[str, Any], actor: Actor) -> None:
    if not row.version:
        return
    RegisterChange.objects.bulk_create(
        RegisterChange(
            association_id=row.association_id,
            district_id=row.district_id,
            field=name,
            before=written(getattr(row, name)),
            after=written(values[name]),
            by=actor.reference,
            at=clock.now(),
        )
        for name in changed
        if name in KEPT_IN_HISTORY
    )
