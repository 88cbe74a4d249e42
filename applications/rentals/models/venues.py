"""Venues and their rooms: where, how large, when open, who serves them (docs/domain.md §1.6; design §7).

A booking claims leaf rooms. What must never happen stands in migration 0002: a room under another venue's, a ring, a
room with claims that gets children, a claim on a room that is not a leaf.
"""

import uuid
from datetime import date
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import F, Q

from vetting.accounts.models import District, Unit, User
from vetting.accounts.scoping import ScopedQuerySet
from vetting.kernel.fields import MomentField


class Venue(models.Model):
    """A house or floor with rooms to let. It belongs to a unit: its head owns the routine (docs/domain.md §1.6).

    `rented_in`: the district itself rents it; letting it on may need the landlord's consent (JB 12:39–40).
    Bookings of a venue are made one at a time: its row is what they lock.
    """

    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    district = models.ForeignKey(District, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    name = models.CharField(max_length=120)
    address = models.CharField(max_length=200, blank=True)
    contact = models.CharField(max_length=200, blank=True)  # how the tenant reaches the venue
    key_text = models.CharField(max_length=400, blank=True)  # where the key is fetched and left
    turnaround_minutes = models.PositiveSmallIntegerField(default=0)
    rented_in = models.BooleanField(default=False)
    head_lease = models.CharField(max_length=300, blank=True)  # landlord, end, allowed use
    closed_on = models.DateField(null=True, blank=True)  # let no more from this day
    is_example = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)
    created_at = MomentField()

    objects: ClassVar[ScopedQuerySet["Venue"]] = ScopedQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["district", "name"], name="rentals_venue_name"),
            models.CheckConstraint(name="rentals_venue_turnaround", condition=Q(turnaround_minutes__lte=480)),
            models.CheckConstraint(name="rentals_venue_head_lease", condition=Q(rented_in=True) | Q(head_lease="")),
        ]

    def __str__(self) -> str:
        return self.name


class OpeningHours(models.Model):
    """When a venue is open on a weekday (Monday 0), in minutes of the day in Stockholm: half-open, 1440 is midnight."""

    venue = models.ForeignKey(Venue, on_delete=models.PROTECT, related_name="opening")
    weekday = models.PositiveSmallIntegerField()
    opens = models.PositiveSmallIntegerField()
    closes = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ("weekday", "opens")
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["venue", "weekday", "opens"], name="rentals_opening_once"),
            models.CheckConstraint(
                name="rentals_opening_minutes",
                condition=Q(weekday__lte=6, closes__lte=1440, opens__lt=F("closes")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.weekday}: {self.opens}–{self.closes}"


class RoomQuerySet(ScopedQuerySet["Room"]):
    district_field = "venue__district_id"


class Room(models.Model):
    """A room, or a part of one: a hall with a wall that folds is a room with two children.

    `price_class` names a price of the tariff. Booking a room with children claims every leaf below it.
    """

    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    venue = models.ForeignKey(Venue, on_delete=models.PROTECT, related_name="rooms")
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="parts")
    name = models.CharField(max_length=120)
    capacity = models.PositiveIntegerField()
    price_class = models.SlugField(max_length=32)
    position = models.PositiveSmallIntegerField(default=0)
    closed_on = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects: ClassVar[RoomQuerySet] = RoomQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ("position", "id")
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["venue", "name"], name="rentals_room_name"),
            models.CheckConstraint(name="rentals_room_capacity", condition=Q(capacity__gt=0)),
        ]

    def __str__(self) -> str:
        return self.name


class VenueOfficerQuerySet(models.QuerySet["VenueOfficer"]):
    def on(self, day: date) -> Self:
        return self.filter(Q(until=None) | Q(until__gte=day), since__lte=day)


class VenueOfficer(models.Model):
    """Which venues a premises officer serves, with dates (design §11). A venue nobody is named for: all of them do."""

    venue = models.ForeignKey(Venue, on_delete=models.PROTECT, related_name="officers")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    objects = VenueOfficerQuerySet.as_manager()

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                fields=["venue", "user"], condition=Q(until__isnull=True), name="rentals_venueofficer_once"
            ),
            models.CheckConstraint(
                name="rentals_venueofficer_dates", condition=Q(until__isnull=True) | Q(until__gte=F("since"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.venue_id} {self.user_id}"
