"""Taking and giving up the time of rooms: the one writer of claims (design §7; docs/adr/0013).

Whoever takes, holds on to or gives up claims in a venue first locks the venue's row: one at a time, in the order
case → booking → venue → claims. The exclusion constraint in the database is the backstop.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.utils.translation import gettext_lazy as _

from applications.rentals.models import Booking, Claim, Room
from applications.rentals.selectors import leaves_of
from applications.rentals.slots.slot import Slot, hours, told
from vetting.kernel import clock, text
from vetting.kernel.errors import NotNow, Reason

LOCK = "SELECT turnaround_minutes FROM rentals_venue WHERE id = %s FOR NO KEY UPDATE"
LAPSE = """
UPDATE rentals_claim SET released_at = %(now)s FROM rentals_room r
WHERE r.id = rentals_claim.room_id AND r.venue_id = %(venue)s
  AND rentals_claim.released_at IS NULL AND rentals_claim.held_until <= %(now)s
"""
IN_THE_WAY = """
WITH RECURSIVE below AS (
  SELECT id FROM rentals_room WHERE id = %(room)s
  UNION ALL SELECT r.id FROM rentals_room r JOIN below w ON r.parent_id = w.id
)
SELECT b.begins, b.ends, upper(c.span), r.name FROM below w
JOIN rentals_claim c ON c.room_id = w.id AND c.released_at IS NULL
  AND c.span && tstzrange(%(begins)s, %(ends)s, '[)') AND (c.held_until IS NULL OR c.held_until > %(now)s)
JOIN rentals_booking b ON b.id = c.booking_id JOIN rentals_room r ON r.id = c.room_id
ORDER BY b.begins, c.id LIMIT 1
"""


@dataclass(frozen=True, slots=True)
class Blocking:
    """The slot that stands in the way: when it begins and ends, until when it claims the room. Nobody's name."""

    room: str
    begins: datetime
    ends: datetime
    claimed_until: datetime


class SlotTaken(NotNow):
    """Somebody else has the time. `data` holds the room asked for, its slot, and the blocking slot."""

    code = "slot_taken"


def lock_venue(venue_id: int) -> int:
    """Locks the venue's row until the transaction ends; returns its turnaround in minutes."""
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("lock_venue() belongs inside the transaction of what it allows")
    with connection.cursor() as cursor:
        cursor.execute(LOCK, [venue_id])
        return int(cursor.fetchone()[0])


def take(room: Room, slot: Slot, *, now: datetime) -> tuple[list[int], DateTimeTZRange]:
    """Finds the leaf rooms free for the slot, under the venue's lock; expired soft claims lapse first.

    Who stands in the way already is told without waiting for the lock: most attempts on a wanted evening end there.
    Returns what `keep` writes. Raises SlotTaken with the blocking booking's slot.
    """
    refuse_if_taken(room, slot, room.venue.turnaround_minutes, now)
    turnaround = lock_venue(room.venue_id)
    with connection.cursor() as cursor:
        cursor.execute(LAPSE, {"now": now, "venue": room.venue_id})
    refuse_if_taken(room, slot, turnaround, now)
    begins, ends = slot.claims(turnaround)
    return leaves_of(room), DateTimeTZRange(begins, ends, "[)")


def refuse_if_taken(room: Room, slot: Slot, turnaround: int, now: datetime) -> None:
    """Raises SlotTaken when a claim that is firm, or held still, stands in the slot's way."""
    begins, ends = slot.claims(turnaround)
    with connection.cursor() as cursor:
        cursor.execute(IN_THE_WAY, {"room": room.pk, "begins": begins, "ends": ends, "now": now})
        row = cursor.fetchone()
    if row is not None:
        raise taken(room, slot, Blocking(room=row[3], begins=row[0], ends=row[1], claimed_until=row[2]))


def keep(booking: Booking, rooms: Sequence[int], span: DateTimeTZRange, *, held_until: datetime | None) -> None:
    """Writes the claims of a new booking, in the rooms' order."""
    Claim.objects.bulk_create(Claim(booking=booking, room_id=room, span=span, held_until=held_until) for room in rooms)


def hold(bookings: Iterable[Booking], venue_id: int, until: datetime) -> None:
    """Holds soft claims that stand until a moment, or until their event begins where that is earlier."""
    lock_venue(venue_id)
    for booking in bookings:
        standing(booking).update(held_until=min(until, booking.begins))


def firm(booking: Booking) -> None:
    """Makes the booking's claims firm."""
    lock_venue(booking.venue_id)
    standing(booking).update(held_until=None)


def free(booking: Booking, at: datetime) -> None:
    """Gives the booking's claims up."""
    lock_venue(booking.venue_id)
    standing(booking).update(released_at=at)


def standing(booking: Booking) -> Any:
    """The booking's claims that have not been released."""
    return Claim.objects.filter(booking=booking, released_at__isnull=True)


def end_of(day: date) -> datetime:
    """The moment at which a day in Stockholm is over."""
    return clock.midnight(day + timedelta(days=1))


def taken(room: Room, slot: Slot, by: Blocking) -> SlotTaken:
    """The conflict in words: the blocking slot and one's own; never who has booked it or for what."""
    said = {
        "room": by.room,
        "slot": told(by.begins, by.ends),
        "mine": hours(slot.begins, slot.ends),
        "until": text.clock_time(by.claimed_until),
    }
    if slot.begins < by.ends and by.begins < slot.ends:
        message: Any = _("%(room)s is booked %(slot)s. Your time %(mine)s collides with it.") % said
    else:
        message = (
            _("%(room)s is booked %(slot)s and is put in order until %(until)s. Your time %(mine)s collides with that.")
            % said
        )
    return SlotTaken(
        message, reasons=[Reason("slot_taken", message, data={"field": "begins"})], room=room, slot=slot, blocking=by
    )
