"""Reserving, reserving again, and giving up what nobody confirmed in time (design §7; docs/domain.md §8.2)."""

import uuid
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from applications.cases import executor
from applications.cases.locking import lock_for
from applications.rentals.dates import lapsed_dates, place_of, terms_of
from applications.rentals.models import Booking, Claim, RentalApplication
from applications.rentals.review_cycle import SYSTEM
from applications.rentals.selectors import applications
from applications.rentals.services.effects import claim_date
from applications.rentals.slots.refusals import against
from applications.rentals.workflow import RENTAL
from applications.rentals.workflow.states import IN_REVIEW
from vetting.accounts.actors import Actor
from vetting.accounts.roles import Permission
from vetting.jobs.idempotency import once
from vetting.kernel import clock
from vetting.kernel.errors import DomainError, NotNow
from vetting.kernel.workflow import Move

AGAIN = frozenset({"preliminary", *IN_REVIEW})


def reserve(
    *,
    application: RentalApplication,
    actor: Actor,
    expected_version: int | None = None,
    key: uuid.UUID | None = None,
) -> executor.Done:
    """Holds every date of the request for the days its terms say. Raises SlotTaken: all dates are held, or none."""
    days = terms_of(application).hold_days
    return executor.perform(
        subject=application,
        action="reserve",
        actor=actor,
        data={"due_on": clock.today() + timedelta(days=days)},
        expected_version=expected_version,
        key=key,
    )


def reserve_again(*, application: RentalApplication, actor: Actor, key: uuid.UUID | None = None) -> None:
    """Holds the dates that lapsed while the case was handled, if they are still free. Raises SlotTaken, NotNow."""

    def do() -> dict[str, Any]:
        lock_for(case=application, actor=actor, permission=Permission.REGISTER_RENTAL)
        fresh: Any = applications().get(pk=application.pk)
        if fresh.state not in AGAIN:
            raise NotNow(_("A time is held only while the request is handled."), code="wrong_state")
        _drop_lapsed(fresh)
        move = _beside(fresh, actor)
        for wish in lapsed_dates(fresh):
            if found := against(wish.slot, place_of(fresh, wish.room, move.today), move.at):
                raise NotNow(found[0].text, reasons=found[:1], code=found[0].code)
            claim_date(move, wish)
        return {}

    once(actor=actor.reference, key=key, purpose=f"reserve_again:{application.pk}", do=do)


def _beside(application: Any, actor: Actor) -> Move:
    """What `claim_date` needs of a move, where the case itself does not move."""
    row = RENTAL.rows_of("reserve")[0]
    return Move(application, application, row, actor, clock.now(), clock.today())


def _drop_lapsed(application: Any) -> None:
    """Bookings whose claims are gone get their state; what was given up to somebody else is not ours any more."""
    standing = Claim.objects.filter(booking__case_id=application.pk, released_at__isnull=True)
    for booking in application.bookings.filter(state="claimed").exclude(claims__in=standing):
        executor.perform(subject=booking, action="lapse", actor=SYSTEM)


def lapse_expired(*, most: int = 500) -> int:
    """What the tick does: cases nobody confirmed in time lapse, and dates in review whose hold is out.

    Each in a transaction of its own; one that cannot be moved stops no other. Returns how many were moved.
    """
    moved = 0
    for subject in _expired(most):
        try:
            with transaction.atomic():
                executor.perform(subject=subject, action="lapse", actor=SYSTEM)
        except DomainError:
            continue  # somebody moved it meanwhile
        moved += 1
    return moved


def _expired(most: int) -> Iterator[Any]:
    now = clock.now()
    held = Q(claims__isnull=False, claims__released_at__isnull=True) & (
        Q(claims__held_until__isnull=True) | Q(claims__held_until__gt=now)
    )
    lasting = Booking.objects.filter(held, state="claimed")
    yield from applications().filter(state="preliminary").exclude(bookings__in=lasting).order_by("pk")[:most]
    out = Booking.objects.filter(state="claimed").exclude(pk__in=lasting.values("pk"))
    yield from out.exclude(case__state="preliminary").select_related("case").order_by("pk")[:most]
