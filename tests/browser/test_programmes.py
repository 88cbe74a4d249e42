"""Programmes and calls in the browser: every page at every width, and one change by keyboard and mouse."""

from collections.abc import Callable

from playwright.sync_api import expect

from applications.grants.programmes.services.drafts import start_draft
from tests.browser.visitor import Visitor
from tests.factories import people, programmes
from vetting.accounts.actors import actor_for
from vetting.accounts.models import User
from vetting.accounts.roles import Role
from vetting.kernel import clock

Visit = Callable[..., Visitor]


def officer() -> User:
    return people.user(Role.GRANT_OFFICER, Role.DEPARTMENT_HEAD)


def test_every_page_stands_at_every_width(visit: Visit) -> None:
    people.district("HÄV")
    person = people.user(Role.GRANT_OFFICER, Role.DEPARTMENT_HEAD, at=people.district("HÄV"))
    visitor = visit(person)
    visitor.open("/stodformer/")
    visitor.assert_page()
    visitor.open("/stodformer/utlysningar/")
    visitor.assert_page()
    programmes.bring_in(programmes.EXAMPLES / "hasselby-vallingby.toml")
    programme = programmes.of("HÄV")
    round = programmes.call(programme.versions.get())
    other = people.user(Role.UNIT_HEAD, at=programme.district)
    start_draft(actor=actor_for(other, on=clock.today()), programme=programme)
    below = f"/stodformer/{programme.key}/"
    for path in (
        "/stodformer/",
        "/stodformer/ny/",
        below,
        f"{below}version/1/",
        f"{below}jamfor/",
        f"{below}utkast/",
        f"{below}utkast/text/",
        f"{below}utkast/publicera/",
        f"{below}utlysning/ny/",
        "/stodformer/utlysningar/",
        f"/stodformer/utlysningar/{round.key}/",
        f"/stodformer/utlysningar/{round.key}/andra/",
        f"/stodformer/utlysningar/{round.key}/stall-in/",
    ):
        visitor.open(path)
        visitor.assert_page()


def test_a_wrong_day_leads_to_its_field(visit: Visit) -> None:
    version = programmes.draft()
    visitor = visit(officer())
    page = visitor.open(f"/stodformer/{version.programme.key}/utkast/")
    page.locator("#id_window__closes").fill("31/2")
    visitor.expected_status = 422
    page.get_by_role("button", name="Spara utkast").click()
    expect(page.locator(".v-errors")).to_be_focused()
    visitor.assert_page()
    page.locator(".v-errors a").first.click()
    expect(page.locator("#id_window__closes")).to_be_focused()
    expect(page.locator("#id_window__closes")).to_have_value("31/2")
    page.locator("#id_window__closes").fill("28/2")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Version 1")).to_be_visible()
    expect(page.get_by_text("28 februari").first).to_be_visible()
