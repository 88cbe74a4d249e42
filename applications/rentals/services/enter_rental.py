"""Entering a request that came by telephone, mail or paper, and correcting it while nothing is confirmed."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.utils.translation import gettext_lazy as _

from applications.associations.models import Association
from applications.cases import executor
from applications.cases.locking import lock_for
from applications.cases.models import Channel
from applications.rentals.models import RentalApplication, Room, TermsVersion, Venue, Wish
from applications.rentals.selectors import applications, terms_on
from applications.rentals.slots.slot import Slot
from applications.rentals.terms.venue_terms import read_terms
from applications.rentals.workflow.states import BEFORE_CONFIRMED
from vetting.accounts.actors import Actor
from vetting.accounts.pages import must_have
from vetting.accounts.roles import Permission, Role
from vetting.audit.services import record, store_payload
from vetting.jobs.idempotency import once
from vetting.kernel import clock, orgnr
from vetting.kernel.errors import Invalid, NotNow, Stale

NO_IDENTITY = _("Do not write a person's identity number: name and contact are enough.")
SLOTS_FIXED = _("The time is reserved. Withdraw this request and enter a new one for another time.")


@dataclass(frozen=True, slots=True)
class Person:
    """A private tenant: name and contact only, kept in a payload of the district (design §4)."""

    name: str
    email: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A date that is asked for."""

    room: Room
    slot: Slot


def enter_rental(
    *,
    actor: Actor,
    venue: Venue,
    tenant: Association | Person,
    values: Mapping[str, Any],
    wanted: Sequence[Wanted],
    channel: str = Channel.EMAIL,
    received_on: date | None = None,
    key: uuid.UUID,
) -> RentalApplication:
    """Receives a request, once per `key`: it gets its diary number and the venue's terms in force are kept with it.

    `values` are the application's own fields. Raises NotAllowed, Invalid (a purpose not published, a room of another
    venue, no date, an identity number), NotNow while the venue has no published terms.
    """
    must_have(actor, Permission.REGISTER_RENTAL, venue.district_id)

    def do() -> dict[str, str]:
        terms = terms_in_force(venue)
        check(venue, terms, values, wanted)
        received = received_on or clock.today()
        application = RentalApplication(
            kind="rental",
            district=venue.district,
            unit_id=venue.unit_id,
            venue=venue,
            terms=terms,
            channel=channel,
            received_at=datetime.combine(received, time(12), tzinfo=clock.STOCKHOLM),
            received_date=received,
            officer_id=actor.user_id if Role.PREMISES_OFFICER in actor.roles_in(venue.district_id) else None,
            **_tenant(venue, tenant),
            **values,
        )
        executor.create(subject=application, actor=actor, data={"terms": terms.number, "dates": len(wanted)})
        _write(application, wanted)
        return {"case": str(application.key)}

    answer = once(actor=actor.reference, key=key, purpose=f"enter_rental:{venue.pk}", do=do)
    return applications().get(key=answer["case"])


def edit_rental(
    *,
    actor: Actor,
    application: RentalApplication,
    values: Mapping[str, Any],
    wanted: Sequence[Wanted] | None = None,
    expected_version: int,
    key: uuid.UUID | None = None,
) -> None:
    """Corrects what was entered; the log keeps what stood before. Dates can be changed until they are reserved.

    Raises Stale over a version not seen, NotNow later on, Invalid, NotAllowed, LockedOut.
    """

    def do() -> dict[str, Any]:
        lock_for(case=application, actor=actor, permission=Permission.REGISTER_RENTAL)
        rows: Any = RentalApplication.objects.select_related("district", "venue", "terms")
        fresh = rows.select_for_update(of=("case_ptr",), no_key=True).get(pk=application.pk)
        if fresh.version != expected_version:
            raise Stale(
                _("Somebody else changed this in the meantime. Look at it as it is now, then try again."),
                seen=expected_version,
                current=fresh.version,
            )
        if fresh.state not in BEFORE_CONFIRMED:
            raise NotNow(_("The request can no longer be changed: it has been answered."), code="answered")
        dates = [Wanted(one.room, one.slot) for one in fresh.wishes.select_related("room")]
        moved = wanted is not None and _keys(wanted) != _keys(dates)
        if moved and fresh.state != "received":
            raise NotNow(SLOTS_FIXED, code="reserved")
        check(fresh.venue, fresh.terms, values, wanted if wanted is not None else dates)
        before = {name: getattr(fresh, name) for name in values}
        for name, value in values.items():
            setattr(fresh, name, value)
        fresh.version += 1
        fresh.save(update_fields=[*values, "version"])
        if moved and wanted is not None:
            fresh.wishes.all().delete()
            _write(fresh, wanted)
        changed = sorted(name for name, value in values.items() if value != before[name])
        changed += ["dates"] if moved else []
        _log(fresh, actor, changed, before, values)
        return {}

    once(actor=actor.reference, key=key, purpose=f"edit_rental:{application.pk}", do=do)


