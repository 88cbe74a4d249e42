"""One occasion in one room: the booking with its own state, and the time it claims (design §7; docs/domain.md §8.2)."""

import uuid
from typing import Any, ClassVar

from django.contrib.postgres.fields import DateTimeRangeField
from django.db import models
from django.db.models import F, Q

from applications.cases.models import Case
from applications.rentals.models.venues import Room, Venue
from applications.rentals.models.versions import TariffVersion
from applications.rentals.slots.slot import Slot
from applications.rentals.workflow.booking import BOOKING
from vetting.accounts.scoping import ScopedQuerySet
from vetting.kernel.fields import MomentField
from vetting.kernel.fsm import Stateful, moves
from vetting.kernel.workflow import Move


class BookingQuerySet(ScopedQuerySet["Booking"]):
    district_field = "venue__district_id"


class Booking(Stateful):
    """A date in a case. Price and group are frozen when it is made; the database refuses to change them.

    `room` is what was asked for, `claims` the leaves below it. Sums in kr.
    """

    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="bookings")
    venue = models.ForeignKey(Venue, on_delete=models.PROTECT, related_name="bookings")
    room = models.ForeignKey(Room, on_delete=models.PROTECT, related_name="bookings")
    begins = models.DateTimeField()
    ends = models.DateTimeField()
    people = models.PositiveIntegerField()
    tariff = models.ForeignKey(TariffVersion, on_delete=models.PROTECT, related_name="+")
    tariff_group = models.CharField(max_length=32)
    per_hour = models.DecimalField(max_digits=10, decimal_places=2)
    full_price = models.DecimalField(max_digits=12, decimal_places=2)
    price = models.DecimalField(max_digits=12, decimal_places=2)
    created_at = MomentField()

    objects: ClassVar[BookingQuerySet] = BookingQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(name="rentals_booking_order", condition=Q(ends__gt=F("begins"))),
            models.CheckConstraint(name="rentals_booking_people", condition=Q(people__gt=0)),
            models.CheckConstraint(
                name="rentals_booking_price",
                condition=Q(per_hour__gte=0, price__gte=0, full_price__gte=F("price")),
            ),
        ]
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["case", "begins"], name="rentals_booking_case"),
            models.Index(fields=["venue", "begins"], name="rentals_booking_venue"),
        ]

    def __str__(self) -> str:
        return f"{self.room} {self.begins:%Y-%m-%d %H:%M}"

    @property
    def slot(self) -> Slot:
        return Slot(self.begins, self.ends, self.people)

    @moves(*BOOKING.rows_of("book"))
    def book(self, move: Move) -> None: ...

    @moves(*BOOKING.rows_of("lapse"))
    def lapse(self, move: Move) -> None: ...

    @moves(*BOOKING.rows_of("release"))
    def release(self, move: Move) -> None: ...

    @moves(*BOOKING.rows_of("give_key"))
    def give_key(self, move: Move) -> None: ...

    @moves(*BOOKING.rows_of("hold_event"))
    def hold_event(self, move: Move) -> None: ...

    @moves(*BOOKING.rows_of("no_show"))
    def no_show(self, move: Move) -> None: ...

    @moves(*BOOKING.rows_of("cancel"))
    def cancel(self, move: Move) -> None: ...

    @moves(*BOOKING.rows_of("stop"))
    def stop(self, move: Move) -> None: ...

    @moves(*BOOKING.rows_of("inspect"))
    def inspect(self, move: Move) -> None: ...

    @moves(*BOOKING.rows_of("note_deviation"))
    def note_deviation(self, move: Move) -> None: ...

    @moves(*BOOKING.rows_of("finish"))
    def finish(self, move: Move) -> None: ...


class Claim(models.Model):
    """A leaf room taken for a half-open time, turnaround included. Two that stand never overlap (migration 0002).

    `held_until`: a soft claim, given up at that moment when somebody else asks; null: firm. Released once, never again.
    """

    booking = models.ForeignKey(Booking, on_delete=models.PROTECT, related_name="claims")
    room = models.ForeignKey(Room, on_delete=models.PROTECT, related_name="claims")
    span = DateTimeRangeField()
    held_until = models.DateTimeField(null=True, blank=True)
    released_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["booking", "room"], name="rentals_claim_once"),
        ]

    def __str__(self) -> str:
        return f"{self.room_id} {self.span}"


class BookingNote(models.Model):
    """What was seen or done at an occasion, in the writer's own words. Only added (docs/domain.md §8.2, L17).

    A note on violent extremism never stands here: it goes on the coordinator's form, with no link to the booking.
    """

    class Kind(models.TextChoices):
        KEY = "key", "key"
        STOPPED = "stopped", "stopped"
        CHECKED = "checked", "checked"
        DEVIATION = "deviation", "deviation"
        SETTLED = "settled", "settled"

    booking = models.ForeignKey(Booking, on_delete=models.PROTECT, related_name="notes")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    payload_id = models.UUIDField()
    commitment = models.CharField(max_length=64)
    by = models.CharField(max_length=80)
    at = MomentField()

    def __str__(self) -> str:
        return f"{self.booking_id} {self.kind}"
