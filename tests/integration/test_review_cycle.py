"""On a page the verdicts come from one query; they say the same as the executor's full reading."""

import pytest

from applications.cases.selectors.page import page_case
from applications.grants.review_cycle import verdicts_of
from tests.factories import grants
from vetting.accounts.roles import Permission

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("state", ["formal_check", "review", "in_depth", "second_reading", "proposed"])
def test_the_page_and_the_executor_see_the_same(state, settings, tmp_path):
    settings.FILES_ROOT = tmp_path
    walk = grants.walked(state)
    on_page = page_case(walk.staff.officer, Permission.SEE_CASES, walk.case.key)
    assert verdicts_of(on_page) == verdicts_of(walk.case)
    assert len(verdicts_of(on_page)) == 2
