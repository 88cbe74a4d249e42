"""Programmes as versioned data, and the rounds that pin a version (docs/domain.md §1.2; docs/adr/0010).

The rule itself is `ProgrammeVersion.content`; `applications.grants.programmes.rules` gives it types. What must never
happen stands in migration 0002: a published version changed, two in force at once, one published by who drafted it,
a round that points at a draft or changes its version.
"""

import uuid
from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from vetting.accounts.models import District
from vetting.accounts.scoping import ScopedQuerySet
from vetting.kernel.fields import MomentField
from vetting.kernel.versions import VersionedRule, VersionQuerySet, VersionStatus


class Programme(models.Model):
    """A support form (stödform) of one district: what its rules say stands in the versions.

    The names are those of the newest published version (of the first draft until then).
    """

    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    district = models.ForeignKey(District, on_delete=models.PROTECT, related_name="+")
    code = models.SlugField(max_length=64)
    name_sv = models.CharField(max_length=160)
    name_en = models.CharField(max_length=160)
    is_example = models.BooleanField(default=False)
    created_at = MomentField()

    objects: ClassVar[ScopedQuerySet["Programme"]] = ScopedQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["district", "code"], name="grants_programme_code")
        ]

    def __str__(self) -> str:
        return self.name_en if (get_language() or "sv").startswith("en") else self.name_sv


class ProgrammeVersionQuerySet(VersionQuerySet, ScopedQuerySet["ProgrammeVersion"]):  # type: ignore[override]
    district_field = "programme__district_id"


class ProgrammeVersion(VersionedRule):
    """One wording of a programme's rules. `number` counts per programme; at most one draft at a time.

    Whoever has had a hand in a draft (`edited_by`, audit references) cannot publish it. `revision` grows with each
    saved draft: a form made from an older one is stale.
    """

    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="versions")
    edited_by = models.JSONField(default=list)
    revision = models.PositiveIntegerField(default=1)
    source = models.CharField(max_length=120, blank=True)  # the file it was read from, without its folder
    created_at = MomentField()

    objects: ClassVar[ProgrammeVersionQuerySet] = ProgrammeVersionQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints: ClassVar[list[Any]] = [
            *VersionedRule.Meta.constraints,
            models.UniqueConstraint(fields=["programme", "number"], name="grants_programmeversion_number"),
            models.UniqueConstraint(
                fields=["programme"], condition=Q(status=VersionStatus.DRAFT), name="grants_programmeversion_one_draft"
            ),
        ]


class RoundKind(models.TextChoices):
    ORDINARY = "ordinary", _("Ordinary call")
    EXTRA = "extra", _("Extra pot")


class RoundQuerySet(ScopedQuerySet["Round"]):
    district_field = "programme__district_id"


class Round(models.Model):
    """A call (utlysning) under one published version: when it opens and closes, for which time, with which pot.

    No `closes_on`: applications are taken all the time (rolling). `closes_time` stands only where the programme
    states an hour; it is wall-clock time in Stockholm (docs/domain.md §4.1). `form_codes` empty: all forms.
    """

    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="rounds")
    programme_version = models.ForeignKey(ProgrammeVersion, on_delete=models.PROTECT, related_name="rounds")
    kind = models.CharField(max_length=12, choices=RoundKind.choices, default=RoundKind.ORDINARY)
    name_sv = models.CharField(max_length=160)
    name_en = models.CharField(max_length=160)
    form_codes = models.JSONField(default=list, blank=True)
    opens_on = models.DateField()
    closes_on = models.DateField(null=True, blank=True)
    closes_time = models.TimeField(null=True, blank=True)
    period_from = models.DateField(null=True, blank=True)
    period_to = models.DateField(null=True, blank=True)
    meeting_on = models.DateField(null=True, blank=True)  # when the board is to decide
    pot_kr = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)
    is_example = models.BooleanField(default=False)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    cancel_reason = models.CharField(max_length=500, blank=True)
    version = models.PositiveIntegerField(default=1)  # of the row: a stale save is refused
    created_by = models.CharField(max_length=80)
    created_at = MomentField()

    objects: ClassVar[RoundQuerySet] = RoundQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["programme", "name_sv"], name="grants_round_name"),
            models.CheckConstraint(
                name="grants_round_dates", condition=Q(closes_on__isnull=True) | Q(closes_on__gte=F("opens_on"))
            ),
            models.CheckConstraint(
                name="grants_round_hour_needs_day", condition=Q(closes_time__isnull=True) | Q(closes_on__isnull=False)
            ),
            models.CheckConstraint(
                name="grants_round_period",
                condition=Q(period_from__isnull=True, period_to__isnull=True) | Q(period_to__gte=F("period_from")),
            ),
            models.CheckConstraint(name="grants_round_pot", condition=Q(pot_kr__isnull=True) | Q(pot_kr__gte=0)),
            models.CheckConstraint(
                name="grants_round_cancelled_whole",
                condition=Q(cancelled_at__isnull=True, cancel_reason="")
                | (Q(cancelled_at__isnull=False) & ~Q(cancel_reason="")),
            ),
        ]
        indexes: ClassVar[list[Any]] = [models.Index(fields=["programme", "-opens_on"], name="grants_round_newest")]

    def __str__(self) -> str:
        return self.name_en if (get_language() or "sv").startswith("en") else self.name_sv
