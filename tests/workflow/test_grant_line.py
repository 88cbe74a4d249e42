"""The grant case's main line, walked by the right people through the services the pages call."""

import pytest

from applications.decisions.models import Decision
from applications.decisions.workflow import DECISION
from applications.examples.scenarios.grant_case import ROUTES
from applications.grants.workflow import GRANT
from tests.factories import grants

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _files(settings, tmp_path):
    settings.FILES_ROOT = tmp_path


@pytest.mark.parametrize("state", ROUTES)
def test_each_state_is_reached_by_the_right_people(state):
    case = grants.walked(state).case
    beside = ("_with_payment_", "_and_", "_by_board")  # how a route's name goes on after the case's own state
    assert case.state == next((state.partition(word)[0] for word in beside if word in state), state)


def test_the_routes_reach_every_state_of_the_case_and_of_its_decision():
    names = set(ROUTES)
    assert {state.code for state in GRANT.states} <= names
    decided = {"granted"} | {f"granted_and_{state.code}" for state in DECISION.states if state.code != "decided"}
    assert decided <= names


def test_a_granted_case_has_its_decision_frozen():
    walk = grants.walked("granted")
    decision = Decision.objects.get(case_id=walk.pk)
    assert (decision.outcome, decision.amount, decision.decided_by) == (
        "full",
        walk.amount,
        walk.staff.unit_head.reference,
    )
    assert len(decision.text_sha256) == 64
