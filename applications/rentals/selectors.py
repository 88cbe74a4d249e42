"""Reads of the rentals room: rules in force, leaves of a room, who stands in a slot's way, what is free instead."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db import connection
from django.db.models import Prefetch, Q, QuerySet

from applications.rentals.dates import place
from applications.rentals.models import Claim, OpeningHours, RentalApplication, Room, TariffVersion, TermsVersion, Venue
from applications.rentals.slots.refusals import against
from applications.rentals.slots.slot import Slot
from applications.rentals.terms.tariff import PERSON, Price, price_of, read_tariff
from applications.rentals.terms.venue_terms import read_terms
from vetting.accounts.actors import Actor
from vetting.accounts.roles import Permission
from vetting.kernel import clock

LEAVES = """
WITH RECURSIVE below AS (
  SELECT id FROM rentals_room WHERE id = %s
  UNION ALL
  SELECT r.id FROM rentals_room r JOIN below b ON r.parent_id = b.id
)
SELECT b.id FROM below b WHERE NOT EXISTS (SELECT 1 FROM rentals_room r WHERE r.parent_id = b.id) ORDER BY b.id
"""
ALTERNATIVES = 4
DAYS_TRIED = 14


def leaves_of(room: Room) -> list[int]:
    """The primary keys of the leaf rooms that a booking of `room` claims, in their order."""
    with connection.cursor() as cursor:
        cursor.execute(LEAVES, [room.pk])
        return [row[0] for row in cursor.fetchall()]


def terms_on(venue: Venue, day: date) -> TermsVersion | None:
    """The venue's published terms in force on a day."""
    return TermsVersion.objects.filter(venue=venue).valid_on(day).order_by("-number").first()


def tariff_on(district_id: int, day: date) -> TariffVersion | None:
    """The district's tariff in force on a day."""
    return TariffVersion.objects.filter(district_id=district_id).valid_on(day).order_by("-number").first()


def tenant_kind(case: Any) -> str:
    """What kind of tenant the case has, in the tariff's words: the register's legal form, or a private person."""
    return case.association.legal_form if case.association_id else PERSON


def price_for(tariff: TariffVersion, *, tenant: str, room: Room, minutes: int) -> Price:
    """What a slot in the room costs the kind of tenant under the tariff."""
    return price_of(read_tariff(tariff.content), tenant=tenant, price_class=room.price_class, minutes=minutes)


def prices_of(case: Any) -> list[tuple[Any, Price | None]]:
    """Each date asked for with what it would cost today; None where no tariff is in force."""
    tariff = tariff_on(case.district_id, clock.today())
    kind = tenant_kind(case)
    wishes = case.wishes.select_related("room")
    return [
        (wish, price_for(tariff, tenant=kind, room=wish.room, minutes=wish.slot.minutes) if tariff else None)
        for wish in wishes
    ]


def standing_in(rooms: Iterable[int], begins: datetime, ends: datetime, now: datetime) -> QuerySet[Claim]:
    """Claims that stand in any of the leaf rooms within [begins, ends): firm, or soft and not out of time."""
    claims = Claim.objects.filter(room_id__in=list(rooms), released_at__isnull=True, span__overlap=(begins, ends))
    return claims.filter(Q(held_until__isnull=True) | Q(held_until__gt=now))


@dataclass(frozen=True, slots=True)
class Free:
    """A slot that could be had instead."""

    room: Room
    slot: Slot


def alternatives(room: Room, slot: Slot, now: datetime) -> list[Free]:
    """The nearest free slots of the same length: other rooms that day first, then this room on the days that follow."""
    today = clock.stockholm(now).date()
    rooms = list(
        Room.objects.filter(venue__district_id=room.venue.district_id, capacity__gte=max(slot.people, 1))
        .exclude(pk=room.pk)
        .select_related("venue")
        .prefetch_related(Prefetch("venue__opening", queryset=OpeningHours.objects.all()))
        .order_by("venue_id", "capacity", "position", "id")
    )
    rooms.sort(key=lambda one: one.venue_id != room.venue_id)
    tried = [(one, slot) for one in rooms]
    tried += [(room, slot.moved(timedelta(days=days))) for days in range(1, DAYS_TRIED + 1)]
    found: list[Free] = []
    of_room = sum(1 for _ in rooms)
    for number, (one, other) in enumerate(tried):
        if len(found) >= (ALTERNATIVES // 2 if number < of_room else ALTERNATIVES):
            if number < of_room:
                continue
            break
        if _is_free(one, other, today, now):
            found.append(Free(one, other))
    return found


def _is_free(room: Room, slot: Slot, today: date, now: datetime) -> bool:
    terms = terms_on(room.venue, today)
    if terms is None or against(slot, place(room.venue, room, read_terms(terms.content), today), now):
        return False
    begins, ends = slot.claims(room.venue.turnaround_minutes)
    return not standing_in(leaves_of(room), begins, ends, now).exists()


def venues_of(actor: Actor, permission: Permission) -> QuerySet[Venue]:
    """The venues of the actor's districts, their rooms and hours with them, in their order."""
    rows = Venue.objects.for_user(actor, permission).select_related("district", "unit")
    return rows.prefetch_related("rooms", "opening", "officers__user").order_by("district__code", "name")


def my_venues(actor: Actor, venues: Sequence[Venue], today: date) -> list[Venue]:
    """Those a premises officer is named for; all of them for whoever is named for none."""
    mine = [
        venue
        for venue in venues
        if any(
            one.user_id == actor.user_id and one.since <= today and (one.until is None or one.until >= today)
            for one in venue.officers.all()
        )
    ]
    return mine or list(venues)


def applications() -> QuerySet[RentalApplication]:
    """Rental cases with what their pages and services ask of them."""
    rows: Any = RentalApplication.objects.select_related("district", "association", "officer", "venue", "terms")
    found: QuerySet[RentalApplication] = rows
    return found


def total(prices: Iterable[tuple[Any, Price | None]]) -> tuple[Decimal, Decimal]:
    """(full, to pay) in kr."""
    known = [price for _wish, price in prices if price is not None]
    return sum((one.full for one in known), Decimal(0)), sum((one.price for one in known), Decimal(0))
