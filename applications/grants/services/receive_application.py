"""Receiving and registering: the two first moves, in one submit where the officer is known."""

import uuid

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from applications.cases import executor
from applications.grants.models import GrantApplication
from vetting.accounts.actors import Actor
from vetting.accounts.models import Membership, User
from vetting.accounts.roles import Role
from vetting.kernel import clock
from vetting.kernel.errors import Invalid


def receive_application(
    *, actor: Actor, application: GrantApplication, officer: User | None, expected_version: int, key: uuid.UUID
) -> None:
    """Receives a draft (it gets its diary number) and, when `officer` is given, registers and assigns it.

    All in one transaction: a failed second move takes the first back. A second submit with `key` changes nothing.
    """
    with transaction.atomic():
        executor.perform(subject=application, action="submit", actor=actor, expected_version=expected_version, key=key)
        if officer is not None:
            register_case(actor=actor, application=application, officer=officer, key=key)


def register_case(
    *,
    actor: Actor,
    application: GrantApplication,
    officer: User,
    expected_version: int | None = None,
    key: uuid.UUID | None = None,
) -> None:
    """Registers a received case and gives it to `officer`, who must be a grant officer of the district today."""
    if not officers(application.district_id).filter(pk=officer.pk).exists():
        raise Invalid(
            _("Choose a grant officer of the district."),
            fields={"officer": [_("Choose a grant officer of the district.")]},
        )
    with transaction.atomic():
        executor.perform(
            subject=application,
            action="register",
            actor=actor,
            data={"officer_id": officer.pk},
            expected_version=expected_version,
            key=key,
        )
        GrantApplication.objects.filter(pk=application.pk).update(officer=officer)


def officers(district_id: int) -> QuerySet[User]:
    """The active grant officers of a district today, by name."""
    held = Membership.objects.valid_on(clock.today()).filter(district_id=district_id, role=Role.GRANT_OFFICER)
    return User.objects.filter(is_active=True, pk__in=held.values("user_id")).order_by("name", "id")
