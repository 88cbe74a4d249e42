"""Paying a grant in the browser: two persons by keyboard, errors in place, widths, both languages."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction
from django.urls import reverse
from playwright.sync_api import expect

from tests.browser.visitor import Visitor
from tests.factories import grants
from vetting.accounts.models import User

Visit = Callable[..., Visitor]


@pytest.fixture
def case(site: str, settings: Any, tmp_path: Any) -> Any:
    settings.FILES_ROOT = tmp_path
    with transaction.atomic():
        found = grants.walked("granted_with_payment_planned")
        found.declare(found.staff.payer, found.staff.second_payer)
    return found


def user(actor: Any) -> User:
    return User.objects.get(pk=actor.user_id)


def test_two_persons_pay_by_keyboard_and_every_page_is_whole(visit: Visit, case: Any) -> None:
    first, second = visit(user(case.staff.payer)), visit(user(case.staff.second_payer))
    page = first.open(reverse("list-payments"))
    first.assert_page()
    page.get_by_role("link", name=case.association.name).click()
    first.assert_page()
    page.get_by_role("link", name="Attestera", exact=True).click()
    first.assert_page()
    first.expected_status = 409
    page.locator("form.v-form button[type=submit]").press("Enter")
    expect(page.locator(".v-errors")).to_be_focused()
    first.assert_page()
    first.expected_status = 200
    page.get_by_text("Ja", exact=True).click()
    page.get_by_label("Hur, och varför det inte bör vänta").fill("Föreningen har god ekonomi.")
    page.locator("form.v-form button[type=submit]").press("Enter")
    expect(page.get_by_text("Utbetalningen är attesterad.")).to_be_visible()
    first.assert_page()

    page = second.open(reverse("release-payment", args=[case.payment.key]))
    second.assert_page()
    page.locator("form.v-form button[type=submit]").press("Enter")
    expect(page.get_by_text("Utbetalningen är skickad för betalning.")).to_be_visible()
    page.get_by_role("link", name="Registrera betald").click()
    page.get_by_label("Referens i ekonomisystemet").fill("LB-77")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Utbetalningen är registrerad som betald.")).to_be_visible()
    page.get_by_role("link", name="Registrera en återbetalning").click()
    second.assert_page()
    second.speak("en")
    page = second.open(reverse("list-payments") + "?vy=betalda")
    expect(page.get_by_text("One payment")).to_be_visible()
    second.assert_page(1280)
    assert case.payment.state == "paid"
