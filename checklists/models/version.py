"""Published checklists: data with versions, one mechanism for all rules (`vetting.kernel.versions`)."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from vetting.kernel.versions import VersionedRule


class ChecklistVersion(VersionedRule):
    """A version of one checklist; `code` is the template (association, application, event), `content` the questions.

    A review keeps the version it was made with for ever. At most one published version per template is open-ended.
    """

    class Meta(VersionedRule.Meta):
        constraints: ClassVar[list[Any]] = [
            *VersionedRule.Meta.constraints,
            models.UniqueConstraint(fields=["code", "number"], name="checklists_version_number"),
            models.UniqueConstraint(
                fields=["code"],
                condition=Q(status="published", valid_to__isnull=True),
                name="checklists_version_one_open_ended",
            ),
            models.UniqueConstraint(
                fields=["code", "valid_from"], condition=Q(status="published"), name="checklists_version_one_a_day"
            ),
        ]
