"""The grant case's main line, walked by the right people through the services the pages call."""

import pytest

from applications.decisions.models import Decision
from applications.examples.scenarios.grant_case import ROUTES
from tests.factories import grants

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _files(settings, tmp_path):
    settings.FILES_ROOT = tmp_path


@pytest.mark.parametrize("state", ROUTES)
def test_each_state_is_reached_by_the_right_people(state):
    case = grants.walked(state).case
    assert case.state == ("granted" if state.startswith("granted") else state)


def test_a_granted_case_has_its_decision_frozen():
    walk = grants.walked("granted")
    decision = Decision.objects.get(case_id=walk.pk)
    assert (decision.outcome, decision.amount, decision.decided_by) == (
        "full",
        walk.amount,
        walk.staff.unit_head.reference,
    )
    assert len(decision.text_sha256) == 64
