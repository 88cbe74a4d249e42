"""A role that ended a second ago decides nothing: who acts is read again under the lock."""

import threading
from decimal import Decimal

import pytest
from django.db import connection, transaction

from applications.cases.models import StateChange
from applications.decisions.models import Decision
from applications.decisions.services.decide import decide
from tests.factories import decisions as given
from tests.factories import people
from vetting.accounts.actors import Actor, actor_for
from vetting.accounts.models import Membership, User
from vetting.accounts.roles import Role
from vetting.kernel import clock
from vetting.kernel.errors import DomainError, NotAllowed, NotNow

pytestmark = pytest.mark.race


@pytest.fixture
def staff(real_db, settings, tmp_path):
    settings.FILES_ROOT = tmp_path
    with transaction.atomic():
        return given.staff()


@pytest.fixture
def ready(staff):
    with transaction.atomic():
        case = given.case_to_decide(staff["officer"])
        return case, given.proposal(case, staff["officer"])


def end(person: User, *roles: Role) -> None:
    held = Membership.objects.filter(user=person, role__in=roles)
    assert held.update(valid_to=clock.today().replace(year=clock.today().year - 1)) == len(roles)


def by(actor: Actor, case, proposal):
    return decide(case=case, proposal=proposal, actor=actor, expected_version=1, seen_proposal=1)


def person_of(actor: Actor) -> User:
    return User.objects.get(pk=actor.user_id)


def test_a_step_waits_for_the_lock_and_then_finds_the_role_ended(staff, ready):
    """The page was read, the step is taken, and while it waits for the case another connection ends the role."""
    case, proposal = ready
    head = staff["head"]
    with transaction.atomic():
        given.declared(case, head)
    outcome = []

    def take() -> None:
        try:
            outcome.append(by(head, case, proposal))
        except DomainError as error:
            outcome.append(error)
        finally:
            connection.close()

    with transaction.atomic():
        type(case)._base_manager.select_for_update().get(pk=case.pk)
        thread = threading.Thread(target=take)
        thread.start()
        while not somebody_waits_for_us():
            thread.join(0.02)
            assert thread.is_alive(), outcome
        end(person_of(head), Role.UNIT_HEAD)
    thread.join(30)
    assert isinstance(outcome[0], NotAllowed), outcome
    assert not Decision.objects.exists()


def somebody_waits_for_us() -> bool:
    """Whether another connection waits for a row this transaction has locked."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted AND transactionid = pg_current_xact_id()::xid")
        return bool(cursor.fetchone()[0])


def test_the_delegation_asks_the_roles_of_now(staff):
    """Up to 50,000 as unit head, up to 100,000 as department head: the second role ends after the page was read."""
    with transaction.atomic():
        case = given.case_to_decide(staff["officer"], requested=Decimal(75_000), costs=())
        proposal = given.proposal(case, staff["officer"], amount=Decimal(75_000), lines=[])
        both = people.also(person_of(staff["head"]), Role.DEPARTMENT_HEAD, at=case.district)
        given.declared(case, both)
    end(person_of(both), Role.DEPARTMENT_HEAD)
    with pytest.raises(NotNow) as refused:
        by(both, case, proposal)
    assert [reason.code for reason in refused.value.reasons] == ["ceiling"]
    assert not Decision.objects.exists()
    people.also(person_of(both), Role.DEPARTMENT_HEAD, at=case.district)
    by(both, case, proposal)
    assert Decision.objects.count() == 1


def test_a_closed_account_holds_no_role(staff, ready):
    case, proposal = ready
    with transaction.atomic():
        given.declared(case, staff["head"])
    before = StateChange.objects.count()
    User.objects.filter(pk=staff["head"].user_id).update(is_active=False)
    with pytest.raises(NotAllowed):
        by(staff["head"], case, proposal)
    assert StateChange.objects.count() == before
    assert actor_for(person_of(staff["head"]), on=clock.today()).posts == ()
