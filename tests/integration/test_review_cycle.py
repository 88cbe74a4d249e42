"""On a page the verdicts come from one query; they say the same as the executor's full reading."""

import pytest

from applications.cases.selectors.page import page_case
from applications.grants.review_cycle import reviews_of, verdicts_of
from checklists.definitions import shipped_content
from checklists.services.draft_version import draft_version
from checklists.services.publish_version import publish_version
from tests.factories import grants
from vetting.accounts.actors import system_actor
from vetting.accounts.roles import Permission
from vetting.kernel import clock

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("state", ["formal_check", "review", "in_depth", "second_reading", "proposed"])
def test_the_page_and_the_executor_see_the_same(state, settings, tmp_path):
    settings.FILES_ROOT = tmp_path
    walk = grants.walked(state)
    on_page = page_case(walk.staff.officer, Permission.SEE_CASES, walk.case.key)
    assert verdicts_of(on_page) == verdicts_of(walk.case)
    assert len(verdicts_of(on_page)) == 2


@pytest.mark.parametrize("change", ["fewer", "more"])
def test_a_new_list_is_asked_as_it_is_published(change, settings, tmp_path):
    """What is asked comes from the list in force, not from the file that was shipped (docs/adr/0008)."""
    settings.FILES_ROOT = tmp_path
    office = grants.office()
    content = shipped_content("association")
    dropped = next(one for one in content["questions"] if one["code"] == "A19")
    if change == "fewer":
        content["questions"].remove(dropped)
    else:
        content["questions"].append(dropped | {"code": "A25"})
    for profile in content["profiles"]:
        profile["questions"] = [code for code in profile["questions"] if change == "more" or code != "A19"]
    version = draft_version(content=content, actor=system_actor("tests"), is_example=True)
    publish_version(version=version, actor=system_actor("others"), valid_from=clock.today())
    walk = grants.grant(office)
    walk.walk("formal_check")
    asked = reviews_of(walk.case)[0].asked
    assert ("A19" in asked, "A25" in asked) == (change == "more", change == "more")
