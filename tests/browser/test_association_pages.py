"""The register's pages in a browser: seen at three widths, used by keyboard, read aloud."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from applications.associations.models import Association
from applications.associations.services.import_register import import_register
from tests.browser.visitor import Visitor
from tests.factories import people
from tests.factories.register import well_known_association
from vetting.accounts.actors import system_actor
from vetting.accounts.roles import Role

Visit = Callable[..., Visitor]
REGISTER = Path(__file__).resolve().parent.parent / "data" / "register" / "register.csv"


def address(name: str, *args: object) -> str:
    return reverse(name, args=args)


def test_the_list_full_found_similar_empty_and_wrong(visit: Visit) -> None:
    import_register(actor=system_actor("test"), path=REGISTER, district=people.district())
    visitor = visit(people.user(Role.GRANT_OFFICER))
    page = visitor.open("/foreningar/")
    visitor.assert_page()
    page.keyboard.press("/")
    expect(page.get_by_label("Sök")).to_be_focused()
    page.keyboard.type("bagarmosens bordtenis")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Inget stavas exakt så")).to_be_visible()
    expect(page.get_by_role("link", name="Bagarmossens Bordtennisklubb", exact=True)).to_be_visible()
    visitor.assert_page()
    visitor.open("/foreningar/?q=zzzzqqqq")
    visitor.assert_page()
    visitor.open("/foreningar/?form=zz", status=400)
    visitor.assert_page()


def test_an_empty_register_says_how_it_is_filled(visit: Visit) -> None:
    visitor = visit(people.user(Role.GRANT_OFFICER))
    page = visitor.open("/foreningar/")
    expect(page.get_by_text("Registret är tomt.")).to_be_visible()
    visitor.assert_page()


@pytest.mark.parametrize("language", ["sv", "en"])
def test_everything_known_and_nothing_known(visit: Visit, language: str) -> None:
    full = well_known_association()
    bare = people.association("Nya föreningen")
    visitor = visit(people.user(Role.GRANT_OFFICER, Role.PAYER))
    visitor.speak(language)
    for association in (full, bare):
        visitor.open(address("show-association", association.key))
        visitor.assert_page()
    for name in ("edit-association", "confirm-association"):
        visitor.open(address(name, full.key))
        visitor.assert_page()
    for name in ("edit-own-data", "add-association-document", "name-representative", "register-giro"):
        visitor.open(address(name, full.key, "KUN"))
        visitor.assert_page()
    waiting = full.giro_accounts.get(confirmed_at__isnull=True)
    visitor.open(address("confirm-giro", full.key, "KUN", waiting.key))
    visitor.assert_page()
    paper = full.documents.first()
    visitor.open(address("check-association-document", full.key, "KUN", paper.key))
    visitor.assert_page()
    person = full.representatives.first()
    visitor.open(address("end-representative", full.key, "KUN", person.key))
    visitor.assert_page()


def test_registered_with_the_keyboard_after_a_mistake(visit: Visit) -> None:
    visitor = visit(people.user(Role.GRANT_OFFICER))
    page = visitor.open("/foreningar/ny/")
    page.get_by_label("Organisationsnummer").focus()
    page.keyboard.type("850101-1236")
    page.keyboard.press("Tab")
    page.keyboard.type("Solrosens Kvarterslag")
    visitor.expected_status = 422
    page.keyboard.press("Enter")
    expect(page.locator(".v-errors")).to_be_focused()
    expect(page).to_have_title("Fel: Registrera en förening – Vetting")
    expect(page.get_by_label("Organisationsnummer")).to_have_value("")
    expect(page.get_by_label("Namn")).to_have_value("Solrosens Kvarterslag")
    visitor.assert_page()
    number = people.orgnr(941_001)
    page.get_by_label("Organisationsnummer").fill(f"{number[:6]}-{number[6:]}")
    page.get_by_label("Juridisk form").select_option(label="Ideell förening")
    page.get_by_role("button", name="Registrera föreningen").click()
    expect(page.get_by_role("heading", name="Solrosens Kvarterslag")).to_be_visible()
    assert Association.objects.get().orgnr == number


def test_two_people_save_the_same_association(visit: Visit) -> None:
    association = well_known_association()
    here, there = visit(people.user(Role.GRANT_OFFICER)), visit(people.user(Role.REGISTRAR))
    for visitor in (here, there):
        visitor.open(address("edit-association", association.key))
    there.page.get_by_label("Säte").fill("Solna")
    there.page.get_by_role("button", name="Spara").click()
    expect(there.page.get_by_text("Registeruppgifterna är sparade.")).to_be_visible()
    here.expected_status = 409
    here.page.get_by_label("Säte").fill("Nacka")
    here.page.get_by_role("button", name="Spara").click()
    expect(here.page.get_by_role("heading", name="Någon annan har sparat")).to_be_visible()
    expect(here.page.get_by_role("row", name="Säte Nacka Solna")).to_be_visible()
    here.assert_page()
    here.page.get_by_role("button", name="Spara").click()
    expect(here.page.get_by_text("Registeruppgifterna är sparade.")).to_be_visible()


def test_without_script_everything_is_there(visit: Visit) -> None:
    association = well_known_association()
    visitor = visit(people.user(Role.GRANT_OFFICER), script=False)
    page = visitor.open(address("show-association", association.key))
    page.get_by_text("Fler åtgärder").click()
    page.get_by_role("link", name="Registrera ett gironummer").click()
    page.get_by_label("Bankgiro").check()
    page.get_by_label("Nummer").fill("684-1761")
    page.get_by_role("button", name="Registrera numret").click()
    expect(page.get_by_text("Numret är registrerat och väntar på att någon annan bekräftar det.")).to_be_visible()
