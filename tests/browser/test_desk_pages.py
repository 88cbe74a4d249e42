"""The officers' lists in the browser: the day, the queue and its bulk bar, an association's cases; no script too."""

from collections.abc import Callable

import pytest
from django.db import transaction
from playwright.sync_api import Page, expect

from applications.associations.models import Association
from applications.cases.models import Case
from applications.examples.demo.load import load_demo
from tests.browser.visitor import Visitor
from tests.factories import volume
from vetting.accounts.models import User

Visit = Callable[..., Visitor]


@pytest.fixture
def officer(site: str) -> User:
    with transaction.atomic():
        load_demo(password="ett-gott-losenord")
    return volume.account("handlaggare")


def test_the_day_and_the_lists_stand_at_every_width(visit: Visit, officer: User) -> None:
    visitor = visit(officer)
    association = Association.objects.filter(cases__district__code="KUN").order_by("id")[0]
    for path in (
        "/idag/",
        "/idag/?visa=alla",
        "/arenden/?vy=oppna",
        f"/foreningar/{association.key}/",
        f"/foreningar/{association.key}/arenden/",
        f"/foreningar/{association.key}/arenden/?tillstand=nonsens",
        "/jobb/",
    ):
        visitor.open(path)
        visitor.assert_page()
    visitor.speak("en")
    page = visitor.open("/idag/")
    expect(page.get_by_role("heading", name="How it goes")).to_be_visible()
    page.locator("summary").first.click()
    visitor.assert_page()


def send(visitor: Visitor, name: str) -> None:
    visitor.page.get_by_role("button", name=name).click()


@pytest.mark.parametrize("script", [True, False])
def test_cases_are_chosen_checked_and_given(visit: Visit, officer: User, script: bool) -> None:
    visitor = visit(officer, script=script)
    page: Page = visitor.open("/arenden/?vy=oppna&sortera=namn")
    boxes = page.locator("[name=case]")
    keys = [boxes.nth(place).get_attribute("value") or "" for place in (0, 2)]
    for place in (0, 2):
        boxes.nth(place).check()
    visitor.expected_status = 422
    send(visitor, "Fortsätt till kontroll")
    expect(page.get_by_role("alert")).to_contain_text("Välj en handläggare")
    assert [boxes.nth(place).is_checked() for place in range(3)] == [True, False, True]
    if script:
        expect(page.locator("#fel")).to_be_focused()
        expect(page.get_by_role("status")).to_have_text("2 ärenden markerade")
        visitor.assert_page()
    page.get_by_label("Tilldela", exact=True).select_option(label="Enhetschef")
    visitor.expected_status = 200
    send(visitor, "Fortsätt till kontroll")
    expect(page.get_by_role("heading", level=1)).to_have_text("Tilldela Enhetschef 2 ärenden")
    if script:
        visitor.assert_page()
    send(visitor, "Tilldela 2 ärenden")
    expect(page.locator(".v-msg")).to_contain_text("2 ärenden är tilldelade Enhetschef.")
    assert page.url.endswith("/arenden/?vy=oppna&sortera=namn")
    assert set(Case.objects.filter(key__in=keys).values_list("officer__username", flat=True)) == {"enhetschef"}
