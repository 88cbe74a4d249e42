"""Where the register's values came from: imports, and every change of a shared value or a count."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from applications.associations.models.association import Association
from vetting.kernel.fields import MomentField


class ImportRun(models.Model):
    """One finished import: which file, by whom, for which district, and what became of its records."""

    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    file_name = models.CharField(_("File"), max_length=200)
    sha256 = models.CharField(max_length=64)
    district = models.ForeignKey("accounts.District", on_delete=models.PROTECT, null=True, related_name="+")
    by = models.CharField(max_length=80)  # audit reference
    counts = models.JSONField()  # outcome or code → number of records
    at = MomentField()

    def __str__(self) -> str:
        return f"{self.file_name} {self.at:%Y-%m-%d}"


class RegisterChange(models.Model):
    """A value that was replaced by another: append-only. Names of people, contact and giro numbers never stand here."""

    association = models.ForeignKey(Association, on_delete=models.PROTECT, related_name="changes")
    district = models.ForeignKey(
        "accounts.District", on_delete=models.PROTECT, null=True, related_name="+"
    )  # null: shared
    field = models.CharField(max_length=24)
    before = models.CharField(max_length=300, blank=True)
    after = models.CharField(max_length=300, blank=True)
    by = models.CharField(max_length=80)  # audit reference
    run = models.ForeignKey(ImportRun, on_delete=models.PROTECT, null=True, related_name="changes")
    at = MomentField()

    class Meta:
        indexes = [models.Index(fields=["association", "-id"], name="associations_change_of")]

    def __str__(self) -> str:
        return f"{self.field} of {self.association_id}"
