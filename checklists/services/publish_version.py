"""Publish a drafted checklist from a day on; the one before ends the day before. Old reviews keep their version."""

from datetime import date, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from checklists.models import ChecklistVersion
from checklists.rules.reading import read_definition
from vetting.accounts.actors import Actor
from vetting.accounts.pages import must_have
from vetting.accounts.roles import Permission
from vetting.audit.services import record
from vetting.kernel import clock, text
from vetting.kernel.errors import NotNow
from vetting.kernel.versions import publish


def publish_version(*, version: ChecklistVersion, actor: Actor, valid_from: date) -> ChecklistVersion:
    """Publishes the draft as a second person. Raises NotNow when that cannot be, NotAllowed with who may."""
    if not actor.is_system:
        must_have(actor, Permission.PUBLISH_RULES)
    with transaction.atomic():
        fresh: ChecklistVersion = ChecklistVersion.objects.select_for_update().get(pk=version.pk)
        read_definition(fresh.content)
        _end_former(fresh, valid_from)
        publish(fresh, by=actor.reference, valid_from=valid_from, at=clock.now())
        record(
            actor=actor,
            verb="checklist.published",
            subject=f"checklist:{fresh.pk}",
            data={
                "template": fresh.code,
                "number": fresh.number,
                "valid_from": valid_from,
                "digest": fresh.digest,
                "is_example": fresh.is_example,
            },
        )
    return fresh


def _end_former(version: ChecklistVersion, valid_from: date) -> None:
    """The open-ended version ends the day before; a new one cannot begin before the newest that is published."""
    others = ChecklistVersion.objects.published().filter(code=version.code)
    newest = others.order_by("-valid_from").values_list("valid_from", flat=True).first()
    if newest and newest >= valid_from:
        day = text.day(newest)
        raise NotNow(
            _("A version from %(day)s is published already. Choose a later day.") % {"day": day}, code="too_early"
        )
    others.filter(valid_to__isnull=True).update(valid_to=valid_from - timedelta(days=1))
