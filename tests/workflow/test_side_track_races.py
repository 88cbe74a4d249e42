"""Side tracks and conflicts of interest with real connections: one effect, whoever comes first (trust F1, F2)."""

import uuid
from collections import Counter
from datetime import timedelta

import psycopg
import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError

from applications.cases.models import Assignment, Completion, Hearing, HearingEntry, JavDeclaration, Recusal
from applications.cases.selectors.hearings import hearings_of
from applications.cases.services.assign import assign_many, assign_officer
from applications.cases.services.completion import ask_completion, register_completion
from applications.cases.services.hearing import end_hearing, start_hearing
from applications.cases.services.jav import declare_jav
from applications.cases.services.replies import register_replies
from tests.database import owner_url
from tests.factories import people
from tests.threads import at_once
from tests.workflow import handled
from vetting.accounts.models import User
from vetting.accounts.roles import Role
from vetting.kernel import clock

pytestmark = pytest.mark.race
THREADS = 8


@pytest.fixture
def officer(real_db):
    handled.install()
    return people.actor(Role.GRANT_OFFICER)


@pytest.fixture
def case(officer):
    with transaction.atomic():
        return handled.in_review(officer)


def outcomes(found) -> Counter:
    return Counter(type(one).__name__ for one in found)


def ask(case, officer, key=None):
    last_day = clock.today() + timedelta(days=14)
    return ask_completion(case=case, items=["Stadgar"], last_day=last_day, actor=officer, key=key)


def test_many_ask_for_one_completion(case, officer):
    assert outcomes(at_once(THREADS, lambda _: ask(case, officer))) == {"Done": 1, "NotNow": THREADS - 1}
    assert Completion.objects.count() == 1


def test_one_submit_many_times_is_one_completion(case, officer):
    key = uuid.uuid4()
    assert outcomes(at_once(THREADS, lambda _: ask(case, officer, key))) == {"Done": THREADS}
    assert Completion.objects.count() == 1


def test_one_registers_what_came(case, officer):
    ask(case, officer)

    def register(_):
        return register_completion(case=case, received=[0], arrived_on=clock.today(), actor=officer)

    assert outcomes(at_once(THREADS, register)) == {"Done": 1, "NotNow": THREADS - 1}


def test_a_reply_and_the_end_of_the_hearing_do_not_lose_each_other(case, officer):
    last_day = clock.today() + timedelta(days=14)
    for _ in range(3):
        start_hearing(case=case, facts=[{"text": "Uppgift"}], last_day=last_day, actor=officer)
        (fact,) = hearings_of(case)[0].facts
        register_replies(case=case, replies={fact.key: "Första"}, arrived_on=clock.today(), actor=officer)

        def act(index, fact=fact):
            if index % 2:
                return end_hearing(case=case, actor=officer)
            return register_replies(case=case, replies={fact.key: "Sen"}, arrived_on=clock.today(), actor=officer)

        found = outcomes(at_once(THREADS, act))
        assert found["Done"] == 1
        hearing = Hearing.objects.latest("id")
        late = HearingEntry.objects.filter(fact__hearing=hearing).count() - 1
        assert late == found["int"]
        assert (hearing.ended_as, handled.again(case).state) == ("replied", "review")


def test_stepping_out_twice_at_once_is_one_recusal(case, officer):
    found = outcomes(at_once(THREADS, lambda _: declare_jav(case=case, actor=officer, answer="yes")))
    assert found == {"NoneType": 1, "LockedOut": THREADS - 1}
    assert (Recusal.objects.count(), JavDeclaration.objects.filter(answer="yes").count()) == (1, 1)


def test_a_case_given_to_many_at_once_has_one_officer(case, officer):
    head = people.actor(Role.UNIT_HEAD)
    others = [people.user(Role.GRANT_OFFICER) for _ in range(THREADS)]
    at_once(THREADS, lambda index: assign_officer(case=case, officer=others[index], actor=head))
    standing = Assignment.objects.filter(ended_on__isnull=True)
    assert [row.officer_id for row in standing] == [handled.again(case).officer_id]


def test_many_bulk_assignments_of_the_same_cases_give_each_case_once(officer):
    """Each has seen that nobody has the cases and names them in an order of its own: no ring of waits, one winner."""
    head, others = people.actor(Role.UNIT_HEAD), [people.user(Role.GRANT_OFFICER) for _ in range(THREADS)]
    with transaction.atomic():
        cases = [handled.in_review(officer) for _ in range(6)]
    seen = dict.fromkeys((case.key for case in cases), None)

    def give(index):
        mixed = cases[index % 6 :] + cases[: index % 6]
        return assign_many(cases=mixed, officer=others[index], actor=head, seen=seen, key=uuid.uuid4())

    found = at_once(THREADS, give)
    assert all(isinstance(outcomes, list) for outcomes in found), found
    codes = Counter(outcome.code for outcomes in found for outcome in outcomes)
    assert codes == {"changed": len(cases), "stale": len(cases) * (THREADS - 1)}
    assert Assignment.objects.count() == len(cases)
    standing = dict(Assignment.objects.filter(ended_on__isnull=True).values_list("case", "officer"))
    assert standing == {case.pk: handled.again(case).officer_id for case in cases}


def test_one_bulk_submit_many_times_at_once_is_one_handover(officer):
    head, other, key = people.actor(Role.UNIT_HEAD), people.user(Role.GRANT_OFFICER), uuid.uuid4()
    with transaction.atomic():
        cases = [handled.in_review(officer) for _ in range(3)]
    found = at_once(THREADS, lambda _: assign_many(cases=cases, officer=other, actor=head, key=key))
    assert [[outcome.code for outcome in outcomes] for outcomes in found] == [["changed"] * 3] * THREADS
    assert Assignment.objects.count() == 3


def test_a_bulk_assignment_and_a_conflict_declared_at_once_never_leave_the_case_with_whoever_is_out(officer):
    head, taker = people.actor(Role.UNIT_HEAD), people.actor(Role.GRANT_OFFICER)
    person = User.objects.get(pk=taker.user_id)
    for _ in range(4):
        with transaction.atomic():
            cases = [handled.in_review(officer) for _ in range(3)]

        def act(index, cases=cases):
            if index:
                return declare_jav(case=cases[index - 1], actor=taker, answer="yes")
            return assign_many(cases=cases, officer=person, actor=head)

        assert not [one for one in at_once(4, act) if isinstance(one, Exception)]
        assert {handled.again(case).officer_id for case in cases} == {None}


def test_what_was_asked_cannot_be_rewritten_and_what_ended_stays_ended(case, officer, real_db):
    ask(case, officer)
    with pytest.raises(DatabaseError, match="stands as it was begun"), transaction.atomic():
        Completion.objects.update(last_day=clock.today())
    register_completion(case=case, received=[0], arrived_on=clock.today(), actor=officer)
    with pytest.raises(DatabaseError, match="it has ended"), transaction.atomic():
        Completion.objects.update(ended_as="nothing")
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM cases_completion")
    with (
        psycopg.connect(owner_url(real_db)) as owner,
        pytest.raises(psycopg.errors.RestrictViolation, match="without a disposal decision"),
    ):
        owner.execute("DELETE FROM cases_completion")


@pytest.mark.parametrize(
    "table", ["cases_hearingfact", "cases_hearingentry", "cases_note", "cases_secretnote", "cases_javruling"]
)
def test_rows_that_are_only_added_refuse_the_rest(officer, table):
    for statement in (f"UPDATE {table} SET at = at", f"DELETE FROM {table}", f"TRUNCATE {table} CASCADE"):
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic(), connection.cursor() as c:
            c.execute(statement)
