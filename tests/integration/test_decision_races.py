"""Many who decide at once: one decision, one number of effects (trust F1–F3)."""

import uuid
from collections import Counter

import pytest
from django.db import transaction

from applications.decisions.models import Decision, DecisionTrack, Proposal
from applications.decisions.services.decide import decide
from applications.decisions.services.save_proposal import save_proposal
from tests.factories import decisions as given
from tests.threads import at_once
from vetting.jobs.models import Job
from vetting.kernel.errors import DomainError

pytestmark = pytest.mark.race


@pytest.fixture
def staff(real_db):
    with transaction.atomic():
        return given.staff()


def ready(staff):
    with transaction.atomic():
        case = given.case_to_decide(staff["officer"])
        proposal = given.proposal(case, staff["officer"])
        given.declared(case, staff["head"], staff["department"])
    return case, proposal


def test_eight_who_decide_at_once_make_one_decision(staff):
    for _ in range(3):
        case, proposal = ready(staff)

        def do(index, case=case, proposal=proposal):
            actor = staff["head" if index % 2 else "department"]
            return decide(case=case, proposal=proposal, actor=actor, expected_version=1, seen_proposal=1)

        outcomes = Counter(type(outcome).__name__ for outcome in at_once(8, do))
        assert outcomes["Done"] == 1
        assert set(outcomes) <= {"Done", "Stale", "NotNow"}
        assert Decision.objects.filter(case=case).count() == 1
        assert DecisionTrack.objects.filter(case=case).count() == 1
    assert Job.objects.filter(kind="decision.letter").count() == 3


def test_one_submit_many_times_gives_one_answer(staff):
    case, proposal = ready(staff)
    key = uuid.uuid4()
    submit = {"case": case, "proposal": proposal, "actor": staff["head"], "expected_version": 1, "seen_proposal": 1}
    outcomes = at_once(8, lambda _: decide(**submit, key=key))
    assert not [outcome for outcome in outcomes if isinstance(outcome, DomainError)]
    assert len({outcome.change for outcome in outcomes}) == 1


def test_of_many_first_saves_one_opens_the_proposal(staff):
    with transaction.atomic():
        case = given.case_to_decide(staff["officer"])

    def do(index):
        return save_proposal(case=case, actor=staff["officer"], values={"facts": f"Text {index}"}, expected_version=0)

    outcomes = Counter(type(outcome).__name__ for outcome in at_once(8, do))
    assert outcomes == {"Proposal": 1, "Stale": 7}
    assert Proposal.objects.filter(case=case).count() == 1
