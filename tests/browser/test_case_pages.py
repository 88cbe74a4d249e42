"""The pages about one case in the browser: each at every width, empty, full and with errors; one step by keyboard."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from applications.cases.models import Consultation, Note, SecretNote
from applications.cases.selectors.hearings import hearings_of
from applications.cases.services.completion import ask_completion, register_completion
from applications.cases.services.consultation import answer_consultation, ask_consultation
from applications.cases.services.hearing import end_hearing, start_hearing
from applications.cases.services.jav import declare_jav
from applications.cases.services.notes import write_note
from applications.cases.services.replies import comment_facts, register_replies
from tests.browser.visitor import Visitor
from tests.factories import people
from tests.workflow import handled
from vetting.accounts.actors import Actor, actor_for
from vetting.accounts.models import User
from vetting.accounts.roles import Role
from vetting.kernel import clock

Visit = Callable[..., Visitor]
LONG = "Enskede-Årsta-Vantörs stadsdelsförvaltnings kvarterssamverkansförening, 3 mars, av ordföranden i Folkets hus"


@pytest.fixture
def person(site: str) -> User:
    handled.install()
    return people.user(Role.GRANT_OFFICER, Role.UNIT_HEAD)


@pytest.fixture
def actor(person: User) -> Actor:
    return actor_for(person, on=clock.today())


def later(days: int = 14):
    return clock.today() + timedelta(days=days)


def much_done(actor: Actor) -> handled.HandledCase:
    """A case that has been along every side track, with long texts."""
    case = handled.in_review(actor)
    ask_completion(case=case, items=[LONG, "Stadgar"], last_day=later(), actor=actor)
    register_completion(case=case, received=[1], arrived_on=clock.today(), note=LONG, actor=actor)
    ask_consultation(
        case=case,
        actor=actor,
        asked_of="other_board",
        asked_name=LONG,
        circumstance=LONG,
        question=LONG,
        acts=[{"text": LONG, "source": LONG}],
        last_day=later(),
    )
    answer_consultation(case=case, actor=actor, answer=LONG, basis=LONG, who="Kulturförvaltningen")
    start_hearing(case=case, facts=[{"text": LONG, "source": LONG}, {"text": "Kort"}], last_day=later(), actor=actor)
    facts = hearings_of(case)[0].facts
    for reply in ("Nej", LONG):
        register_replies(case=case, replies={fact.key: reply for fact in facts}, arrived_on=clock.today(), actor=actor)
    end_hearing(case=case, actor=actor)
    hearing = hearings_of(case)[0].hearing
    comment_facts(hearing=hearing, comments={facts[0].key: LONG}, actor=actor)
    write_note(case=case, actor=actor, text=LONG, must_answer=True)
    write_note(case=case, actor=actor, text=LONG, answers=Note.objects.get())
    write_note(case=case, actor=actor, text=LONG, section="OSL 21:3")
    return handled.again(case)


def test_every_page_of_a_new_case_stands_at_every_width(visit: Visit, person: User, actor: Actor) -> None:
    below = f"/arenden/{handled.in_review(actor).key}/"
    visitor = visit(person)
    for path in (
        "handlingar/",
        "handlingar/ny/",
        "samrad/",
        "samrad/begar/",
        "kommunicering/",
        "kommunicering/skicka/",
        "kommunicering/utan/",
        "komplettering/begar/",
        "anteckningar/ny/",
        "jav/",
        "handlaggare/",
        "lanka/",
        "handelser/",
        "steg/submit/",
    ):
        visitor.open(below + path)
        visitor.assert_page()


def test_every_page_of_a_full_case_stands_at_every_width(visit: Visit, person: User, actor: Actor) -> None:
    case = much_done(actor)
    other = people.actor(Role.GRANT_OFFICER)
    declare_jav(case=case, actor=other, answer="possible", reason=LONG)
    below = f"/arenden/{case.key}/"
    note, user = SecretNote.objects.get(), User.objects.get(pk=other.user_id)
    hearing = hearings_of(case)[0].hearing
    visitor = visit(person)
    for path in (
        "handlingar/",
        "samrad/",
        "kommunicering/",
        f"kommunicering/{hearing.key}/kommentar/",
        f"anteckningar/{note.key}/",
        f"jav/{user.key}/",
        "handelser/",
    ):
        visitor.open(below + path)
        visitor.assert_page()
    visitor.speak("en")
    page = visitor.open(below + "kommunicering/")
    expect(page.get_by_text("The applicant's reply").first).to_be_visible()
    visitor.assert_page()


def test_what_awaits_an_answer_stands_at_every_width(visit: Visit, person: User, actor: Actor) -> None:
    visitor = visit(person)
    completed, heard, consulted = (handled.in_review(actor) for _ in range(3))
    ask_completion(case=completed, items=[LONG], last_day=later(), actor=actor)
    start_hearing(case=heard, facts=[{"text": LONG}], last_day=later(), actor=actor)
    ask_consultation(
        case=consulted, actor=actor, asked_of="coordinator", circumstance=LONG, question=LONG, last_day=later()
    )
    for case, path in (
        (completed, "komplettering/registrera/"),
        (heard, "kommunicering/svar/"),
        (heard, "kommunicering/avsluta/"),
        (heard, "kommunicering/utan-svar/"),
        (consulted, "samrad/svar/"),
    ):
        visitor.open(f"/arenden/{case.key}/{path}")
        visitor.assert_page()
    coordinator = visit(people.user(Role.COORDINATOR))
    for path in ("/samrad/", f"/samrad/{Consultation.objects.get().key}/"):
        coordinator.open(path)
        coordinator.assert_page()


def test_a_wrong_day_leads_to_its_field_and_what_was_typed_stays(visit: Visit, person: User, actor: Actor) -> None:
    case = handled.in_review(actor)
    visitor = visit(person)
    page = visitor.open(f"/arenden/{case.key}/komplettering/begar/")
    page.locator("#id_items").fill("Stadgar")
    page.locator("#id_last_day").fill("i morgon")
    visitor.expected_status = 422
    page.get_by_role("button", name="Begär", exact=True).click()
    expect(page).to_have_title(re.compile("^Fel:"))
    expect(page.locator("#id_items")).to_have_value("Stadgar")
    visitor.assert_page()
    page.locator(".v-errors a").first.click()
    expect(page.locator("#id_last_day")).to_be_focused()


def test_a_step_is_taken_by_keyboard_alone(visit: Visit, person: User, actor: Actor) -> None:
    case = handled.in_review(actor)
    page = visit(person).open(f"/arenden/{case.key}/handlingar/")
    page.get_by_role("link", name="Submit").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Submit")).to_be_visible()
    page.locator("#id_comment").focus()
    page.keyboard.type("Klart för läsning")
    page.get_by_role("button", name="Submit").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Klart: Submit.")).to_be_visible()
    assert handled.again(case).state == "reading"


def test_whoever_is_locked_out_meets_a_page_that_stands(visit: Visit, person: User, actor: Actor) -> None:
    case = handled.received(actor)
    declare_jav(case=case, actor=actor, answer="yes")
    visitor = visit(person)
    page = visitor.open(f"/arenden/{case.key}/handlingar/", status=404)
    expect(page.get_by_role("heading", name="Du är utelåst från ärendet")).to_be_visible()
    visitor.assert_page()
