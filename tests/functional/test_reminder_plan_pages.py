"""Plans of reminders on pages: read by all who read rules, drafted by one person, published by another."""

import pytest
from django.test import Client

from tests.factories import obligations as made
from tests.factories import people
from vetting.accounts.roles import Role
from vetting.kernel import clock
from vetting.obligations.forms import PlanForm
from vetting.obligations.models import ReminderPlan
from vetting.obligations.plan import shipped
from vetting.obligations.services.plans import plan_for

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan():
    return plan_for(district=people.district(), code="standard", day=clock.today())


def browser(*roles) -> Client:
    client = Client()
    client.force_login(people.user(*roles))
    return client


def typed(**changes) -> dict[str, object]:
    """The example's form as it is sent unchanged, but for what is said."""
    fields = {name: field.initial for name, field in PlanForm(base=shipped()).fields.items()}
    sent = {name: "" if value is None else value for name, value in fields.items() if not callable(value)}
    return sent | changes


def test_the_versions_and_their_words_are_read(plan):
    client = browser(Role.CONTROLLER)
    assert "Version 1" in client.get("/regler/paminnelser/").content.decode()
    page = client.get(f"/regler/paminnelser/{plan.pk}/").content.decode()
    assert "30 dagar före" in page and "På sista dagen" in page and "21 dagar efter" in page
    assert "föreningen, handläggaren, enhetschefen" in page
    assert "Skriv en ny version" not in page


def test_without_a_plan_the_page_says_which_is_used():
    assert "Ingen plan används än" in browser(Role.GRANT_OFFICER).get("/regler/paminnelser/").content.decode()


def test_one_drafts_another_publishes_and_what_runs_keeps_its_plan(plan):
    old = made.obligation()
    officer, head = browser(Role.GRANT_OFFICER), browser(Role.UNIT_HEAD)
    answer = officer.post(f"/regler/paminnelser/{plan.pk}/ny/", typed(days_0="", days_1="14"), follow=True)
    assert "Utkastet är sparat" in answer.content.decode()
    draft = ReminderPlan.objects.get(number=2)
    assert [step["day"] for step in draft.content["steps"]] == [-14, 0, 7, 21]
    assert draft.content["steps"][0]["code"] == "before_14"
    assert draft.content["steps"][0]["body_sv"].strip() == shipped()["steps"][1]["body_sv"].strip()
    assert officer.get(f"/regler/paminnelser/{draft.pk}/publicera/").status_code == 403
    day = clock.today().isoformat()
    answer = head.post(f"/regler/paminnelser/{draft.pk}/publicera/", {"valid_from": day}, follow=True)
    assert "Planen är publicerad" in answer.content.decode()
    assert made.obligation().plan_id == draft.pk
    old.refresh_from_db()
    assert old.plan_id == plan.pk


def test_whoever_drafted_it_is_told_that_another_publishes(plan):
    head = browser(Role.UNIT_HEAD)
    head.post(f"/regler/paminnelser/{plan.pk}/ny/", typed())
    draft = ReminderPlan.objects.get(number=2)
    page = head.get(f"/regler/paminnelser/{draft.pk}/").content.decode()
    assert "Någon annan som får publicera regler" in page
    answer = head.post(f"/regler/paminnelser/{draft.pk}/publicera/", {"valid_from": clock.today().isoformat()})
    assert answer.status_code == 409
    assert not ReminderPlan.objects.get(pk=draft.pk).is_published


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"days_1": "30"}, "En annan påminnelse har redan den här dagen"),
        ({"to_0": []}, "Välj vem som påminns"),
        ({"body_sv_0": ""}, "Skriv texten"),
        ({"body_sv_0": "Ärende {number}"}, "Texten måste innehålla {last_day}"),
        ({"body_sv_0": "{number} {last_day} {applicant}"}, "{applicant} kan inte fyllas i"),
        ({"subject_en_2": "{number"}, "En klammer saknar sin andra hälft"),
        ({f"days_{at}": "" for at in range(6)}, "En plan har minst en påminnelse"),
        ({"days_5": "40", "side_5": "after"}, "Skriv texten"),
    ],
)
def test_what_is_wrong_is_said_at_its_place_and_nothing_typed_is_lost(plan, changes, said):
    words = "Hej {number} {last_day}, egna ord"
    answer = browser(Role.UNIT_HEAD).post(f"/regler/paminnelser/{plan.pk}/ny/", typed(body_en_4=words) | changes)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert said in page and words in page
    assert ReminderPlan.objects.count() == 1
