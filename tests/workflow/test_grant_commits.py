"""Grant cases with real commits: what one transaction may do, and many people at once (trust F1–F3)."""

import pytest
from django.db import transaction

from applications.cases.models import CaseReview
from applications.examples.scenarios.grant_case import ROUTES, GrantCase
from checklists.services.complete_review import complete_review
from checklists.services.reopen_review import reopen_review
from tests.factories import grants
from vetting.accounts.actors import system_actor
from vetting.kernel.errors import NotNow

pytestmark = pytest.mark.race


@pytest.fixture(autouse=True)
def _files(settings, tmp_path):
    settings.FILES_ROOT = tmp_path


@pytest.fixture
def office(real_db):
    with transaction.atomic():
        return grants.office()


def walked(office, state: str) -> GrantCase:
    """A case at `state`, each step committed by itself."""
    with transaction.atomic():
        walk = grants.grant(office)
    for step in ROUTES[state]:
        with transaction.atomic():
            step(walk)
    return walk


def test_an_open_review_is_not_signed_once_the_case_has_left_it(office):
    for state in ("second_reading", "proposed", "before_board"):
        walk = walked(office, state)
        review = CaseReview.objects.filter(case_id=walk.pk)[0].review
        reopen_review(review=review, actor=system_actor("tests"), why="Ett annat ärende.", case=walk.case.key)
        with pytest.raises(NotNow) as refused:
            complete_review(review=review, actor=office.officer, case=walk.case.key)
        assert [one.code for one in refused.value.reasons] == ["not_reviewing"]
