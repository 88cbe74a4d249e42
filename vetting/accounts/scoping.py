"""Reads start from the person: another district's object does not exist for whoever has no role there (ADR 0003)."""

from typing import Any, Self, TypeVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from vetting.accounts.actors import Actor
from vetting.accounts.roles import Permission
from vetting.kernel.errors import NotFound

M = TypeVar("M", bound=models.Model)


class ScopedQuerySet(models.QuerySet[M]):
    """A queryset of a table with a `district`; `district_field` names the path when it stands on a parent."""

    district_field = "district_id"

    def for_user(self, actor: Actor, permission: Permission) -> Self:
        """The rows of the districts in which the actor has `permission`; none without it."""
        return self.filter(**{f"{self.district_field}__in": sorted(actor.districts_with(permission))})

    def for_user_or_404(self, actor: Actor, permission: Permission, **lookup: Any) -> M:
        """One row, or NotFound: the same answer for a missing row and another district's."""
        row = self.for_user(actor, permission).filter(**lookup).first()
        if row is None:
            raise NotFound(_("There is no such page, or it belongs to another district."))
        return row
