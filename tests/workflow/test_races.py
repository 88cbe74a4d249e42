"""Races with real connections (trust F1–F3), small here and at full size in the bench."""

import uuid
from collections import Counter

import pytest
from django.db import transaction

from applications.cases import executor
from applications.cases.models import Case, StateChange
from tests.factories import people
from tests.threads import at_once
from tests.workflow import trial
from vetting.accounts.roles import Role
from vetting.kernel.errors import DomainError

pytestmark = pytest.mark.race


@pytest.fixture
def officer(real_db):
    trial.install()
    return people.actor(Role.GRANT_OFFICER)


def new_case(officer):
    with transaction.atomic():
        return trial.new_case(officer)


def test_eight_threads_one_transition_one_effect(officer):
    for _ in range(3):
        case = new_case(officer)
        outcomes = at_once(8, lambda _, case=case: executor.perform(subject=case, action="submit", actor=officer))
        assert Counter(type(o).__name__ for o in outcomes) == {"Done": 1, "NotNow": 7}
        assert StateChange.objects.filter(case=case, action="submit").count() == 1


def test_one_key_many_threads_one_answer(officer):
    case, key = new_case(officer), uuid.uuid4()
    outcomes = at_once(8, lambda _: executor.perform(subject=case, action="submit", actor=officer, key=key))
    assert not [o for o in outcomes if isinstance(o, DomainError)]
    assert len({o.change for o in outcomes}) == 1


def test_numbers_have_no_gap_and_no_double(officer):
    cases = [new_case(officer) for _ in range(8)]

    def submit(index: int) -> object:
        with transaction.atomic():
            done = executor.perform(subject=cases[index], action="submit", actor=officer)
            if index % 4 == 3:
                raise RuntimeError("rolled back on purpose")
            return done

    at_once(8, submit)
    numbers = sorted(Case.objects.exclude(number="").values_list("number_seq", flat=True))
    assert numbers == [1, 2, 3, 4, 5, 6]
