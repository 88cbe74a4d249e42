"""One request for a room walked step by step, each by the right person, through the same services as the pages."""

import uuid
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from applications.associations.models import Association
from applications.cases import executor
from applications.cases.models import Hearing
from applications.cases.services.completion import ask_completion, register_completion
from applications.cases.services.consultation import answer_consultation, ask_consultation
from applications.cases.services.hearing import start_hearing
from applications.cases.services.jav import declare_jav
from applications.cases.services.replies import register_replies
from applications.decisions.models import DecisionTrack
from applications.examples.scenarios.reviewing import answer_ordinarily
from applications.examples.scenarios.staff import Staff
from applications.rentals.models import Booking, RentalApplication, Room
from applications.rentals.review_cycle import reviews_of
from applications.rentals.services.answer import answer_unavailable, cancel_booking, confirm_booking
from applications.rentals.services.enter_rental import Person, Wanted, edit_rental, enter_rental
from applications.rentals.services.occasion import take_booking_step
from applications.rentals.services.reserve import lapse_expired, reserve
from applications.rentals.slots.slot import Slot
from vetting.accounts.actors import Actor
from vetting.kernel import clock

WEEK = timedelta(days=7)


class RentalSteps:
    """Every method is one person's step, through the service that the page calls."""

    def __init__(
        self,
        *,
        staff: Staff,
        room: Room,
        slot: Slot,
        tenant: Association | Person,
        values: Mapping[str, Any] | None = None,
    ) -> None:
        self.staff, self.room, self.slot, self.tenant = staff, room, slot, tenant
        self.values = dict(values or {})
        self.pk: int = 0

    # -- reading ----------------------------------------------------------------------------------------------
    @property
    def case(self) -> Any:
        rows: Any = RentalApplication.objects.select_related("district", "association", "venue", "terms")
        return rows.get(pk=self.pk)

    @property
    def booking(self) -> Booking:
        return Booking.objects.select_related("case__district").filter(case_id=self.pk).order_by("-id")[0]

    @property
    def track(self) -> DecisionTrack:
        rows = DecisionTrack.objects.select_related("decision__board_item__meeting", "case__district")
        return rows.filter(case_id=self.pk).order_by("-id")[0]

    def perform(self, action: str, actor: Actor, **more: Any) -> None:
        executor.perform(subject=self.case, action=action, actor=actor, **more)

    def at_slot(self, after: timedelta = timedelta()) -> Any:
        """The clock as it shows when the event begins, and a while later."""
        return clock.shifted(self.slot.begins + after - _real_now())

    # -- the request ------------------------------------------------------------------------------------------
    def enter(self) -> None:
        """The steward types what was said on the telephone."""
        given = {
            "purpose_code": "meeting",
            "purpose": "Månadsmöte med föredrag och fika.",
            "openness": "members",
            "contact_name": "Kontaktperson",
            "contact_phone": "08-123 00 01",
            "permits": "none",
        }
        application = enter_rental(
            actor=self.staff.steward,
            venue=self.room.venue,
            tenant=self.tenant,
            values=given | self.values,
            wanted=[Wanted(self.room, self.slot)],
            key=uuid.uuid4(),
        )
        self.pk = application.pk

    def reserve(self) -> None:
        reserve(application=self.case, actor=self.staff.steward)

    def refuse_as_unavailable(self) -> None:
        answer_unavailable(application=self.case, because="outside_purposes", actor=self.staff.steward)

    def look_again(self) -> None:
        self.declare(self.staff.unit_head)
        self.perform("look_again", self.staff.unit_head, comment="Hyrestagaren ringde och bad om en ny prövning.")

    def accept_terms(self, action: str) -> None:
        filled: dict[str, Any] = {"terms_accepted_on": clock.today(), "terms_accepted_by": "Kontaktperson"}
        if self.case.venue.rented_in:
            filled |= {
                "consent_from": "Hyresvärden",
                "consent_scope": "Möten och kurser på kvällar",
                "consent_on": clock.today(),
            }
        confirm_booking(application=self.case, action=action, filled=filled, actor=self.staff.steward)

    def confirm(self) -> None:
        self.accept_terms("confirm")

    def declare(self, *people: Actor) -> None:
        for person in people:
            declare_jav(case=self.case, actor=person, answer="none")

    def start_review(self) -> None:
        self.declare(self.staff.steward)
        self.perform("start_review", self.staff.steward)

    def answer_all(self) -> None:
        for review in reviews_of(self.case):
            if review.is_open:
                answer_ordinarily(review, self.staff.steward, case=self.case.key)

    def confirm_reviewed(self) -> None:
        self.answer_all()
        self.accept_terms("confirm_reviewed")

    # -- side tracks ------------------------------------------------------------------------------------------
    def ask(self) -> None:
        ask_completion(
            case=self.case,
            items=["Program för kvällen"],
            last_day=clock.today() + WEEK,
            actor=self.staff.steward,
        )

    def asked(self) -> None:
        register_completion(case=self.case, received=[0], actor=self.staff.steward, arrived_on=clock.today())

    def consult(self) -> None:
        ask_consultation(
            case=self.case,
            asked_of="coordinator",
            circumstance="Affischen till kvällen nämner en inbjuden talare.",
            question="Vad är känt om arrangörens tidigare möten i området?",
            last_day=clock.today() + timedelta(days=3),
            actor=self.staff.steward,
        )

    def consulted(self) -> None:
        answer_consultation(
            case=self.case,
            actor=self.staff.coordinator,
            answer="Inget är känt i det avseendet.",
            basis="Egna anteckningar från områdets samverkan.",
            own=True,
        )

    def hear(self) -> None:
        start_hearing(
            case=self.case,
            facts=[
                {"text": "Vid förra bokningen lämnades lokalen ostädad.", "source": "Genomgång", "evidence_key": ""}
            ],
            last_day=clock.today() + 2 * WEEK + timedelta(days=1),
            actor=self.staff.steward if self.case.state == "review" else self.staff.unit_head,
        )

    def hear_termination(self) -> None:
        """The grounds are sent; the tenant says at once that it has nothing to add, and that is written down."""
        self.declare(self.staff.unit_head)
        self.hear()
        self.reply("Vi har inget att tillägga.")
        self.perform("heard", self.staff.unit_head)

    def reply(self, said: str) -> None:
        hearing = Hearing.objects.get(case_id=self.pk, ended_at__isnull=True)
        register_replies(
            case=self.case,
            actor=self.staff.unit_head,
            replies={fact.key: said for fact in hearing.facts.all()},
            arrived_on=clock.today(),
        )

    def accept(self) -> None:
        """The tenant accepts the terms before a decision is made."""
        case = self.case
        edit_rental(
            actor=self.staff.steward,
            application=case,
            values={"terms_accepted_on": clock.today(), "terms_accepted_by": "Kontaktperson"},
            expected_version=case.version,
        )

    # -- the end ----------------------------------------------------------------------------------------------
    def withdraw(self) -> None:
        self.perform("withdraw", self.staff.steward, comment="Kontaktpersonen ringde: mötet blir av på annan plats.")

    def lapse(self) -> None:
        """The tick finds that nobody confirmed in time."""
        held = max(claim.held_until for claim in self.booking.claims.all() if claim.held_until)
        with clock.shifted(max(clock.now(), held + timedelta(minutes=1)) - _real_now()):
            lapse_expired()

    def cancel(self) -> None:
        cancel_booking(
            application=self.case,
            asked_on=clock.today(),
            comment="Kontaktpersonen ringde och avbokade.",
            actor=self.staff.steward,
        )

    def close(self) -> None:
        self.perform("close", self.staff.steward)

    # -- the date ---------------------------------------------------------------------------------------------
    def date_step(self, action: str, comment: str = "", **said: str) -> None:
        take_booking_step(booking=self.booking, action=action, actor=self.staff.steward, said=said, comment=comment)


def _real_now() -> datetime:
    with clock.shifted(timedelta()):
        return clock.now()
