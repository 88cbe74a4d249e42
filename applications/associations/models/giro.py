"""Where money goes: the association's giro accounts, each registered by one person and confirmed by another."""

import uuid
from typing import Any

from django.db import models
from django.db.models import F, Q

from applications.associations.models.association import Association
from vetting.kernel import giro
from vetting.kernel.fields import MomentField
from vetting.kernel.giro import GiroKind

_CONFIRMED = ("confirmed_by", "confirmed_at", "confirmed_district")


class GiroState(models.TextChoices):
    WAITING = "waiting", "waiting"  # registered, not confirmed: nothing is paid to it
    IN_USE = "in_use", "in use"
    ENDED = "ended", "ended"  # replaced, or found wrong


class GiroAccount(models.Model):
    """One account over time. The number is never changed: a change is a new row that waits for a second person.

    Guarded by a trigger too (migration 0002): number, owner and who registered it are final, and so is a confirmation.
    """

    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    association = models.ForeignKey(Association, on_delete=models.PROTECT, related_name="giro_accounts")
    kind = models.CharField(max_length=8, choices=GiroKind.choices)
    digits = models.CharField(max_length=8)
    registered_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")
    registered_district = models.ForeignKey("accounts.District", on_delete=models.PROTECT, null=True, related_name="+")
    registered_at = MomentField()
    confirmed_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")
    confirmed_district = models.ForeignKey("accounts.District", on_delete=models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="associations_giro_kind", condition=Q(kind__in=GiroKind.values)),
            models.CheckConstraint(name="associations_giro_digits", condition=Q(digits__regex=r"^[0-9]{2,8}$")),
            models.CheckConstraint(
                name="associations_giro_confirmed_whole",
                condition=Q(**{f"{field}__isnull": True for field in _CONFIRMED})
                | Q(**{f"{field}__isnull": False for field in _CONFIRMED}),
            ),
            models.CheckConstraint(
                name="associations_giro_second_person",
                condition=Q(confirmed_by__isnull=True)
                | Q(registered_by__isnull=True)
                | ~Q(confirmed_by=F("registered_by")),
            ),
            models.UniqueConstraint(
                fields=["association", "kind"],
                condition=Q(confirmed_at__isnull=False, ended_at__isnull=True),
                name="associations_giro_one_in_use",
            ),
            models.UniqueConstraint(
                fields=["association", "kind"],
                condition=Q(confirmed_at__isnull=True, ended_at__isnull=True),
                name="associations_giro_one_waiting",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.shown_masked}"

    @property
    def state(self) -> GiroState:
        if self.ended_at is not None:
            return GiroState.ENDED
        return GiroState.WAITING if self.confirmed_at is None else GiroState.IN_USE

    @property
    def shown(self) -> str:
        return giro.formatted(self.kind, self.digits)

    @property
    def shown_masked(self) -> str:
        return giro.masked(self.kind, self.digits)

    def visible_in(self, district_ids: Any) -> bool:
        """Whether the whole number is shown to somebody of these districts (docs/domain.md §4.4).

        The district that confirmed it; before that, the one that registered it; an imported number that nobody has
        confirmed must be readable by whoever is to check it.
        """
        owner = self.confirmed_district_id or self.registered_district_id
        return owner is None or owner in district_ids
