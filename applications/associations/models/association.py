"""Who applies: one record per organisation number for the installation, and what each district knows beside it."""

import uuid
from typing import Any

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from applications.associations.choices import ConfirmedAgainst, LegalForm, MainActivity, RegisterStatus
from vetting.accounts.scoping import ScopedQuerySet
from vetting.kernel import orgnr
from vetting.kernel.fields import MomentField
from vetting.kernel.search import folded_text
from vetting.kernel.sorting import swedish_order

_CONFIRMED = ("confirmed_by", "confirmed_at", "confirmed_district")


class Association(models.Model):
    """Any organisation with an orgnr. Only what districts share stands here (docs/domain.md §4.4).

    `version` counts saves; a form made from an older one is not saved. `confirmed_*` says who last compared the
    record with a source; a change takes it away.
    """

    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    orgnr = models.CharField(_("Organisation number"), max_length=10, unique=True)  # ten digits, no hyphen
    name = models.CharField(_("Name"), max_length=300)
    legal_form = models.CharField(_("Legal form"), max_length=16, choices=LegalForm.choices, blank=True)
    registered_date = models.DateField(_("Registered"), null=True, blank=True)
    status = models.CharField(
        _("Status in the public register"), max_length=12, choices=RegisterStatus.choices, blank=True
    )
    status_date = models.DateField(_("Status since"), null=True, blank=True)
    seat = models.CharField(_("Seat"), max_length=100, blank=True)
    area = models.CharField(_("Area"), max_length=100, blank=True)  # text; never matched to a district
    confirmed_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True)
    confirmed_district = models.ForeignKey("accounts.District", on_delete=models.PROTECT, null=True, related_name="+")
    confirmed_against = models.CharField(max_length=16, choices=ConfirmedAgainst.choices, blank=True)
    version = models.PositiveIntegerField(default=1)
    created_at = MomentField()
    updated_at = MomentField()

    class Meta:
        constraints = [
            # The third digit 0 or 1 would be a person's number (docs/domain.md §1.5).
            models.CheckConstraint(name="associations_orgnr", condition=Q(orgnr__regex=r"^[0-9]{2}[2-9][0-9]{7}$")),
            models.CheckConstraint(name="associations_name", condition=Q(name__regex=r"\S")),
            models.CheckConstraint(name="associations_form", condition=Q(legal_form__in=["", *LegalForm.values])),
            models.CheckConstraint(name="associations_status", condition=Q(status__in=["", *RegisterStatus.values])),
            models.CheckConstraint(
                name="associations_confirmed_whole",
                condition=Q(**{f"{field}__isnull": True for field in _CONFIRMED}, confirmed_against="")
                | (Q(**{f"{field}__isnull": False for field in _CONFIRMED}) & ~Q(confirmed_against="")),
            ),
        ]
        indexes = [
            models.Index(swedish_order("name"), "id", name="associations_name_order"),
            GinIndex(OpClass(folded_text("name"), name="gin_trgm_ops"), name="associations_name_trgm"),
            models.Index("area", swedish_order("name"), "id", name="associations_area_order"),
            GinIndex(OpClass("orgnr", name="gin_trgm_ops"), name="associations_orgnr_trgm"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def orgnr_shown(self) -> str:
        return orgnr.formatted(self.orgnr)

    @property
    def subject(self) -> str:
        """How the log and reviews name the association."""
        return f"association:{self.key}"


class DistrictAssociationQuerySet(ScopedQuerySet["DistrictAssociation"]):
    pass


class DistrictAssociation(models.Model):
    """What one district knows of an association: counts, contact, activity. Another district never sees it."""

    association = models.ForeignKey(Association, on_delete=models.PROTECT, related_name="in_districts")
    district = models.ForeignKey("accounts.District", on_delete=models.PROTECT, related_name="+")
    members = models.PositiveIntegerField(_("Members"), null=True, blank=True)
    members_in_area = models.PositiveIntegerField(_("Members in the area"), null=True, blank=True)
    women = models.PositiveIntegerField(_("Women"), null=True, blank=True)
    counted_on = models.DateField(_("Counts as of"), null=True, blank=True)
    website = models.CharField(_("Website"), max_length=200, blank=True)
    email = models.EmailField(_("E-mail"), blank=True)
    phone = models.CharField(_("Telephone"), max_length=40, blank=True)
    postal_address = models.CharField(_("Postal address"), max_length=200, blank=True)
    main_activity = models.CharField(_("Main activity"), max_length=12, choices=MainActivity.choices, blank=True)
    # Address, venue and times are then never published (docs/domain.md §4.4).
    protected_activity = models.BooleanField(_("Protected activity"), default=False)
    version = models.PositiveIntegerField(default=1)
    created_at = MomentField()
    updated_at = MomentField()

    objects: Any = DistrictAssociationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["district", "association"], name="associations_once_per_district"),
            models.CheckConstraint(
                name="associations_women",
                condition=Q(women__isnull=True) | Q(members__isnull=True) | Q(women__lte=F("members")),
            ),
            models.CheckConstraint(
                name="associations_in_area",
                condition=Q(members_in_area__isnull=True)
                | Q(members__isnull=True)
                | Q(members_in_area__lte=F("members")),
            ),
            models.CheckConstraint(
                name="associations_activity", condition=Q(main_activity__in=["", *MainActivity.values])
            ),
        ]

    def __str__(self) -> str:
        return f"{self.association_id} in {self.district_id}"

    @property
    def website_url(self) -> str:
        """The address as a link: https where the association wrote none."""
        written = self.website
        return written if not written or written.lower().startswith(("http://", "https://")) else f"https://{written}"
