"""The delegation table and the letters as rules with versions (docs/adr/0008, 0011)."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from vetting.accounts.models import District
from vetting.kernel.versions import VersionedRule


class DelegationVersion(VersionedRule):
    """A board's delegation table. `content["rows"]` are read by `rules.delegation.entries`."""

    district = models.ForeignKey(District, on_delete=models.PROTECT, related_name="+")

    class Meta(VersionedRule.Meta):
        constraints: ClassVar[list[Any]] = [
            *VersionedRule.Meta.constraints,
            models.UniqueConstraint(fields=["district", "code", "number"], name="decisions_delegation_number"),
        ]


class LetterTemplateVersion(VersionedRule):
    """The fixed texts of a kind of letter in Swedish and English. Locked until a lawyer has signed the version."""

    district = models.ForeignKey(District, on_delete=models.PROTECT, related_name="+")
    signed_by = models.CharField(max_length=80, blank=True)  # audit reference of the lawyer
    signed_at = models.DateTimeField(null=True, blank=True)

    class Meta(VersionedRule.Meta):
        constraints: ClassVar[list[Any]] = [
            *VersionedRule.Meta.constraints,
            models.UniqueConstraint(fields=["district", "code", "number"], name="decisions_letter_number"),
            models.CheckConstraint(
                name="decisions_letter_signed_first",
                condition=Q(status="draft") | Q(is_example=True) | (~Q(signed_by="") & Q(signed_at__isnull=False)),
            ),
        ]
