"""Signing in and out, choosing a language, and pages that say no."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.visitor import Visitor
from tests.factories import people
from vetting.accounts.roles import Role

Visit = Callable[..., Visitor]


def test_signs_in_with_the_keyboard_and_out_again(visit: Visit) -> None:
    people.user(Role.GRANT_OFFICER, username="handlaggare")
    visitor = visit()
    page = visitor.open("/konto/logga-in/")
    visitor.assert_page()
    page.get_by_label("Användarnamn").focus()
    page.keyboard.type("handlaggare")
    page.keyboard.press("Tab")
    page.keyboard.type("hemligt-ord-1")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Logga ut").first).to_be_visible()
    page.get_by_role("button", name="Logga ut").first.click()
    expect(page.get_by_role("heading", name="Logga in")).to_be_visible()


def test_wrong_password_is_told_first_and_keeps_the_name(visit: Visit) -> None:
    people.user(Role.GRANT_OFFICER, username="handlaggare")
    visitor = visit()
    page = visitor.open("/konto/logga-in/")
    page.get_by_label("Användarnamn").fill("handlaggare")
    page.get_by_label("Lösenord").fill("fel")
    page.get_by_role("button", name="Logga in").click()
    expect(page.locator(".v-errors")).to_be_focused()
    expect(page).to_have_title("Fel: Logga in – Vetting")
    expect(page.get_by_label("Användarnamn")).to_have_value("handlaggare")
    visitor.assert_page()


def test_empty_form_leads_to_its_fields(visit: Visit) -> None:
    visitor = visit()
    page = visitor.open("/konto/logga-in/")
    page.get_by_role("button", name="Logga in").click()
    expect(page.get_by_role("heading", name="Två svar behöver rättas")).to_be_visible()
    page.get_by_role("link", name="Fyll i ”Lösenord”.").click()
    expect(page.get_by_label("Lösenord")).to_be_focused()


def test_the_language_switch_is_remembered(visit: Visit) -> None:
    visitor = visit()
    page = visitor.open("/konto/logga-in/")
    page.get_by_role("button", name="English").click()
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    assert page.locator("html").get_attribute("lang") == "en"
    visitor.assert_page()
    visitor.open("/konto/logga-in/")
    expect(page.get_by_role("button", name="Svenska")).to_be_visible()


@pytest.mark.parametrize("path", ["/konto/losenord/", "/konto/logga-ut/", "/ordlista/", "/kortkommandon/"])
def test_pages_about_oneself(visit: Visit, path: str) -> None:
    visitor = visit(people.user(Role.GRANT_OFFICER))
    visitor.open(path)
    visitor.assert_page()


def test_a_page_that_does_not_exist(visit: Visit) -> None:
    visitor = visit(people.user(Role.GRANT_OFFICER))
    page = visitor.open("/finns-inte/", status=404)
    expect(page.get_by_role("heading", name="Sidan finns inte")).to_be_visible()
    visitor.assert_page()


def test_signs_in_without_script(visit: Visit) -> None:
    people.user(Role.GRANT_OFFICER, username="handlaggare")
    visitor = visit(script=False)
    page = visitor.open("/konto/logga-in/")
    page.get_by_label("Användarnamn").fill("handlaggare")
    page.get_by_label("Lösenord").fill("hemligt-ord-1")
    page.get_by_role("button", name="Logga in").click()
    expect(page.get_by_role("button", name="Logga ut").first).to_be_visible()


def test_shortcuts_can_be_switched_off(visit: Visit) -> None:
    visitor = visit(people.user(Role.GRANT_OFFICER))
    page = visitor.open("/kortkommandon/")
    switch = page.get_by_label("Kortkommandon är på")
    expect(switch).to_be_checked()
    switch.uncheck()
    page.reload()
    expect(switch).not_to_be_checked()


def test_who_signs_in_without_a_password_has_none_to_change(visit: Visit) -> None:
    person = people.user(Role.GRANT_OFFICER)
    person.set_unusable_password()
    person.save()
    visitor = visit(person)
    page = visitor.open("/kortkommandon/")
    expect(page.get_by_role("link", name="Byt lösenord")).to_have_count(0)
    visitor.open("/konto/losenord/", status=409)
