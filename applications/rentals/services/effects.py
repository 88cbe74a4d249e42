"""Effects that the rows of the rental case and of its bookings name, run by the executor in its transaction."""

from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from applications.cases import executor
from applications.cases.models import Case, Hearing
from applications.cases.texts import keep as keep_text
from applications.decisions.models import BoardItem, Proposal, ProposalStatus
from applications.rentals.dates import terms_of, wishes_of
from applications.rentals.models import Booking, BookingNote, Cancellation, RentalApplication, Unavailable
from applications.rentals.review_cycle import SYSTEM
from applications.rentals.selectors import price_for, tariff_on, tenant_kind
from applications.rentals.services import claims
from applications.rentals.terms.tariff import ORE
from vetting.kernel import clock
from vetting.kernel.errors import Invalid, NotNow
from vetting.kernel.workflow import Move

AFTER_EVENT = timedelta(days=7)


def claim(move: Move) -> None:
    """Effect `rental.claim`: a booking per date, price and group frozen, its rooms softly claimed."""
    for wish in wishes_of(move.subject):
        claim_date(move, wish)


def claim_date(move: Move, wish: Any) -> Booking:
    """One date of the case becomes a booking. Raises SlotTaken, or NotNow where no tariff is in force."""
    case = move.subject
    rooms, span = claims.take(wish.room, wish.slot, now=move.at)
    tariff = tariff_on(case.district_id, move.today)
    if tariff is None:
        raise NotNow(_("No tariff is in force. It is published first, so that the price is the same for all."))
    price = price_for(tariff, tenant=tenant_kind(case), room=wish.room, minutes=wish.slot.minutes)
    booking = Booking(
        case=move.case,
        venue_id=case.venue_id,
        room=wish.room,
        begins=wish.begins,
        ends=wish.ends,
        people=wish.people,
        tariff=tariff,
        tariff_group=price.group.code,
        per_hour=price.per_hour,
        full_price=price.full,
        price=price.price,
        created_at=move.at,
    )
    data = {"room": str(wish.room.key), "begins": wish.begins, "ends": wish.ends, "price": price.price}
    executor.create(subject=booking, actor=move.actor, data=data)
    until = min(claims.end_of(move.case.due_on or move.today), wish.begins)
    claims.keep(booking, rooms, span, held_until=until)
    return booking


def hold(move: Move) -> None:
    """Effect `rental.hold`: while the case is reviewed its claims' expiry follows the case's last day (design §7)."""
    case = move.subject
    bookings = list(case.bookings.filter(state="claimed"))
    if bookings and case.due_on:
        claims.hold(bookings, case.venue_id, claims.end_of(case.due_on))


def book(move: Move) -> None:
    """Effect `rental.book`: every held date is booked, and the case is due a week after the last of them."""
    for booking in move.subject.bookings.filter(state="claimed").order_by("id"):
        executor.perform(subject=booking, action="book", actor=SYSTEM)
    follow(move)


def follow(move: Move) -> None:
    """Effect `rental.follow`: a confirmed case is looked at again a week after its last date."""
    last = move.subject.bookings.order_by("-ends").values_list("ends", flat=True).first()
    if last is not None:
        _due(move, max(clock.stockholm(last).date() + AFTER_EVENT, move.today))


def _due(move: Move, day: date) -> None:
    move.subject.due_on = day
    Case.objects.filter(pk=move.case.pk).update(due_on=day)


def release(move: Move) -> None:
    """Effect `rental.release`: the case ended another way; what was held is given up."""
    action = "lapse" if move.row.action == "lapse" else "release"
    for booking in move.subject.bookings.filter(state="claimed").order_by("id"):
        executor.perform(subject=booking, action=action, actor=SYSTEM)


def unavailable(move: Move) -> None:
    """Effect `rental.unavailable`: the answer with its code, the terms' version and the alternatives shown."""
    Unavailable.objects.create(
        application=move.subject,
        because=move.data["because"],
        terms_id=move.subject.terms_id,
        alternatives=list(move.data.get("alternatives", ())),
        by=move.actor.reference,
        at=move.at,
    )
    move.log.update(because=move.data["because"], terms=move.subject.terms.number)


def items_ended(move: Move) -> None:
    """Effect `rental.items_ended`: a withdrawn request leaves the board's list, and its proposal is dropped."""
    BoardItem.objects.filter(case=move.case, kind="decide", ended_at__isnull=True).update(ended_at=move.at)
    open_ones = Proposal.objects.filter(case=move.case, status=ProposalStatus.OPEN)
    open_ones.update(status=ProposalStatus.DROPPED)


def cancelled(move: Move) -> None:
    """Effect `rental.cancelled`: the dates ahead are given up, and what it costs by the terms is written down."""
    asked_on = move.data.get("asked_on") or move.today
    if asked_on > move.today:
        message = _("The day it was cancelled cannot lie after today.")
        raise Invalid(message, fields={"asked_on": [message]}, code="asked_on")
    fee = cancellation_fee(move.subject, asked_on)
    Cancellation.objects.create(
        application=move.subject, asked_on=asked_on, fee=fee, by=move.actor.reference, at=move.at
    )
    move.log.update(fee=fee, asked_on=asked_on)
    _cancel_ahead(move)


def cancellation_fee(application: RentalApplication, asked_on: date) -> Decimal:
    """What cancelling costs by the terms, in kr: nothing in time, later a share of what the dates cost."""
    terms = terms_of(application)
    ahead = application.bookings.filter(state="booked")
    late = [one.price for one in ahead if (one.slot.day - asked_on).days < terms.free_cancel_days]
    return (sum(late, Decimal(0)) * terms.late_cancel_share).quantize(ORE, ROUND_HALF_UP)


def revoked(move: Move) -> None:
    """Effect `rental.revoked`: the dates ahead are given up; a hearing that still runs is ended as it stands."""
    from applications.cases.services.hearing import ended

    if Hearing.objects.filter(case_id=move.case.pk, ended_at__isnull=True).exists():
        ended(move)
    _cancel_ahead(move)


def _cancel_ahead(move: Move) -> None:
    for booking in move.subject.bookings.filter(state="booked").order_by("id"):
        executor.perform(subject=booking, action="cancel", actor=SYSTEM, comment=move.comment or str(move.row.label))


def preparer(move: Move) -> None:
    """Effect `rental.preparer`: who proposed the refusal does not read or decide it."""
    type(move.subject).objects.filter(pk=move.subject.pk).update(preparer_id=move.actor.user_id)


def booking_firm(move: Move) -> None:
    """Effect `booking.firm`."""
    claims.firm(move.subject)


def booking_free(move: Move) -> None:
    """Effect `booking.free`."""
    claims.free(move.subject, move.at)


NOTES = {
    "give_key": BookingNote.Kind.KEY,
    "stop": BookingNote.Kind.STOPPED,
    "inspect": BookingNote.Kind.CHECKED,
    "note_deviation": BookingNote.Kind.DEVIATION,
    "finish": BookingNote.Kind.SETTLED,
}
WRITTEN = ("note", "decided_by", "happened", "ground", "milder")


def booking_note(move: Move) -> None:
    """Effect `booking.note`: what was seen or done, in the writer's words; nothing written, nothing kept."""
    said = {name: str(move.data[name]).strip() for name in WRITTEN if str(move.data.get(name, "")).strip()}
    if not said:
        return
    payload, promise = keep_text(move.case, said)
    BookingNote.objects.create(
        booking=move.subject,
        kind=NOTES[move.row.action],
        payload_id=payload,
        commitment=promise,
        by=move.actor.reference,
        at=move.at,
    )
