"""What could not leave, in the browser: at every width, without script, by keyboard."""

from collections.abc import Callable

from playwright.sync_api import expect

from tests.browser.visitor import Visitor
from tests.factories import obligations, people
from tests.factories.outbox import parked
from vetting.accounts.roles import Role
from vetting.kernel import clock
from vetting.obligations.models import Obligation
from vetting.obligations.services.plans import EXAMPLES, draft_plan, plan_for
from vetting.outbox.models import Message

Visit = Callable[..., Visitor]


def test_every_page_stands_empty_and_full(visit: Visit) -> None:
    visitor = visit(people.user(Role.GRANT_OFFICER))
    for path in ("/utskick/", "/utskick/paminnelser/"):
        visitor.open(path)
        visitor.assert_page()
    rows = [parked(), parked("no_address", to=""), parked("unreachable", words="")]
    held_up = obligations.obligation(due_in=7)
    Obligation.objects.filter(pk=held_up.pk).update(trouble="LookupError", attempts=5)
    for path in ("/utskick/", *(f"/utskick/{row.key}/" for row in rows), "/utskick/paminnelser/", "/idag/"):
        visitor.open(path)
        visitor.assert_page()


def test_a_letter_is_noted_without_script_and_the_fault_is_said_first(visit: Visit) -> None:
    row = parked("no_address", to="")
    visitor = visit(people.user(Role.REGISTRAR), script=False)
    page = visitor.open(f"/utskick/{row.key}/")
    visitor.expected_status = 422
    page.get_by_role("button", name="Spara").click()
    expect(page.locator(".v-errors, [role=alert]").first).to_be_visible()
    visitor.expected_status = 200
    page.get_by_label("Det har skickats med post").check()
    page.get_by_role("button", name="Spara").click()
    expect(page.get_by_text("har skickats med post")).to_be_visible()
    assert Message.objects.get().state == "posted"


def test_the_plans_of_reminders_stand_at_every_width(visit: Visit) -> None:
    visitor = visit(people.user(Role.UNIT_HEAD))
    visitor.open("/regler/paminnelser/")
    visitor.assert_page()
    plan = plan_for(district=people.district(), code="standard", day=clock.today())
    draft = draft_plan(district=plan.district, code=plan.code, content=plan.content, actor=EXAMPLES)
    for path in ("", f"{plan.pk}/", f"{plan.pk}/ny/", f"{draft.pk}/publicera/"):
        visitor.open(f"/regler/paminnelser/{path}")
        visitor.assert_page()
    page = visitor.open(f"/regler/paminnelser/{plan.pk}/ny/")
    visitor.expected_status = 422
    page.locator("#id_days_1").fill("30")
    page.get_by_role("button", name="Spara som utkast").click()
    expect(page.get_by_text("En annan påminnelse har redan den här dagen").first).to_be_visible()
    visitor.assert_page()
