"""Terms and tariff as versions: drafted, published by a second person, the version before it ended (design §2.6)."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from applications.rentals.models import TariffVersion, TermsVersion, Venue
from applications.rentals.terms.tariff import read_tariff
from applications.rentals.terms.venue_terms import read_terms
from vetting.accounts.actors import Actor
from vetting.accounts.models import District
from vetting.accounts.pages import must_have
from vetting.accounts.roles import Permission
from vetting.audit.services import record
from vetting.kernel import clock
from vetting.kernel.errors import Invalid, NotNow
from vetting.kernel.versions import VersionStatus, publish

Version = TermsVersion | TariffVersion


def draft_terms(*, venue: Venue, content: Mapping[str, Any], actor: Actor, is_example: bool = False) -> TermsVersion:
    """A new draft of a venue's terms, beside those that are there. Raises Invalid naming what is wrong."""
    _readable(read_terms, content)
    owner = {"venue": venue}
    found: TermsVersion = _draft(TermsVersion, "terms", owner, venue.district, content, actor, is_example)
    return found


def draft_tariff(
    *, district: District, content: Mapping[str, Any], actor: Actor, is_example: bool = False
) -> TariffVersion:
    """A new draft of the district's tariff. Raises Invalid naming what cannot be read."""
    _readable(read_tariff, content)
    owner = {"district": district}
    found: TariffVersion = _draft(TariffVersion, "tariff", owner, district, content, actor, is_example)
    return found


def publish_version(*, version: Version, actor: Actor, valid_from: date) -> None:
    """Publishes a draft from a day and ends the one before it the day earlier. A second person does it."""
    district = district_of(version)
    if not actor.is_system:
        must_have(actor, Permission.PUBLISH_RULES, district.pk)
    with transaction.atomic():
        District.objects.select_for_update(no_key=True).get(pk=district.pk)
        version.refresh_from_db()
        if version.is_published:
            text = _("This version is already published. Make a new draft to change the rule.")
            raise NotNow(text, code="published")
        for old in _siblings(version).filter(status=VersionStatus.PUBLISHED, valid_to__isnull=True):
            if old.valid_from >= valid_from:
                text = _("A version is in force from that day or later already. Choose a later day.")
                raise NotNow(text, code="overlap")
            old.valid_to = valid_from - timedelta(days=1)
            old.save(update_fields=["valid_to"])
        publish(version, by=actor.reference, valid_from=valid_from, at=clock.now())
        _log("rental_rule.published", version, actor)


def district_of(version: Version) -> District:
    return version.venue.district if isinstance(version, TermsVersion) else version.district


def _readable(read: Any, content: Mapping[str, Any]) -> None:
    try:
        read(content)
    except ValueError as error:
        message = _("This cannot be read: %(what)s.") % {"what": error}
        raise Invalid(message, fields={"content": [message]}, code="content") from error


def _siblings(version: Version) -> Any:
    owner = {"venue": version.venue} if isinstance(version, TermsVersion) else {"district": version.district}
    return type(version)._default_manager.filter(**owner).exclude(pk=version.pk)


def _draft(
    model: Any,
    code: str,
    owner: Mapping[str, Any],
    district: District,
    content: Mapping[str, Any],
    actor: Actor,
    is_example: bool,
) -> Any:
    if not actor.is_system:
        must_have(actor, Permission.EDIT_VENUES, district.pk)
    with transaction.atomic():
        District.objects.select_for_update(no_key=True).get(pk=district.pk)
        newest = model.objects.filter(**owner).order_by("-number").first()
        version = model.objects.create(
            code=code,
            number=newest.number + 1 if newest else 1,
            content=dict(content),
            drafted_by=actor.reference,
            is_example=is_example,
            **owner,
        )
        _log("rental_rule.drafted", version, actor)
    return version


def _log(verb: str, version: Version, actor: Actor) -> None:
    record(
        actor=actor,
        verb=verb,
        district=district_of(version).code,
        subject=f"{version._meta.model_name}:{version.pk}",
        data={"code": version.code, "number": version.number, "digest": version.digest},
    )
