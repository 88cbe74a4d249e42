"""The papers of an association, asked for once and checked by somebody (docs/domain.md §1.5)."""

import uuid
from datetime import date
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from applications.associations.choices import CheckResult, DocumentKind
from applications.associations.models.association import Association
from vetting.accounts.scoping import ScopedQuerySet
from vetting.kernel.fields import MomentField


class DocumentQuerySet(ScopedQuerySet["AssociationDocument"]):
    pass


class AssociationDocument(models.Model):
    """One paper: what it is, its own date, whether it is signed, and who checked it with which result.

    How old it may be is the programme's rule, so only the date stands here. Of an identity check no copy is kept:
    who checked and when is the whole record.
    """

    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    association = models.ForeignKey(Association, on_delete=models.PROTECT, related_name="documents")
    district = models.ForeignKey("accounts.District", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(_("Kind"), max_length=20, choices=DocumentKind.choices)
    dated_on = models.DateField(_("Date of the document"))
    signed = models.BooleanField(_("Signed"), null=True, blank=True)
    file = models.ForeignKey("files.StoredFile", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    registered_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    registered_at = MomentField()
    result = models.CharField(_("Result of the check"), max_length=16, choices=CheckResult.choices, blank=True)
    note = models.CharField(_("Note"), max_length=500, blank=True)
    checked_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")
    checked_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    objects: Any = DocumentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="associations_paper_kind", condition=Q(kind__in=DocumentKind.values)),
            models.CheckConstraint(
                name="associations_no_copy_of_identity", condition=~Q(kind="identity_check") | Q(file__isnull=True)
            ),
            models.CheckConstraint(
                name="associations_paper_checked_whole",
                condition=Q(result="", checked_by__isnull=True, checked_at__isnull=True)
                | (Q(result__in=CheckResult.values) & Q(checked_by__isnull=False, checked_at__isnull=False)),
            ),
        ]
        indexes = [models.Index(fields=["association", "district", "kind", "-dated_on"], name="associations_paper_of")]

    def __str__(self) -> str:
        return f"{self.kind} {self.dated_on}"

    @property
    def is_checked(self) -> bool:
        return self.checked_at is not None

    def age_in_days(self, today: date) -> int:
        """Days from the document's own date to `today` (Europe/Stockholm)."""
        return (today - self.dated_on).days
