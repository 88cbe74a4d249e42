"""Venues, rooms, opening hours and who serves them: entered and corrected by those who run them (design §7, §11)."""

import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from applications.rentals.models import OpeningHours, Room, Venue, VenueOfficer
from applications.rentals.services.claims import lock_venue
from vetting.accounts.actors import Actor
from vetting.accounts.models import District, Membership, User
from vetting.accounts.pages import must_have
from vetting.accounts.roles import Permission, Role
from vetting.audit.services import record
from vetting.jobs.idempotency import once
from vetting.kernel import clock
from vetting.kernel.errors import Invalid, NotNow, Stale

Hours = Sequence[tuple[int, int, int]]  # weekday (Monday 0), opens, closes in minutes of the day
STALE = _("Somebody else changed this in the meantime. Look at it as it is now, then try again.")


def add_venue(
    *, actor: Actor, district: District, values: Mapping[str, Any], hours: Hours, key: uuid.UUID | None = None
) -> Venue:
    """A new venue with its opening hours. Raises Invalid for a name the district has already."""
    if not actor.is_system:
        must_have(actor, Permission.EDIT_VENUES, district.pk)

    def do() -> dict[str, Any]:
        _unique(Venue.objects.filter(district=district), values["name"])
        venue = Venue.objects.create(district=district, **values)
        _write_hours(venue, hours)
        _log("venue.added", venue, actor, {"name": venue.name})
        return {"pk": venue.pk}

    answer = once(actor=actor.reference, key=key, purpose=f"add_venue:{district.pk}", do=do)
    return Venue.objects.select_related("district").get(pk=answer["pk"])


def edit_venue(*, actor: Actor, venue: Venue, values: Mapping[str, Any], hours: Hours, expected_version: int) -> None:
    """Corrects a venue; bookings made before keep their time and price. Raises Stale over a version not seen."""
    must_have(actor, Permission.EDIT_VENUES, venue.district_id)
    with transaction.atomic():
        lock_venue(venue.pk)
        fresh = Venue.objects.select_related("district").get(pk=venue.pk)
        _same(fresh.version, expected_version)
        _unique(Venue.objects.filter(district_id=fresh.district_id).exclude(pk=fresh.pk), values["name"])
        changed = sorted(name for name, value in values.items() if getattr(fresh, name) != value)
        for name, value in values.items():
            setattr(fresh, name, value)
        fresh.version += 1
        fresh.save()
        fresh.opening.all().delete()
        _write_hours(fresh, hours)
        _log("venue.edited", fresh, actor, {"fields": changed, "version": fresh.version})


def add_room(
    *,
    actor: Actor,
    venue: Venue,
    values: Mapping[str, Any],
    parent: Room | None = None,
    key: uuid.UUID | None = None,
) -> Room:
    """A new room, or a part of one. One that has been claimed cannot be divided: bookings would lose their place."""
    if not actor.is_system:
        must_have(actor, Permission.EDIT_VENUES, venue.district_id)

    def do() -> dict[str, Any]:
        lock_venue(venue.pk)
        _unique(Room.objects.filter(venue=venue), values["name"])
        _divisible(parent)
        room = Room.objects.create(venue=venue, parent=parent, **values)
        _log("room.added", venue, actor, {"room": str(room.key), "name": room.name, "capacity": room.capacity})
        return {"pk": room.pk}

    answer = once(actor=actor.reference, key=key, purpose=f"add_room:{venue.pk}", do=do)
    return Room.objects.select_related("venue__district").get(pk=answer["pk"])


def edit_room(*, actor: Actor, room: Room, values: Mapping[str, Any], expected_version: int) -> None:
    """Corrects a room. Where it hangs in the tree stays: another place is another room."""
    must_have(actor, Permission.EDIT_VENUES, room.venue.district_id)
    with transaction.atomic():
        lock_venue(room.venue_id)
        fresh = Room.objects.select_related("venue__district").get(pk=room.pk)
        _same(fresh.version, expected_version)
        _unique(Room.objects.filter(venue_id=fresh.venue_id).exclude(pk=fresh.pk), values["name"])
        changed = sorted(name for name, value in values.items() if getattr(fresh, name) != value)
        for name, value in values.items():
            setattr(fresh, name, value)
        fresh.version += 1
        fresh.save()
        _log("room.edited", fresh.venue, actor, {"room": str(fresh.key), "fields": changed, "version": fresh.version})


def name_officers(*, actor: Actor, venue: Venue, users: Sequence[User]) -> None:
    """From today these serve the venue; who did so until now is ended yesterday, never removed."""
    if not actor.is_system:
        must_have(actor, Permission.EDIT_VENUES, venue.district_id)
    today = clock.today()
    posts = Membership.objects.valid_on(today).filter(district_id=venue.district_id, role=Role.PREMISES_OFFICER)
    if {user.pk for user in users} - set(posts.values_list("user_id", flat=True)):
        message = _("Choose premises officers of the district.")
        raise Invalid(message, fields={"officers": [message]}, code="officers")
    with transaction.atomic():
        lock_venue(venue.pk)
        standing = {one.user_id: one for one in VenueOfficer.objects.filter(venue=venue, until__isnull=True)}
        for pk, one in standing.items():
            if pk not in {user.pk for user in users}:
                one.until = max(today, one.since)
                one.save(update_fields=["until"])
        for user in users:
            if user.pk not in standing:
                VenueOfficer.objects.create(venue=venue, user=user, since=today)
        _log("venue.officers_named", venue, actor, {"people": sorted(str(user.key) for user in users)})


def _divisible(parent: Room | None) -> None:
    if parent is not None and parent.claims.exists():
        message = _("%(room)s has been booked and cannot be divided. Add the parts as rooms of their own.")
        raise NotNow(message % {"room": parent.name}, code="has_claims")


def _unique(others: Any, name: str) -> None:
    if others.filter(name=name).exists():
        message = _("“%(name)s” is there already. Choose another name.") % {"name": name}
        raise Invalid(message, fields={"name": [message]}, code="name")


def _same(now: int, seen: int) -> None:
    if now != seen:
        raise Stale(STALE, seen=seen, current=now)


def _write_hours(venue: Venue, hours: Hours) -> None:
    OpeningHours.objects.bulk_create(
        OpeningHours(venue=venue, weekday=weekday, opens=opens, closes=closes) for weekday, opens, closes in hours
    )


def _log(verb: str, venue: Venue, actor: Actor, data: Mapping[str, Any]) -> None:
    record(actor=actor, verb=verb, district=venue.district.code, subject=f"venue:{venue.key}", data=data)
