"""Users, districts, units and dated memberships. A person has roles only through memberships (docs/domain.md §7)."""

import uuid
from datetime import date
from typing import Any, ClassVar, Self

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q

from vetting.accounts.roles import ROLES, Role
from vetting.kernel.fields import MomentField


class UserManager(BaseUserManager["User"]):
    def create_user(self, username: str, *, name: str, password: str | None = None, email: str = "") -> "User":
        """An account without any role. Raises IntegrityError for a taken user name."""
        user = self.model(username=self.model.normalize_username(username), name=name, email=email)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """Who signs in. `name` is how the person is shown to colleagues."""

    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    username = models.CharField(max_length=64, unique=True)
    name = models.CharField(max_length=120)
    email = models.EmailField(blank=True)
    is_active = models.BooleanField(default=True)
    created_at = MomentField()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    objects: ClassVar[UserManager] = UserManager()

    def __str__(self) -> str:
        return self.name

    @property
    def reference(self) -> str:
        return f"user:{self.key}"


class District(models.Model):
    """A district board with its administration: an authority and a controller of its own."""

    code = models.CharField(max_length=12, unique=True)  # in diary numbers, e.g. KUN
    name = models.CharField(max_length=120)  # the administration's full name
    board_name = models.CharField(max_length=120)
    is_example = models.BooleanField(default=False)
    # Texts that letters need, per installation: court, municipality, link to the notice board (docs/domain.md §4.8).
    letter_facts = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


class Unit(models.Model):
    district = models.ForeignKey(District, on_delete=models.PROTECT, related_name="units")
    name = models.CharField(max_length=120)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["district", "name"], name="accounts_unit_name")]

    def __str__(self) -> str:
        return self.name


class Scope(models.TextChoices):
    ALL = "all", "all"
    FORMAL = "formal", "formal"  # a reader lent by another district: the formal questions only


class MembershipQuerySet(models.QuerySet["Membership"]):
    def valid_on(self, day: date) -> Self:
        return self.filter(valid_from__lte=day).filter(Q(valid_to__isnull=True) | Q(valid_to__gte=day))


class Membership(models.Model):
    """A role in a district for a time. Ended by a date, never removed."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="memberships")
    district = models.ForeignKey(District, on_delete=models.PROTECT, related_name="memberships")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    role = models.CharField(max_length=24, choices=[(role.value, str(info.label.sv)) for role, info in ROLES.items()])
    scope = models.CharField(max_length=8, choices=Scope.choices, default=Scope.ALL)
    stand_in_for = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="accounts_membership_dates", condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from"))
            ),
            models.CheckConstraint(
                name="accounts_membership_role", condition=Q(role__in=[role.value for role in Role])
            ),
            models.UniqueConstraint(
                fields=["user", "district", "role"],
                condition=Q(valid_to__isnull=True),
                name="accounts_membership_open_once",
            ),
        ]
        indexes = [models.Index(fields=["district", "role"], name="accounts_member_role")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.role}"

    @property
    def info(self) -> Any:
        return ROLES[Role(self.role)]
