"""Giving a person a role in a district for a time."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from vetting.accounts.actors import Actor
from vetting.accounts.models import District, Membership, Scope, Unit, User
from vetting.accounts.roles import Role
from vetting.audit.services import record
from vetting.kernel import clock
from vetting.kernel.errors import Invalid


def add_membership(
    *,
    actor: Actor,
    user: User,
    district: District,
    role: Role,
    unit: Unit | None = None,
    valid_from: date | None = None,
    valid_to: date | None = None,
    scope: Scope = Scope.ALL,
) -> Membership:
    """Gives `role` from `valid_from` (default today) to `valid_to` inclusive, both Stockholm dates.

    Raises Invalid when the dates are turned, or the person already holds the role in the district on the first day.
    """
    first = valid_from or clock.today()
    if valid_to and valid_to < first:
        raise Invalid(_("The role was not given."), fields={"valid_to": [_("The last day is before the first day.")]})
    if Membership.objects.valid_on(first).filter(user=user, district=district, role=role).exists():
        text = _("%(user)s already holds this role in %(district)s.")
        raise Invalid(
            _("The role was not given."),
            fields={"role": [text % {"user": user.username, "district": district.code}]},
        )
    with transaction.atomic():
        row = Membership.objects.create(
            user=user,
            district=district,
            unit=unit,
            role=role,
            scope=scope,
            valid_from=first,
            valid_to=valid_to,
        )
        record(
            actor=actor,
            verb="membership.added",
            district=district.code,
            subject=user.reference,
            data={"role": role.value, "role_name": role.value, "from": first, "to": valid_to, "scope": scope.value},
        )
    return row
