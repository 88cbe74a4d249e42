"""A week of rooms: every booking in its room and day, as the calendar shows it (ui.md, Venue calendar)."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from applications.rentals.dates import opening_of
from applications.rentals.models import Claim, Room, Venue
from applications.rentals.slots.slot import DAY_MINUTES, Slot, of_wall
from vetting.kernel import clock, text

SHORT = {
    "sv": ("Mån", "Tis", "Ons", "Tor", "Fre", "Lör", "Sön"),
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
}
DAYS = 7


@dataclass(frozen=True, slots=True)
class Entry:
    """A block in a cell: a booking (with its case's page), or a closed time."""

    time: str
    word: str
    name: str
    kind: str  # booked | soft | shut | hit
    url: str = ""


@dataclass(slots=True)
class Cell:
    day: date
    label: str
    entries: list[Entry] = field(default_factory=list)


@dataclass(slots=True)
class RoomRow:
    room: Room
    venue: Venue
    depth: int
    cells: list[Cell]


@dataclass(frozen=True, slots=True)
class Week:
    """Monday to Sunday, the rooms in their order. `picked` is the day of one's own slot."""

    monday: date
    rows: Sequence[RoomRow]
    days: Sequence[tuple[str, bool]]
    booked: int
    soft: int
    shut: int

    @property
    def number(self) -> int:
        return self.monday.isocalendar().week

    @property
    def code(self) -> str:
        return code_of(self.monday)

    @property
    def previous(self) -> date:
        return self.monday - timedelta(days=DAYS)

    @property
    def following(self) -> date:
        return self.monday + timedelta(days=DAYS)

    @property
    def span(self) -> str:
        last = self.monday + timedelta(days=DAYS - 1)
        same = last.month == self.monday.month
        first = str(self.monday.day) if same else text.day(self.monday, year=last.year != self.monday.year)
        return f"{first}–{text.day(last)}"


def code_of(day: date) -> str:
    """`2026-W11`, the week of a day as an address and a browser's week field write it."""
    year, week, _weekday = day.isocalendar()
    return f"{year}-W{week:02d}"


def monday_of(code: str, today: date) -> date | None:
    """The Monday of a week's code, or of a day's week; today's week for nothing; None for what cannot be read."""
    if not code:
        return today - timedelta(days=today.weekday())
    try:
        if "W" in code:
            return datetime.strptime(f"{code}-1", "%G-W%V-%u").date()  # noqa: DTZ007 - a week has no time zone
        day = date.fromisoformat(code)
    except ValueError:
        return None
    return day - timedelta(days=day.weekday())


def week_of(
    venues: Sequence[Venue],
    monday: date,
    *,
    now: datetime,
    mine: Slot | None = None,
    room: Any = None,
    hidden: frozenset[int] = frozenset(),
) -> Week:
    """The week of the venues' rooms; a constant number of queries. `mine` in `room` marks what collides with it.

    `hidden` are cases that a conflict of interest locks the reader out of: their time is shown, never their name.
    """
    tree = [(venue, one, depth) for venue in venues for one, depth in _in_order(venue)]
    claims = _claims([one.pk for _venue, one, _depth in tree], monday, now)
    below = _leaves(tree)
    counted: set[int] = set()
    rows, soft, shut = [], 0, 0
    for venue, one, depth in tree:
        cells = []
        for offset in range(DAYS):
            day = monday + timedelta(days=offset)
            cell = Cell(day, _label(day))
            closed = _closed(venue, day)
            if closed is not None:
                cell.entries.append(closed)
                shut += 1
            seen: set[int] = set()
            for claim in claims:
                booking = claim.booking
                if claim.room_id in below[one.pk] and booking.pk not in seen and booking.slot.day == day:
                    seen.add(booking.pk)
                    hit = _hits(mine, room, one, below, booking, venue)
                    cell.entries.append(_entry(claim, hit=hit, hidden=booking.case_id in hidden))
                    if booking.pk not in counted:
                        counted.add(booking.pk)
                        soft += claim.held_until is not None
            cells.append(cell)
        rows.append(RoomRow(one, venue, depth, cells))
    days = [
        (_label(monday + timedelta(days=n)), bool(mine and mine.day == monday + timedelta(days=n))) for n in range(DAYS)
    ]
    return Week(monday, rows, days, len(counted) - soft, soft, shut)


def _in_order(venue: Venue) -> list[tuple[Room, int]]:
    """The venue's rooms, each followed by its parts, with how deep it lies."""
    rooms = [one for one in venue.rooms.all() if one.closed_on is None or one.closed_on > clock.today()]
    found: list[tuple[Room, int]] = []

    def walk(parent: int | None, depth: int) -> None:
        for one in rooms:
            if one.parent_id == parent:
                found.append((one, depth))
                walk(one.pk, depth + 1)

    walk(None, 0)
    return found


def _leaves(tree: Sequence[tuple[Venue, Room, int]]) -> dict[int, set[int]]:
    """Room → the leaf rooms at or below it."""
    parts: dict[int, list[int]] = {}
    for _venue, one, _depth in tree:
        if one.parent_id is not None:
            parts.setdefault(one.parent_id, []).append(one.pk)

    def of(pk: int) -> set[int]:
        return set().union(*(of(part) for part in parts[pk])) if pk in parts else {pk}

    return {one.pk: of(one.pk) for _venue, one, _depth in tree}


def _claims(rooms: Sequence[int], monday: date, now: datetime) -> list[Claim]:
    first, last = clock.midnight(monday), clock.midnight(monday + timedelta(days=DAYS))
    standing = Q(held_until__isnull=True) | Q(held_until__gt=now)
    rows = Claim.objects.filter(
        standing, room_id__in=rooms, released_at__isnull=True, booking__begins__gte=first, booking__begins__lt=last
    )
    return list(rows.select_related("booking__case__association").order_by("booking__begins", "pk"))


def _hits(mine: Slot | None, room: Any, one: Room, below: dict[int, set[int]], booking: Any, venue: Venue) -> bool:
    if mine is None or room is None or room.pk not in below or not below[room.pk] & below[one.pk]:
        return False
    return mine.overlaps(booking.slot, venue.turnaround_minutes)


def _entry(claim: Claim, *, hit: bool, hidden: bool) -> Entry:
    booking = claim.booking
    soft = claim.held_until is not None
    word = _("Collides") if hit else _("Provisional") if soft else ""
    case = booking.case
    name = case.association.name if case.association else _("A private person")
    kind = "hit" if hit else "soft" if soft else "booked"
    url = reverse("show-bookings", args=[case.key])
    if hidden:
        name, url = "", ""
    return Entry(
        f"{clock.stockholm(booking.begins):%H.%M}–{clock.stockholm(booking.ends):%H.%M}",
        word,
        text.soften(name),
        kind,
        url,
    )


def _closed(venue: Venue, day: date) -> Entry | None:
    """The venue is closed the whole day."""
    if opening_of(venue).get(day.weekday()):
        return None
    return Entry(_("all day"), _("Closed"), "", "shut")


def _label(day: date) -> str:
    return f"{SHORT[text.tongue()][day.weekday()]} {day.day}"


def opening_lines(venue: Venue) -> list[tuple[str, str]]:
    """Weekday and hours, as the venue's page lists them."""
    opening = opening_of(venue)
    lines = []
    for weekday, name in enumerate(SHORT[text.tongue()]):
        spans = ", ".join(
            f"{of_wall(opens)}–{of_wall(min(closes, DAY_MINUTES))}" for opens, closes in opening.get(weekday, [])
        )
        lines.append((name, spans or _("closed")))
    return lines
