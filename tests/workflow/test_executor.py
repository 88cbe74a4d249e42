"""The executor's order and refusals, on the small machine."""

import uuid

import pytest
from django.db import transaction

from applications.cases import executor
from applications.cases.models import JavDeclaration, StateChange
from tests.factories import people
from tests.workflow import trial
from vetting.accounts.actors import system_actor
from vetting.accounts.roles import Role
from vetting.audit.models import Event
from vetting.kernel import clock
from vetting.kernel.errors import NotAllowed, NotNow, Stale

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _machine() -> None:
    trial.install()


@pytest.fixture
def officer():
    return people.actor(Role.GRANT_OFFICER)


def declared(case, actor, answer="none"):
    JavDeclaration.objects.create(case=case, user_id=actor.user_id, answer=answer, at=clock.now())


def test_a_move_leaves_state_row_event_and_number(officer):
    case = trial.new_case(officer)
    done = executor.perform(subject=case, action="submit", actor=officer, comment="Kom med posten")
    case = trial.TrialCase.objects.get(pk=case.pk)
    assert (case.state, case.version) == ("received", 2)
    assert case.number == f"KUN {clock.today().year}/0001"
    change = StateChange.objects.get(key=done.change)
    assert (change.from_state, change.to_state, change.version, change.role) == (
        "draft",
        "received",
        2,
        "grant_officer",
    )
    assert change.commitment and b"Kom med posten" not in bytes(Event.objects.latest("id").canonical)
    assert Event.objects.latest("id").verb == "trial.submit"


def test_the_wrong_role_is_told_who_may(officer):
    case = trial.new_case(officer)
    reader = people.actor(Role.SECOND_READER)
    with pytest.raises(NotAllowed) as refused:
        executor.perform(subject=case, action="submit", actor=reader)
    assert refused.value.who == ("grant_officer",)
    assert "bidragshandläggare" in str(refused.value)


def test_a_role_in_another_district_gives_nothing(officer):
    case = trial.new_case(officer)
    other = people.actor(Role.GRANT_OFFICER, at=people.district("SÖD"))
    with pytest.raises(NotAllowed):
        executor.perform(subject=case, action="submit", actor=other)


def test_conflict_of_interest_is_asked_first_and_locks_out(officer):
    case = trial.new_case(officer)
    executor.perform(subject=case, action="submit", actor=officer)
    with pytest.raises(NotNow) as refused:
        executor.perform(subject=case, action="start", actor=officer)
    assert refused.value.code == "jav_missing"
    declared(case, officer, "yes")
    with pytest.raises(NotNow) as refused:
        executor.perform(subject=case, action="start", actor=officer)
    assert refused.value.code == "jav_out"


def test_a_guard_answers_with_its_reason_and_nothing_is_half_done(officer):
    case = trial.new_case(officer)
    executor.perform(subject=case, action="submit", actor=officer)
    declared(case, officer)
    executor.perform(subject=case, action="start", actor=officer)
    head = people.actor(Role.UNIT_HEAD)
    declared(case, head)
    before = StateChange.objects.count()
    with pytest.raises(NotNow) as refused:
        executor.perform(subject=case, action="finish", actor=head, data={"sum": 101})
    assert [reason.code for reason in refused.value.reasons] == ["too_much"]
    assert StateChange.objects.count() == before
    executor.perform(subject=case, action="finish", actor=head, data={"sum": 100})
    case = trial.TrialCase.objects.get(pk=case.pk)
    assert (case.is_open, case.due_on) == (False, None)


def test_an_action_outside_its_state_names_the_state(officer):
    case = trial.new_case(officer)
    with pytest.raises(NotNow) as refused:
        executor.perform(subject=case, action="finish", actor=officer)
    assert refused.value.code == "wrong_state"
    assert "utkast" in str(refused.value)


@pytest.mark.parametrize("start_first", [True, False])
def test_a_side_track_leads_back_to_where_it_came_from(officer, start_first):
    case = trial.new_case(officer)
    executor.perform(subject=case, action="submit", actor=officer)
    declared(case, officer)
    if start_first:
        executor.perform(subject=case, action="start", actor=officer)
    origin = trial.TrialCase.objects.get(pk=case.pk).state
    executor.perform(subject=case, action="ask", actor=officer)
    done = executor.perform(subject=case, action="answered", actor=system_actor("trial"))
    assert done.to_state == origin


def test_a_stale_form_is_refused(officer):
    case = trial.new_case(officer)
    executor.perform(subject=case, action="submit", actor=officer, expected_version=1)
    with pytest.raises(Stale) as stale:
        executor.perform(subject=case, action="start", actor=officer, expected_version=1)
    assert stale.value.data == {"seen": 1, "current": 2}


def test_a_second_submit_with_the_same_key_gets_the_first_answer(officer):
    case = trial.new_case(officer)
    key = uuid.uuid4()
    first = executor.perform(subject=case, action="submit", actor=officer, key=key)
    assert executor.perform(subject=case, action="submit", actor=officer, key=key) == first
    assert StateChange.objects.filter(case=case, action="submit").count() == 1


def test_a_state_cannot_be_assigned(officer):
    case = trial.new_case(officer)
    with pytest.raises(AttributeError):
        case.state = "done"


def test_statements_of_one_transition_stay_under_fourteen(officer, django_assert_max_num_queries):
    case = trial.new_case(officer)
    with django_assert_max_num_queries(14), transaction.atomic():
        executor.perform(subject=case, action="submit", actor=officer, comment="x", key=uuid.uuid4())


def test_one_key_moves_each_of_many_cases_once(officer):
    """A bulk step carries one form's key; the intent is the key on each case."""
    cases, key = [trial.new_case(officer) for _ in range(3)], uuid.uuid4()
    for case in (*cases, *cases):
        executor.perform(subject=case, action="submit", actor=officer, key=key)
    assert {trial.TrialCase.objects.get(pk=case.pk).state for case in cases} == {"received"}
    assert StateChange.objects.filter(action="submit").count() == 3


def test_a_refusal_names_the_people_who_may(officer):
    case = trial.new_case(officer)
    with pytest.raises(NotAllowed) as refused:
        executor.perform(subject=case, action="submit", actor=people.actor(Role.SECOND_READER))
    assert officer.name in str(refused.value)


def test_hold_asks_what_the_step_asks_but_its_guards_and_moves_nothing(officer):
    case = trial.new_case(officer)
    executor.perform(subject=case, action="submit", actor=officer)
    with pytest.raises(NotNow), transaction.atomic():
        executor.hold(subject=case, action="finish", actor=officer)
    with pytest.raises(NotAllowed), transaction.atomic():
        executor.hold(subject=case, action="start", actor=people.actor(Role.SECOND_READER))
    with pytest.raises(NotNow) as undeclared, transaction.atomic():
        executor.hold(subject=case, action="start", actor=officer)
    assert undeclared.value.code == "jav_missing"
    declared(case, officer)
    with transaction.atomic():
        move, role = executor.hold(subject=case, action="start", actor=officer)
    assert (move.subject.state, role) == ("received", "grant_officer")
    assert StateChange.objects.filter(case=case).count() == 2
