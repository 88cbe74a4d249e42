"""Writing, deciding and reading a decision in the browser: live letter, folding, errors, widths, languages."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.db import transaction
from django.urls import reverse
from playwright.sync_api import expect

from applications.cases import executor
from applications.decisions.models import BoardMeeting, Decision, DelegationVersion, LetterTemplateVersion
from applications.decisions.services.decide import decide
from applications.decisions.subjects import Comparable
from tests.browser.visitor import Visitor
from tests.factories import decisions as given
from vetting.accounts.models import User

Visit = Callable[..., Visitor]


@pytest.fixture
def staff(site: str) -> dict[str, Any]:
    with transaction.atomic():
        return given.staff()


def user(actor: Any) -> User:
    return User.objects.get(pk=actor.user_id)


def ready(staff: dict[str, Any], values: Any = None, **more: Any) -> Any:
    with transaction.atomic():
        case = given.case_to_decide(staff["officer"])
        given.declared(case, staff["officer"], staff["head"])
        if values is not None:
            given.proposal(case, staff["officer"], values, **more)
    return case


def decided(staff: dict[str, Any]) -> Decision:
    case = ready(staff, given.ORDINARY)
    proposal = case.proposals.get()
    decide(case=case, proposal=proposal, actor=staff["head"], expected_version=1, seen_proposal=1)
    return Decision.objects.get(case=case)


def test_the_letter_follows_what_is_typed_and_the_form_folds(visit: Visit, staff: dict[str, Any]) -> None:
    case = ready(staff)
    visitor = visit(user(staff["officer"]))
    page = visitor.open(reverse("edit-proposal", args=[case.key]))
    expect(page.get_by_role("heading", name="Proportionalitet")).to_be_hidden()
    page.get_by_label("Utfall").select_option("refused")
    page.get_by_label("Beslutet grundas på").select_option("conduct")
    expect(page.get_by_role("heading", name="Proportionalitet")).to_be_visible()
    page.get_by_role("textbox", name="Fakta").fill("Det här har hänt.")
    page.get_by_role("textbox", name="Fakta").blur()
    expect(page.locator("#brev")).to_contain_text("Det här har hänt.")
    expect(page.locator("#brev")).to_contain_text("avslås")
    visitor.assert_page()
    page.get_by_role("button", name="Spara och kontrollera").click()
    expect(page.locator(".v-errors")).to_be_focused()
    expect(page.get_by_role("textbox", name="Fakta")).to_have_value("Det här har hänt.")
    page.get_by_role("link", name="Välj regeln som beslutet grundas på.").click()
    visitor.assert_page()


def test_everything_works_without_script(visit: Visit, staff: dict[str, Any]) -> None:
    case = ready(staff)
    visitor = visit(user(staff["officer"]), script=False)
    page = visitor.open(reverse("edit-proposal", args=[case.key]))
    page.get_by_label("Utfall").select_option("full")
    page.get_by_label("Beslutet grundas på").select_option("rule")
    page.get_by_label("Samma kostnad får inte täckas").check()
    page.get_by_label("Nej", exact=True).check()
    page.get_by_role("button", name="Spara och kontrollera").click()
    expect(page.get_by_text("Förslaget saknar inget.")).to_be_visible()


def test_the_pages_of_a_proposal_at_three_widths(visit: Visit, staff: dict[str, Any]) -> None:
    case = ready(staff, given.CUT, reason_class="conduct", criteria=["A11"])
    given.SAYS[case.key] = {"adverse": frozenset({"A11", "A15"})}
    given.ALIKE[case.key] = tuple(
        Comparable(
            year=2025,
            alike_sv="samma frågor: A11",
            alike_en="same questions: A11",
            outcome="Delvis bifall",
            ground="rule",
            requested=Decimal(50000),
            amount=Decimal(25000),
        )
        for _ in range(10)
    )
    officer, head = visit(user(staff["officer"])), visit(user(staff["head"]))
    officer.open(reverse("edit-proposal", args=[case.key]))
    officer.assert_page()
    officer.open(reverse("show-decisions", args=[case.key]))
    officer.assert_page()
    officer.open(reverse("send-to-board", args=[case.key]))
    officer.assert_page()
    head.open(reverse("decide-proposal", args=[case.key]))
    head.assert_page()
    head.speak("en")
    page = head.open(reverse("edit-proposal", args=[case.key]))
    expect(page.get_by_role("heading", name="Proposal for a decision")).to_be_visible()
    head.assert_page(1280)


def test_deciding_by_keyboard_gives_the_letter(visit: Visit, staff: dict[str, Any]) -> None:
    case = ready(staff, given.ORDINARY)
    visitor = visit(user(staff["head"]))
    page = visitor.open(reverse("decide-proposal", args=[case.key]))
    page.locator("form.v-form button[type=submit]").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Beslutet är fattat och texten är fryst.")).to_be_visible()
    visitor.assert_page()
    page.get_by_role("link", name="Visa brevet").click()
    expect(page.get_by_role("heading", name="Beslut om verksamhetsbidrag 2026")).to_be_visible()
    visitor.assert_page()


def test_the_boards_pages_empty_and_filled(visit: Visit, staff: dict[str, Any]) -> None:
    secretary = visit(user(staff["secretary"]))
    secretary.open(reverse("list-meetings"))
    secretary.assert_page()
    with transaction.atomic():
        meeting = given.meeting(staff["secretary"])
    case = ready(staff, given.ORDINARY, path="board")
    data = {"meeting_id": meeting.pk}
    executor.perform(subject=case, action="send_to_board", actor=staff["officer"], data=data)
    secretary.open(reverse("show-meeting", args=[BoardMeeting.objects.get().key]))
    secretary.assert_page()
    page = secretary.open(reverse("register-board-decision", args=[case.key]))
    expect(page.get_by_label("Nämndens egna skäl, som de står i protokollet")).to_be_hidden()
    page.get_by_label("Nämndens utfall").select_option("avslag")
    expect(page.get_by_label("Nämndens egna skäl, som de står i protokollet")).to_be_visible()
    secretary.assert_page()
    secretary.open(reverse("plan-meeting"))
    secretary.assert_page()


def test_what_the_registrar_registers(visit: Visit, staff: dict[str, Any]) -> None:
    with transaction.atomic():
        given.meeting(staff["secretary"])
    decision = decided(staff)
    registrar = visit(user(staff["registrar"]))
    for name in ("announce-decision", "confirm-final", "register-appeal", "register-court"):
        registrar.open(reverse(name, args=[decision.key]))
        registrar.assert_page()


def test_the_rules_can_be_read(visit: Visit, staff: dict[str, Any]) -> None:
    reader = visit(user(staff["head"]))
    reader.open(reverse("list-decision-rules"))
    reader.assert_page()
    reader.open(reverse("show-delegation", args=[DelegationVersion.objects.get().pk]))
    reader.assert_page()
    reader.open(reverse("show-letter-template", args=[LetterTemplateVersion.objects.earliest("id").pk]))
    reader.assert_page()
