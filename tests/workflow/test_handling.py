"""Assignment, notes, links: what is written in a case beside its workflow."""

import uuid
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from applications.cases import executor, rules
from applications.cases.locking import LockedOut
from applications.cases.models import Assignment, CaseLink, Note, SecretNote
from applications.cases.selectors.papers import notes_of
from applications.cases.services.assign import assign_many, assign_officer, possible_officers
from applications.cases.services.jav import declare_jav
from applications.cases.services.links import link_cases, unlink_cases
from applications.cases.services.notes import read_secrecy_note, write_note
from applications.cases.services.secrecy import section_of
from tests.factories import people
from tests.workflow import handled
from vetting.accounts.models import User
from vetting.accounts.roles import Role
from vetting.audit.models import Event
from vetting.jobs.idempotency import KeyOfAnother
from vetting.kernel import clock
from vetting.kernel.errors import Invalid, NotAllowed, Stale
from vetting.kernel.workflow import Move

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _machine() -> None:
    handled.install()


@pytest.fixture
def officer():
    return people.actor(Role.GRANT_OFFICER)


@pytest.fixture
def head():
    return people.actor(Role.UNIT_HEAD)


@pytest.fixture
def case(officer):
    return handled.received(officer)


def user(actor) -> User:
    return User.objects.get(pk=actor.user_id)


def test_each_handover_is_dated_and_the_case_has_one_officer(case, officer, head):
    other = people.user(Role.GRANT_OFFICER)
    assert assign_officer(case=case, officer=user(officer), actor=head)
    assert assign_officer(case=case, officer=other, actor=head, back_on=clock.today() + timedelta(days=30))
    assert not assign_officer(case=case, officer=other, actor=head)
    rows = list(Assignment.objects.order_by("id").values_list("officer_id", "since", "ended_on", "back_on"))
    today = clock.today()
    assert rows == [
        (officer.user_id, today, today, None),
        (other.pk, today, None, today + timedelta(days=30)),
    ]
    assert handled.again(case).officer == other


def test_over_a_handover_not_seen_nothing_is_saved(case, officer, head):
    assign_officer(case=case, officer=user(officer), actor=head)
    with pytest.raises(Stale):
        assign_officer(case=case, officer=people.user(Role.GRANT_OFFICER), actor=head, seen_officer_id=None)
    assert handled.again(case).officer_id == officer.user_id


@pytest.mark.parametrize("roles", [(), (Role.SECOND_READER,)])
def test_only_somebody_with_an_officers_role_gets_a_case(case, head, roles):
    somebody = people.user(*roles)
    with pytest.raises(Invalid) as wrong:
        assign_officer(case=case, officer=somebody, actor=head)
    assert wrong.value.code == "not_an_officer"
    assert somebody not in possible_officers(case)


def test_the_day_it_goes_back_lies_ahead(case, officer, head):
    with pytest.raises(Invalid) as wrong:
        assign_officer(case=case, officer=user(officer), actor=head, back_on=clock.today())
    assert "back_on" in wrong.value.fields
    assert not Assignment.objects.exists()


def test_who_may_not_assign_does_not(case, officer):
    with pytest.raises(NotAllowed):
        assign_officer(case=case, officer=user(officer), actor=people.actor(Role.SECOND_READER))


def test_one_problem_stops_no_other_in_a_bulk_assignment(officer, head):
    cases = [handled.received(officer) for _ in range(3)]
    declare_jav(case=cases[1], actor=officer, answer="yes")
    outcomes = assign_many(cases=cases, officer=user(officer), actor=head)
    assert [outcome.code for outcome in outcomes] == ["changed", "jav_out", "changed"]
    assert [handled.again(case).officer_id for case in cases] == [officer.user_id, None, officer.user_id]


def test_a_bulk_assignment_leaves_out_what_the_rules_speak_against_and_says_why(officer, head):
    south = people.district("SÖD")
    elsewhere = handled.received(people.actor(Role.GRANT_OFFICER, at=south), at=south)
    closed, had, taken, free = (handled.in_review(officer) for _ in range(4))
    executor.perform(subject=closed, action="withdraw", actor=officer)
    assign_officer(case=had, officer=user(officer), actor=head)
    assign_officer(case=taken, officer=people.user(Role.GRANT_OFFICER), actor=head)
    both = people.also(user(head), Role.SECOND_READER, at=south)
    cases = [elsewhere, closed, had, taken, free]
    seen = dict.fromkeys((case.key for case in cases), None)
    outcomes = assign_many(cases=cases, officer=user(officer), actor=both, seen=seen)
    codes = {outcome.case: outcome.code for outcome in outcomes}
    assert [codes[case.key] for case in cases] == ["may_not", "closed", "has_it", "stale", "changed"]
    assert handled.again(free).officer_id == officer.user_id
    assert Event.objects.filter(verb="case.assigned").count() == 3


def test_a_case_not_shown_when_it_was_checked_is_not_taken_from_whoever_has_it(officer, head):
    case = handled.received(officer)
    (outcome,) = assign_many(cases=[case], officer=user(officer), actor=head, seen={})
    assert outcome.code == "stale"


def test_whoever_is_out_of_a_case_assigns_it_to_nobody(officer, head):
    case = handled.received(officer)
    declare_jav(case=case, actor=head, answer="yes")
    (outcome,) = assign_many(cases=[case], officer=user(officer), actor=head)
    assert (outcome.code, handled.again(case).officer_id) == ("gone", None)


