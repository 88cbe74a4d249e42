"""Draft a new version of a checklist; a second person publishes it (`publish_version`)."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from checklists.models import ChecklistVersion
from checklists.rules.node import DefinitionError
from checklists.rules.reading import read_definition
from vetting.accounts.actors import Actor
from vetting.accounts.pages import must_have
from vetting.accounts.roles import Permission
from vetting.audit.services import record
from vetting.kernel.errors import Invalid


def draft_version(*, content: Mapping[str, Any], actor: Actor, is_example: bool = False) -> ChecklistVersion:
    """Stores the questions as a draft under the next number of their template.

    Raises Invalid, with the place and the reason, when the content contradicts itself (`rules.reading`).
    """
    if not actor.is_system:
        must_have(actor, Permission.EDIT_PROGRAMMES)
    try:
        definition = read_definition(content)
    except DefinitionError as error:
        raise Invalid(
            _("This is no checklist: %(where)s %(what)s.") % {"where": error.where, "what": error.what},
            code="definition",
            where=error.where,
        ) from error
    with transaction.atomic():
        rows = ChecklistVersion.objects.filter(code=definition.template)
        list(rows.select_for_update().values_list("pk"))  # one number at a time; the constraint is the backstop
        number = (rows.aggregate(last=Max("number"))["last"] or 0) + 1
        version = ChecklistVersion.objects.create(
            code=definition.template,
            number=number,
            content=dict(content),
            is_example=is_example,
            drafted_by=actor.reference,
        )
        record(
            actor=actor,
            verb="checklist.drafted",
            subject=f"checklist:{version.pk}",
            data={"template": version.code, "number": version.number},
        )
    return version
