"""What the system already knows of an event: suggestions a person confirms, and L16, which only the system answers.

Only facts, never a judgment: L5–L9 have no provider (docs/domain.md §3; design §5).
"""

import uuid
from typing import Any

from django.urls import reverse

from applications.decisions.models import Proposal, ProposalStatus
from applications.rentals.dates import is_any_held, place_of, terms_of, wishes_of
from applications.rentals.models import RentalApplication
from applications.rentals.review_cycle import clearing_review
from applications.rentals.selectors import applications
from applications.rentals.slots.refusals import against
from checklists.facts import Fact
from checklists.models import Review
from checklists.rules.definition import Value
from checklists.rules.verdict import verdict
from checklists.selectors.reviews import material
from vetting.kernel import clock
from vetting.kernel.workflow import facts

OWNER = "applications.rentals"


def application_of(review: Review) -> RentalApplication | None:
    if not review.subject.startswith("event:"):
        return None
    return applications().filter(key=uuid.UUID(review.subject.split(":", 1)[1])).first()


def tenant_known(review: Review) -> Fact | None:
    """L1: a tenant of the register, somebody responsible on the spot, nobody behind."""
    case = application_of(review)
    if case is None or not case.association_id or not case.contact_name or case.sub_organiser:
        return None
    url = reverse("show-association", args=[case.association.key]) if case.association else ""
    return Fact(value=Value.YES, as_of=case.received_date or clock.today(), url=url)


def room_fits(review: Review) -> Fact | None:
    """L11: an own venue, within hours and capacity. A rented-in one needs a consent that a person reads."""
    case = application_of(review)
    if case is None or case.venue.rented_in:
        return None
    today, now = clock.today(), clock.now()
    fits = not any(against(wish.slot, place_of(case, wish.room, today), now) for wish in wishes_of(case))
    return Fact(value=Value.YES, as_of=today) if fits and is_any_held(case, now) else None


def tariff_right(review: Review) -> Fact | None:
    """L12: the price was frozen under the published tariff by its own rule."""
    case = application_of(review)
    if case is None or not case.bookings.filter(state="claimed").exists():
        return None
    return Fact(value=Value.YES, as_of=clock.today(), url=reverse("show-bookings", args=[case.key]))


def tenant_cleared(review: Review) -> Fact | None:
    """L14: a review of the association that still holds and has nothing adverse in it."""
    case = application_of(review)
    signed = clearing_review(case) if case is not None else None
    if signed is None or signed.completed_at is None or verdict(material(signed).view).adverse:
        return None
    return Fact(value=Value.YES, as_of=clock.stockholm(signed.completed_at).date(), reference=signed.reference)


def special_circumstances(review: Review) -> Fact | None:
    """L15: as the booking says."""
    case = application_of(review)
    if case is None:
        return None
    value = Value.YES if set(case.circumstances) & terms_of(case).rules_on else Value.NO
    return Fact(value=value, as_of=case.received_date or clock.today())


def reasons_written(review: Review) -> Fact | None:
    """L16: the reasons for a no are stored before any answer is given (RF 1:9; JO 1008-2021)."""
    case = application_of(review)
    if case is None:
        return None
    proposal = Proposal.objects.filter(case_id=case.pk).exclude(status=ProposalStatus.DROPPED).order_by("-id").first()
    if proposal is None:
        return None
    written = bool(proposal.facts.strip() and proposal.assessment.strip() and proposal.citations)
    url = reverse("show-decisions", args=[case.key])
    value = Value.YES if written else Value.NO
    return Fact(value=value, as_of=clock.stockholm(proposal.saved_at).date(), at=proposal.saved_at, url=url)


PROVIDERS: dict[str, Any] = {
    "L1": tenant_known,
    "L11": room_fits,
    "L12": tariff_right,
    "L14": tenant_cleared,
    "L15": special_circumstances,
    "L16": reasons_written,
}


def register_all() -> None:
    for question, provider in PROVIDERS.items():
        facts.register(question, provider, owner=OWNER)