def test_a_bulk_assignment_by_somebody_without_the_right_is_refused_whole(case, officer):
    with pytest.raises(NotAllowed):
        assign_many(cases=[case], officer=user(officer), actor=people.actor(Role.SECOND_READER))


def test_one_submit_of_a_bulk_assignment_is_one_handover_with_one_answer(officer, head):
    cases, key = [handled.received(officer) for _ in range(3)], uuid.uuid4()
    first = assign_many(cases=cases, officer=user(officer), actor=head, key=key)
    assert assign_many(cases=cases, officer=user(officer), actor=head, key=key) == first
    assert Assignment.objects.count() == 3
    with pytest.raises(KeyOfAnother):
        assign_many(cases=cases, officer=people.user(Role.GRANT_OFFICER), actor=head, key=key)


def test_a_bulk_assignment_asks_as_little_for_many_cases_as_for_few(officer, head):
    def questions(number: int) -> int:
        cases = [handled.received(officer) for _ in range(number)]
        with CaptureQueriesContext(connection) as asked:
            assign_many(cases=cases, officer=user(officer), actor=head, key=uuid.uuid4())
        return len(asked) - number  # one event per case

    assert questions(1) == questions(20) <= 14


def test_a_closed_case_is_given_to_nobody(officer, head):
    case = handled.in_review(officer)
    executor.perform(subject=case, action="withdraw", actor=officer)
    with pytest.raises(Invalid) as wrong:
        assign_officer(case=case, officer=user(officer), actor=head)
    assert wrong.value.code == "closed"


def test_a_note_is_public_unless_a_provision_is_named(case, officer):
    write_note(case=case, actor=officer, text="Ringde föreningen.")
    write_note(case=case, actor=officer, text="Adressen är skyddad.", section="21 kap 3 § OSL")
    assert Note.objects.count() == 1
    assert SecretNote.objects.get().section == "OSL 21:3"
    views = {view.section: view.text for view in notes_of(case)}
    assert views == {"": "Ringde föreningen.", "OSL 21:3": ""}


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"text": " "}, "text"),
        ({"text": "x", "section": "sekretess"}, "section"),
        ({"text": "x", "section": "OSL 99:1"}, "section"),
        ({"text": "x", "section": "OSL 21:3", "must_answer": True}, "section"),
    ],
)
def test_a_note_is_whole_or_not_written(case, officer, values, field):
    with pytest.raises(Invalid) as wrong:
        write_note(case=case, actor=officer, **values)
    assert field in wrong.value.fields


def test_the_reading_of_a_note_under_secrecy_is_an_event_without_its_text(case, officer):
    write_note(case=case, actor=officer, text="Skyddad adress", section="OSL 21:3")
    note = SecretNote.objects.get()
    assert read_secrecy_note(note=note, actor=officer) == "Skyddad adress"
    event = Event.objects.latest("id")
    assert (event.verb, event.subject, event.actor) == (
        "case.secrecy_note_read",
        f"note:{note.key}",
        officer.reference,
    )
    assert "Skyddad" not in bytes(event.canonical).decode()


def test_a_note_under_secrecy_is_not_read_without_the_right(case, officer):
    write_note(case=case, actor=officer, text="Skyddad adress", section="OSL 21:3")
    with pytest.raises(NotAllowed):
        read_secrecy_note(note=SecretNote.objects.get(), actor=people.actor(Role.PAYER))


def test_whoever_is_locked_out_writes_no_note(case, officer):
    declare_jav(case=case, actor=officer, answer="yes")
    with pytest.raises(LockedOut):
        write_note(case=case, actor=officer, text="x")


def test_an_instruction_bars_until_it_is_answered(case, officer):
    row = handled.HANDLED.rows[0]

    def reason():
        fresh = handled.again(case)
        return rules.notes_answered(Move(fresh, fresh, row, officer, clock.now(), clock.today()))

    write_note(case=case, actor=officer, text="Nämnden vill se budgeten", must_answer=True)
    assert reason().code == "note_unanswered"
    write_note(case=case, actor=officer, text="Budgeten finns nu", answers=Note.objects.get())
    assert reason() is None


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("21:3", "OSL 21:3"),
        ("OSL 21:3", "OSL 21:3"),
        ("21 kap. 3 §", "OSL 21:3"),
        ("osl 23:5a", "OSL 23:5 a"),
        ("40 kap 7 e § OSL", "OSL 40:7 e"),
        ("45:1", ""),
        ("paragraf tre", ""),
        ("", ""),
    ],
)
def test_a_section_is_read_as_people_write_it(typed, meant):
    assert section_of(typed) == meant


def test_cases_are_linked_once_and_unlinked_by_a_date(case, officer):
    other = handled.received(officer)
    for _ in range(2):
        link_cases(case=case, number=f" {other.number.lower()} ", why="earlier", actor=officer)
    link_cases(case=other, number=case.number, why="earlier", actor=officer)
    assert CaseLink.objects.filter(ended_at__isnull=True).count() == 1
    unlink_cases(case=other, other=case, actor=officer)
    assert CaseLink.objects.filter(ended_at__isnull=True).count() == 0
    link_cases(case=case, number=other.number, why="earlier", actor=officer)


@pytest.mark.parametrize("number", ["", "KUN 1999/0001", "own"])
def test_only_another_case_of_the_district_is_linked(case, officer, number):
    with pytest.raises(Invalid) as wrong:
        link_cases(case=case, number=case.number if number == "own" else number, why="earlier", actor=officer)
    assert "number" in wrong.value.fields
