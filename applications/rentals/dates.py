"""The dates of a case: what is asked for, what is held, what it costs. Reads through the case's own relations."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Q, Sum

from applications.rentals.slots.refusals import Place
from applications.rentals.terms.venue_terms import VenueTerms, read_terms
from applications.rentals.workflow.booking import FINAL


def terms_of(case: Any) -> VenueTerms:
    """The terms the request came under; read once per loaded case."""
    known: VenueTerms | None = vars(case).get("_terms")
    if known is None:
        known = vars(case)["_terms"] = read_terms(case.terms.content)
    return known


def wishes_of(case: Any) -> list[Any]:
    """The dates asked for, first come first; read once per loaded case."""
    known: list[Any] | None = vars(case).get("_wishes")
    if known is None:
        known = vars(case)["_wishes"] = list(case.wishes.select_related("room__venue"))
    return known


def opening_of(venue: Any) -> dict[int, list[tuple[int, int]]]:
    """Weekday → opening times in minutes of the day; read once per loaded venue."""
    known: dict[int, list[tuple[int, int]]] | None = vars(venue).get("_opening")
    if known is None:
        known = {}
        for one in venue.opening.all():
            known.setdefault(one.weekday, []).append((one.opens, one.closes))
        vars(venue)["_opening"] = known
    return known


def place(venue: Any, room: Any, terms: VenueTerms, today: date) -> Place:
    """A room as the rules on slots see it."""
    closed = [day for day in (venue.closed_on, room.closed_on) if day is not None]
    return Place(
        name=room.name,
        capacity=room.capacity,
        opening=opening_of(venue),
        most_days_ahead=terms.days_ahead,
        is_closed=any(day <= today for day in closed),
    )


def place_of(case: Any, room: Any, today: date) -> Place:
    """The same for a date of a case: under the terms the request came under."""
    return place(case.venue, room, terms_of(case), today)


def _held(case: Any) -> Any:
    """The dates that are claimed or booked and whose claims stand."""
    standing = case.bookings.filter(claims__isnull=False, claims__released_at__isnull=True)
    return standing.exclude(state__in=FINAL).distinct()


def lapsed_dates(case: Any) -> list[Any]:
    """The dates asked for whose time is not held any more, or never was."""
    held = {(one.room_id, one.begins, one.ends) for one in _held(case)}
    return [wish for wish in wishes_of(case) if (wish.room_id, wish.begins, wish.ends) not in held]


def is_any_held(case: Any, now: datetime) -> bool:
    """Whether a date of the case is still held: its claim is firm, or its time is not out."""
    lasting = Q(claims__held_until__isnull=True) | Q(claims__held_until__gt=now)
    bookings = case.bookings.filter(lasting, state="claimed", claims__isnull=False, claims__released_at__isnull=True)
    return bool(bookings.exists())


def price_of_dates(case: Any) -> Decimal:
    """What the dates that stand cost together, in kr: as frozen on the bookings."""
    total = case.bookings.exclude(state__in=("lapsed", "released")).aggregate(sum=Sum("price"))["sum"]
    return total or Decimal(0)


def owed_beforehand(case: Any) -> Decimal:
    """What the terms ask for before the confirmation, in kr: the deposit, and the fee where they say so."""
    terms = terms_of(case)
    return terms.deposit + (price_of_dates(case) if terms.fee_before else Decimal(0))
