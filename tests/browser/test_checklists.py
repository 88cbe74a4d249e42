"""The review page in a browser: keyboard, in place, without script, at every width (docs: ui.md, Review)."""

import uuid
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from checklists.facts import Fact
from checklists.models import Answer, Review
from checklists.rules.definition import Value
from checklists.services.complete_review import complete_review
from tests.browser.visitor import Visitor
from tests.factories import grants, people, review_host, reviews
from vetting.accounts.actors import Actor, actor_for
from vetting.accounts.models import User
from vetting.accounts.roles import Role
from vetting.kernel import clock
from vetting.kernel.workflow import facts

Visit = Callable[..., Visitor]


@pytest.fixture(autouse=True)
def host(site: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A host on the address; jäv is answered by a room above."""
    known = dict(facts._entries) | {"A24": lambda review: Fact(value=Value.YES, as_of=clock.today())}
    monkeypatch.setattr(facts, "_entries", known)
    with review_host.registered():
        yield


@pytest.fixture
def officer(site: str) -> User:
    return people.user(Role.GRANT_OFFICER)


@pytest.fixture
def actor(officer: User) -> Actor:
    return actor_for(officer, on=clock.today())


def opened(actor: Actor, key: uuid.UUID, **more: object) -> str:
    """Both reviews of a grant; the page's address."""
    for template in ("association", "application"):
        reviews.review(actor, template, subject=f"{template}:{key}", **more)
    return f"/granskning/{review_host.NAME}/{key}/"


def test_on_a_case_it_is_accessible_at_every_width(visit: Visit) -> None:
    """Nothing answered, then a stop and an unclear answer, then the pages that hang on a question."""
    case = grants.walked("formal_check")
    officer = User.objects.get(pk=case.case.officer_id)
    address = f"/granskning/case/{case.case.key}/"
    visitor = visit(officer)
    page = visitor.open(address)
    visitor.assert_page()
    actor = actor_for(officer, on=clock.today())
    review = Review.objects.get(template="association")
    reviews.answer(review, "A4", "nej", actor, "Ingen revisor är vald.")
    reviews.answer(review, "A13", "oklart", actor, "Inväntar svar.")
    visitor.open(address)
    visitor.assert_page()
    for path in ("bekrafta/", f"underlag/{review.key}/A13/", f"lyft/{review.key}/A13/"):
        visitor.open(address + path)
        visitor.assert_page(1280, 320)
    visitor.expected_status = 422
    page.get_by_role("button", name="Lyft frågan").click()
    expect(page.locator(".v-errors")).to_be_focused()
    visitor.assert_page(1280, 320)


def test_answered_by_keyboard_the_next_question_takes_the_focus(visit: Visit, officer: User, actor: Actor) -> None:
    address = opened(actor, uuid.uuid4())
    page = visit(officer).open(address)
    page.keyboard.press("n")
    page.keyboard.press("1")
    page.keyboard.press("Enter")
    expect(page.locator("#A1")).to_contain_text("Besvarad av")
    expect(page.locator("#A2-answer_0")).to_be_focused()
    page.keyboard.press("1")
    page.keyboard.press("Enter")
    expect(page.locator("#A3-answer_0")).to_be_focused()
    expect(page.locator("#sammanfattning h2")).to_have_text("3 av 24 klara")
    assert set(Answer.objects.values_list("question", "value")) == {("A1", "ja"), ("A2", "ja")}


def test_an_answer_shows_what_it_asks_for_and_nothing_typed_is_lost(visit: Visit, officer: User, actor: Actor) -> None:
    page = visit(officer).open(opened(actor, uuid.uuid4()))
    words = page.locator("#A4-own_words")
    expect(words).to_be_hidden()
    page.locator("#A4 .v-answer").nth(1).click()
    expect(words).to_be_visible()
    page.locator("#A21 .v-answer").nth(0).click()
    page.locator("#A4 button[type=submit]").click()
    expect(page.locator("#A4 .v-errors")).to_be_focused()
    expect(page.locator("#A21-answer_0")).to_be_checked()
    words.fill("Ingen revisor är vald.")
    page.locator("#A4 button[type=submit]").click()
    expect(page.locator("#A4")).to_contain_text("Ingen revisor är vald.")
    expect(page.locator("#sammanfattning")).to_contain_text("A4: styrelse eller revisor är inte vald")


def test_the_weighing_question_comes_when_it_is_asked_and_goes_again(visit: Visit, officer: User, actor: Actor) -> None:
    page = visit(officer).open(opened(actor, uuid.uuid4()))
    expect(page.locator("#A17")).to_be_hidden()
    page.locator("#A13 .v-answer").nth(0).click()
    page.locator("#A13").get_by_label("Uppgift finns men är inte visad").check()
    page.locator("#A13-own_words").fill("Anmälan om hot.")
    page.locator("#A13 button[type=submit]").click()
    expect(page.locator("#A17-answer_0")).to_be_visible()
    expect(page.locator("#A13")).to_contain_text("A13 väntar på samordnaren")


def test_without_script_all_is_shown_and_works(visit: Visit, officer: User, actor: Actor) -> None:
    address = opened(actor, uuid.uuid4())
    page = visit(officer, script=False).open(address)
    page.locator("#A1 .v-answer").nth(0).click()
    page.locator("#A1 button[type=submit]").click()
    expect(page.locator("#sammanfattning h2")).to_have_text("2 av 24 klara")
    assert page.url.endswith("#A2")


class Keys:
    """Counts what is pressed."""

    def __init__(self, page: Page) -> None:
        self.page, self.count = page, 0

    def press(self, *keys: str) -> None:
        for key in keys:
            self.count += 1
            self.page.keyboard.press(key)


def test_a_returning_association_takes_thirty_keystrokes(visit: Visit, officer: User, actor: Actor) -> None:
    """Last year's answers are confirmed together; the application's own questions are answered one by one."""
    key = uuid.uuid4()
    last = reviews.review(actor, subject=f"association:{key}")
    reviews.answer_all(last, actor)
    complete_review(review=last, actor=actor)
    address = opened(actor, key)
    page = visit(officer).open(f"{address}bekrafta/")
    keys = Keys(page)
    page.locator("#id_looked_at_0").focus()
    keys.press("Space", "Tab", "Space", "Enter")
    page.wait_for_url(f"**{address}")
    keys.press("n")
    answers = {"A9": "1", "A11": "1", "A12": "2", "A20": "1", "A21": "1", "A22": "1", "A23": "1"}
    for after, answer in answers.items():
        keys.press(answer, "Enter")
        expect(page.locator(f"#{after}-answer_0")).to_be_focused()
    keys.press("2", "Enter")
    expect(page.locator("#sammanfattning h2")).to_have_text("24 av 24 klara")
    expect(page.locator("#sammanfattning a.btn").first).to_be_focused()
    assert keys.count <= 30, keys.count