def terms_in_force(venue: Venue) -> TermsVersion:
    """The venue's published terms today. Raises NotNow: without them there is nothing to hold a tenant to."""
    found = terms_on(venue, clock.today())
    if found is None:
        raise NotNow(
            _("%(venue)s has no published terms in force. They are published first.") % {"venue": venue.name},
            code="no_terms",
        )
    return found


def check(venue: Venue, terms: TermsVersion, values: Mapping[str, Any], wanted: Sequence[Wanted]) -> None:
    """What no request may be: without a date, for a room elsewhere, for a purpose that is not published."""
    fields: dict[str, list[Any]] = {}
    if not wanted:
        fields["room"] = [_("Write which room and time is asked for.")]
    for one in wanted:
        if one.room.venue_id != venue.pk:
            fields["room"] = [_("Choose a room in %(venue)s.") % {"venue": venue.name}]
        if one.slot.ends <= one.slot.begins:
            fields["ends"] = [_("The end comes before the start. Check both times.")]
        if one.slot.people < 1:
            fields["people"] = [_("Write how many people are expected.")]
    pairs = [(a, b) for number, a in enumerate(wanted) for b in wanted[:number] if a.room == b.room]
    if any(a.slot.overlaps(b.slot, venue.turnaround_minutes) for a, b in pairs):
        fields["begins"] = [_("Two of the dates collide with each other. Check the days and times.")]
    if "purpose_code" in values and read_terms(terms.content).purpose(values["purpose_code"]) is None:
        fields["purpose_code"] = [_("Choose one of the venue's published purposes.")]
    for name in ("purpose", "contact_name", "sub_organiser", "terms_accepted_by"):
        if orgnr.holds_identity_number(str(values.get(name, ""))):
            fields[name] = [NO_IDENTITY]
    if fields:
        raise Invalid(_("The request is not complete."), fields=fields, code="rental")


def _tenant(venue: Venue, tenant: Association | Person) -> dict[str, Any]:
    if isinstance(tenant, Association):
        return {"association": tenant}
    if not tenant.name.strip():
        message = _("Write the tenant's name.")
        raise Invalid(message, fields={"tenant_name": [message]}, code="tenant")
    if any(orgnr.holds_identity_number(value) for value in (tenant.name, tenant.email, tenant.phone)):
        raise Invalid(NO_IDENTITY, fields={"tenant_name": [NO_IDENTITY]}, code="identity")
    content = {"name": tenant.name.strip(), "email": tenant.email.strip(), "phone": tenant.phone.strip()}
    row, _promise = store_payload(content, district=venue.district.code)
    return {"tenant_payload_id": row.pk}


def _write(application: RentalApplication, wanted: Sequence[Wanted]) -> None:
    Wish.objects.bulk_create(
        Wish(application=application, room=one.room, begins=one.slot.begins, ends=one.slot.ends, people=one.slot.people)
        for one in wanted
    )


def _keys(wanted: Sequence[Wanted]) -> list[tuple[Any, ...]]:
    return sorted((one.room.pk, one.slot.begins, one.slot.ends, one.slot.people) for one in wanted)


def _log(
    application: Any, actor: Actor, changed: list[str], before: Mapping[str, Any], after: Mapping[str, Any]
) -> None:
    record(
        actor=actor,
        verb="rental.edited",
        case=application.key,
        district=application.district.code,
        subject=f"case:{application.pk}",
        data={"fields": changed, "version": application.version},
        payload={name: {"before": before[name], "after": after[name]} for name in changed if name in after} or None,
    )
