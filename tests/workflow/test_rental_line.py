"""The rental case and its bookings, walked by the right people through the services the pages call."""

import pytest
from django.db import connection

from applications.cases.invariants import breaches
from applications.cases.models import CaseReview
from applications.decisions.models import Decision
from applications.examples.scenarios.rental_case import BOOKING_ROUTES, ROUTES
from applications.rentals.services.confirmation import letter_of
from applications.rentals.workflow import BOOKING, RENTAL
from checklists.models import Review
from tests.factories import rentals
from vetting.kernel.errors import NotNow

pytestmark = pytest.mark.django_db
OTHERWISE = {"confirmed_by_decision": "confirmed", "refused_by_board": "refused"}


def whole() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    assert list(breaches()) == []


@pytest.mark.parametrize("state", ROUTES)
def test_each_state_is_reached_by_the_right_people(state):
    case = rentals.rental()
    assert case.walk(state).state == OTHERWISE.get(state, state)
    whole()


@pytest.mark.parametrize("state", BOOKING_ROUTES)
def test_each_state_of_a_date_is_reached(state):
    case = rentals.rental()
    assert case.walk_booking(state).state == state
    whole()


def test_no_state_is_forgotten():
    assert {OTHERWISE.get(state, state) for state in ROUTES} == {state.code for state in RENTAL.states}
    assert set(BOOKING_ROUTES) == {state.code for state in BOOKING.states}


def test_a_cleared_association_is_confirmed_at_once_and_its_review_used_again():
    first = rentals.rental()
    first.walk("confirmed")
    review = CaseReview.objects.get(case_id=first.pk, part="association").review
    second = rentals.rental(staff=first.staff, where=first.room, slot=rentals.evening(days=25), who=first.tenant)
    second.enter()
    second.reserve()
    second.confirm()
    assert second.case.state == "confirmed"
    assert not CaseReview.objects.filter(case_id=second.pk).exists()
    third = rentals.rental(
        staff=first.staff, where=first.room, slot=rentals.evening(days=26), who=first.tenant, openness="public"
    )
    third.walk("review")
    assert CaseReview.objects.get(case_id=third.pk, part="association").review_id == review.pk
    assert Review.objects.filter(template="association").count() == 1
    whole()


def test_a_new_tenant_is_reviewed_and_told_why():
    case = rentals.rental()
    case.enter()
    case.reserve()
    with pytest.raises(NotNow) as caught:
        case.confirm()
    assert [reason.code for reason in caught.value.reasons] == ["assessment_owed"]


def test_a_private_person_with_a_closed_meeting_is_confirmed_at_once():
    case = rentals.rental(who=rentals.person())
    case.enter()
    case.reserve()
    case.confirm()
    assert (case.case.state, case.booking.tariff_group, case.booking.price) == ("confirmed", "full", 720)
    letter = letter_of(case.case.confirmations.get())
    assert letter["recipient"][0] == "Hyrestagare Exempel"


def test_the_confirmation_says_slot_price_terms_key_and_contact_and_no_appeal():
    case = rentals.rental()
    case.walk("confirmed")
    letter = letter_of(case.case.confirmations.get())
    text = str(letter)
    for part in ("18.00–21.00", "180", "Föreningstaxa", "Nyckel i receptionen.", "Ansvarig på plats", case.case.number):
        assert part in text
    assert "överklag" not in text.lower()
    assert not Decision.objects.filter(case_id=case.pk).exists()


def test_parties_faith_communities_and_associations_get_the_same_price_questions_and_steps():
    staff = rentals.office()
    hall = rentals.room(rentals.venue(staff.district))
    seen = set()
    for number, form in enumerate(("nonprofit", "nonprofit", "faith_community")):
        case = rentals.rental(
            staff=staff, where=hall, slot=rentals.evening(days=20 + number), who=rentals.tenant(form), openness="public"
        )
        case.walk("review")
        asked = tuple(tuple(link.review.asked) for link in CaseReview.objects.filter(case_id=case.pk).order_by("id"))
        seen.add((case.booking.price, case.booking.tariff_group, asked, case.case.due_on))
    assert len(seen) == 1


def test_a_termination_needs_hearing_reading_and_another_decider():
    case = rentals.rental()
    case.walk("confirmed")
    case.declare(case.staff.unit_head)
    case.propose_no()
    with pytest.raises(NotNow) as caught:
        case.decide()
    codes = {reason.code for reason in caught.value.reasons}
    assert {"not_heard", "reading_owed"} <= codes
    assert case.case.state == "confirmed"


def test_a_rented_in_venue_is_confirmed_only_with_the_landlords_consent():
    staff = rentals.office()
    house = rentals.venue(staff.district, rented_in=True, head_lease="Hyresvärden, till 2030")
    case = rentals.rental(staff=staff, where=rentals.room(house))
    case.walk("review")
    case.answer_all()
    from applications.rentals.services.answer import confirm_booking
    from vetting.kernel import clock

    filled = {"terms_accepted_on": clock.today(), "terms_accepted_by": "Kontaktperson"}
    with pytest.raises(NotNow) as caught:
        confirm_booking(application=case.case, action="confirm_reviewed", filled=filled, actor=staff.steward)
    assert "consent_missing" in {reason.code for reason in caught.value.reasons}
    case.confirm_reviewed()
    assert case.case.state == "confirmed"
