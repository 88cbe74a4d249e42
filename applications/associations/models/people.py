"""Who holds which role in an association, and when: district data, limited to roles (docs/domain.md §6.2 F10)."""

import uuid
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from applications.associations.choices import RepresentativeRole
from applications.associations.models.association import Association
from vetting.accounts.scoping import ScopedQuerySet
from vetting.kernel.fields import MomentField


class RepresentativeQuerySet(ScopedQuerySet["Representative"]):
    pass


class Representative(models.Model):
    """A person in a role for a time. No identity number, no views, no search by name: there is no index on names and
    no selector that takes one. `protected`: the name stays out of lists, letters to others and exports.
    """

    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    association = models.ForeignKey(Association, on_delete=models.PROTECT, related_name="representatives")
    district = models.ForeignKey("accounts.District", on_delete=models.PROTECT, related_name="+")
    role = models.CharField(_("Role"), max_length=12, choices=RepresentativeRole.choices)
    post = models.CharField(_("Post"), max_length=60, blank=True)  # as the minutes say: chair, treasurer, deputy
    name = models.CharField(_("Name"), max_length=120)
    protected = models.BooleanField(_("Protected personal data"), default=False)
    valid_from = models.DateField(_("From"))
    valid_to = models.DateField(_("To"), null=True, blank=True)
    registered_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    registered_at = MomentField()

    objects: Any = RepresentativeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="associations_person_role", condition=Q(role__in=RepresentativeRole.values)),
            models.CheckConstraint(
                name="associations_person_dates", condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from"))
            ),
            models.UniqueConstraint(
                fields=["district", "association", "role", "name"],
                condition=Q(valid_to__isnull=True),
                name="associations_person_once",
            ),
        ]
        indexes = [models.Index(fields=["association", "district", "-valid_from"], name="associations_person_of")]

    def __str__(self) -> str:
        return f"{self.role} {self.key}"  # no name: this text comes into logs
