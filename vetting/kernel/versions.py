"""Rules are data with versions: draft → published by a second person → valid from–to, frozen (docs/adr/0008).

One mechanism for programmes, checklists, delegation, letters and whatever rule comes later. An old case opens
under the rules it was handled by, because it points at the version itself.
"""

import hashlib
import json
from datetime import date
from typing import Any, Self

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from vetting.kernel.errors import NotNow


class VersionStatus(models.TextChoices):
    DRAFT = "draft", _("Draft")
    PUBLISHED = "published", _("Published")


class VersionQuerySet(models.QuerySet[Any]):
    def published(self) -> Self:
        return self.filter(status=VersionStatus.PUBLISHED)

    def valid_on(self, day: date) -> Self:
        """The published versions in force on `day`."""
        return self.published().filter(Q(valid_from__lte=day) & (Q(valid_to__isnull=True) | Q(valid_to__gte=day)))


class VersionedRule(models.Model):
    """Abstract base. `number` counts per `code` (and owner, where the child adds one); `content` is the rule itself.

    A published version is never changed but for its end date; the child's migration says so to the database with
    `vetting_freeze_published('table')`. `digest` is the SHA-256 of the canonical content, set when published.
    """

    code = models.SlugField(max_length=64, allow_unicode=True)
    number = models.PositiveIntegerField()
    status = models.CharField(max_length=12, choices=VersionStatus.choices, default=VersionStatus.DRAFT)
    is_example = models.BooleanField(default=False)  # shipped data is labelled `exempel`, never a city's rule
    content = models.JSONField(encoder=DjangoJSONEncoder)
    digest = models.CharField(max_length=64, blank=True)
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)
    drafted_by = models.CharField(max_length=80)  # audit.actor reference, plain value
    published_by = models.CharField(max_length=80, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)

    objects = VersionQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_published_whole",
                condition=Q(status="draft")
                | (Q(valid_from__isnull=False) & ~Q(published_by="") & ~Q(digest="") & Q(published_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_second_person",
                condition=Q(published_by="") | ~Q(published_by=models.F("drafted_by")) | Q(is_example=True),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_valid_order",
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=models.F("valid_from")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} v{self.number}"

    @property
    def is_published(self) -> bool:
        return self.status == VersionStatus.PUBLISHED


def digest(content: Any) -> str:
    """SHA-256 (hex) of the canonical JSON of a rule's content."""
    text = json.dumps(content, cls=DjangoJSONEncoder, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def publish(version: VersionedRule, *, by: str, valid_from: date, at: Any) -> None:
    """Publishes a draft as `by` (an audit reference); the child's own service checks who may and ends the former one.

    Raises NotNow when it is published already, when `by` drafted it (a second person publishes), or when no person
    publishes what is not labelled an example. The database says the same (kernel migration 0002).
    """
    if version.is_published:
        raise NotNow(_("This version is already published. Make a new draft to change the rule."), code="published")
    by_person = by.startswith("user:")
    if by_person and version.drafted_by == by:
        raise NotNow(_("A second person must publish what you drafted."), code="second_person")
    if not by_person and not version.is_example:
        raise NotNow(
            _("A rule is published by a person; only an example can be published by the system."), code="person"
        )
    version.status = VersionStatus.PUBLISHED
    version.published_by, version.published_at, version.valid_from = by, at, valid_from
    version.digest = digest(version.content)
    version.save()
