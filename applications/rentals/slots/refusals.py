"""What speaks against a slot before anybody's booking is looked at (docs/domain.md §8.2, `not_available`). Pure.

Each answer says what, where and what to do. None of them is a decision: the reason code and the terms' version are
enough (design §2.3).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from applications.rentals.slots.slot import DAY_MINUTES, Slot, minute_of, of_wall
from vetting.kernel import text
from vetting.kernel.errors import Reason

LEAST_MINUTES = 15


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A room as the rules see it. `opening`: weekday (Monday 0) → half-open minutes of the day."""

    name: str
    capacity: int
    opening: Mapping[int, Sequence[tuple[int, int]]] = field(default_factory=dict)
    most_days_ahead: int = 366
    is_closed: bool = False  # let no more


def against(slot: Slot, place: Place, now: datetime) -> list[Reason]:
    """Every reason why the slot cannot be had in this room, whoever asks; empty when only a booking can stand there."""
    if slot.ends <= slot.begins:
        return [_reason("end_before_start", _("The end comes before the start. Check both times."), "ends")]
    found: list[Reason] = []
    if place.is_closed:
        found.append(_reason("room_closed", _("%(room)s is no longer let.") % {"room": place.name}, "room"))
    if slot.minutes < LEAST_MINUTES:
        said = _("A booking is at least %(minutes)d minutes.") % {"minutes": LEAST_MINUTES}
        found.append(_reason("too_short", said, "ends"))
    if slot.begins <= now:
        found.append(_reason("in_the_past", _("The time has already begun or passed. Choose a later one."), "day"))
    elif slot.begins > now + timedelta(days=place.most_days_ahead):
        last = text.day(now + timedelta(days=place.most_days_ahead))
        said = _("Bookings are taken until %(day)s. Choose an earlier day.") % {"day": last}
        found.append(_reason("too_far_ahead", said, "day"))
    if reason := _hours(slot, place):
        found.append(reason)
    if slot.people > place.capacity:
        found.append(_crowd(slot, place))
    return found


def _reason(code: str, said: object, where: str) -> Reason:
    return Reason(code, said, data={"field": where})


def _crowd(slot: Slot, place: Place) -> Reason:
    said = ngettext(
        "%(room)s holds at most %(most)d person, and %(people)d are expected. Choose a larger room.",
        "%(room)s holds at most %(most)d people, and %(people)d are expected. Choose a larger room.",
        place.capacity,
    )
    return _reason("too_many", said % {"room": place.name, "most": place.capacity, "people": slot.people}, "people")


def _hours(slot: Slot, place: Place) -> Reason | None:
    begins, ends = minute_of(slot.begins, slot.day), minute_of(slot.ends, slot.day)
    open_then = sorted(place.opening.get(slot.day.weekday(), ()))
    if any(opens <= begins and ends <= closes for opens, closes in open_then):
        return None
    weekday = text.day(slot.day, weekday=True)
    if not open_then:
        return _reason("outside_hours", _("%(room)s is closed %(day)s.") % {"room": place.name, "day": weekday}, "day")
    said = ", ".join(f"{of_wall(opens)}–{of_wall(min(closes, DAY_MINUTES))}" for opens, closes in open_then)
    return _reason(
        "outside_hours",
        _("%(room)s is open %(hours)s %(day)s. Choose a time within those hours.")
        % {"room": place.name, "hours": said, "day": weekday},
        "begins",
    )
