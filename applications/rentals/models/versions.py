"""Terms and tariff as versioned data: draft, published by a second person, frozen (design §2.6; docs/adr/0010)."""

import uuid
from typing import Any, ClassVar

from django.db import models

from applications.rentals.models.venues import Venue
from vetting.accounts.models import District
from vetting.accounts.scoping import ScopedQuerySet
from vetting.kernel.versions import VersionedRule, VersionQuerySet


class TermsQuerySet(VersionQuerySet, ScopedQuerySet["TermsVersion"]):  # type: ignore[override]
    district_field = "venue__district_id"


class TermsVersion(VersionedRule):
    """A venue's published terms; `rentals.terms.venue_terms` reads the content. `code` is always `terms`."""

    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    venue = models.ForeignKey(Venue, on_delete=models.PROTECT, related_name="terms")

    objects: ClassVar[TermsQuerySet] = TermsQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints: ClassVar[list[Any]] = [
            *VersionedRule.Meta.constraints,
            models.UniqueConstraint(fields=["venue", "number"], name="rentals_termsversion_number"),
        ]


class TariffQuerySet(VersionQuerySet, ScopedQuerySet["TariffVersion"]):  # type: ignore[override]
    pass


class TariffVersion(VersionedRule):
    """The district's tariff; `rentals.terms.tariff` reads the content. `code` is always `tariff`."""

    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    district = models.ForeignKey(District, on_delete=models.PROTECT, related_name="+")

    objects: ClassVar[TariffQuerySet] = TariffQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints: ClassVar[list[Any]] = [
            *VersionedRule.Meta.constraints,
            models.UniqueConstraint(fields=["district", "number"], name="rentals_tariffversion_number"),
        ]
