"""The page of what could not leave: who sees it, what it says, and what a person does about it."""

import pytest
from django.test import Client

from applications.cases.models import Recusal
from tests.factories import obligations as made
from tests.factories import people
from tests.factories.outbox import parked
from tests.workflow import trial
from vetting.accounts.roles import Role
from vetting.audit.models import Event, Payload
from vetting.audit.services import read_payload
from vetting.kernel import clock
from vetting.kernel.errors import Invalid, NotNow
from vetting.obligations.models import Obligation
from vetting.outbox.models import Message
from vetting.outbox.services.settle import note_needless, note_posted, retry

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer():
    return people.user(Role.GRANT_OFFICER)


@pytest.fixture
def browser(officer):
    client = Client()
    client.force_login(officer)
    return client


def subject(row: Message) -> str:
    return read_payload(Payload.objects.get(pk=row.payload_id))["subject"]


def test_it_lists_what_could_not_leave_with_the_reason(browser):
    rows = [parked(), parked("no_address", to=""), parked("unreachable")]
    page = browser.get("/utskick/").content.decode()
    assert all(subject(row) in page for row in rows)
    for reason in ("tar inte emot", "Ingen e-postadress är känd", "Ingen e-postserver"):
        assert reason in page


def test_an_empty_page_says_when_it_fills(browser):
    assert "Alla meddelanden har gått iväg" in browser.get("/utskick/").content.decode()


def test_the_number_of_questions_does_not_grow(browser, django_assert_max_num_queries):
    for _ in range(30):
        parked()
    browser.get("/utskick/")
    with django_assert_max_num_queries(15):
        browser.get("/utskick/")


def test_a_message_shows_its_text_and_the_servers_words_and_is_sent_again(browser):
    row = parked()
    page = browser.get(f"/utskick/{row.key}/").content.decode()
    assert "550 Unknown &lt;x@y.se&gt;" in page and "Det finns ett meddelande." in page
    answer = browser.post(f"/utskick/{row.key}/", {"how": "again", "words": ""}, follow=True)
    assert "skickas igen inom en minut" in answer.content.decode()
    row.refresh_from_db()
    assert (row.state, row.attempts) == ("waiting", 0)
    assert Event.objects.filter(verb="message.retried").count() == 1


@pytest.mark.parametrize(("how", "state"), [("post", "posted"), ("needless", "needless")])
def test_a_message_is_ended_by_a_person_with_words_that_go_to_a_payload(browser, how, state):
    row = parked("no_address", to="")
    page = browser.get(f"/utskick/{row.key}/").content.decode()
    assert 'value="again"' not in page
    words = "Lämnades över till kassören."
    assert browser.post(f"/utskick/{row.key}/", {"how": how, "words": words}).status_code == 302
    row.refresh_from_db()
    assert row.state == state
    event = Event.objects.get(verb=f"message.{state}")
    assert words.encode() not in bytes(event.canonical)
    assert read_payload(Payload.objects.get(pk=event.payload_id)) == {"words": words}
    assert browser.get(f"/utskick/{row.key}/").status_code == 404


def test_what_is_typed_stays_when_something_is_missing(browser):
    row = parked()
    answer = browser.post(f"/utskick/{row.key}/", {"how": "needless", "words": " "})
    assert answer.status_code == 422
    assert "Skriv varför" in answer.content.decode()
    answer = browser.post(f"/utskick/{row.key}/", {"words": "Egna ord"})
    assert answer.status_code == 422
    assert "Egna ord" in answer.content.decode()
    row.refresh_from_db()
    assert row.state == "parked"


def test_after_an_outage_all_are_sent_again_but_those_without_an_address(browser):
    rows = [parked("unreachable"), parked("451"), parked("no_address", to="")]
    answer = browser.post("/utskick/igen/", follow=True)
    assert "2 meddelanden skickas igen" in answer.content.decode()
    assert [Message.objects.get(pk=row.pk).state for row in rows] == ["waiting", "waiting", "parked"]


def test_whoever_is_kept_from_a_case_does_not_see_its_mail(browser, officer):
    trial.install()
    case = trial.new_case(people.actor(Role.GRANT_OFFICER))
    row = parked(case=case.key)
    assert subject(row) in browser.get("/utskick/").content.decode()
    Recusal.objects.create(case_id=case.pk, user=officer, since=clock.now())
    assert subject(row) not in browser.get("/utskick/").content.decode()
    assert browser.get(f"/utskick/{row.key}/").status_code == 404
    browser.post("/utskick/igen/")
    assert Message.objects.get(pk=row.pk).state == "parked"


def test_a_message_in_doubt_is_looked_up_before_it_is_sent_again():
    row = parked("in_doubt")
    retry(message=row, actor=people.actor(Role.REGISTRAR))
    row.refresh_from_db()
    assert (row.state, row.lease_until) == ("sending", None)


def test_two_people_cannot_end_the_same_message():
    row, actor = parked(), people.actor(Role.REGISTRAR)
    note_posted(message=row, actor=actor)
    for again in (retry, note_posted):
        with pytest.raises(NotNow):
            again(message=row, actor=actor)
    with pytest.raises(Invalid):
        note_needless(message=parked(), actor=actor, words="")


def test_reminders_that_could_not_be_written_are_listed_and_taken_up(browser):
    row = made.obligation(due_in=7)
    Obligation.objects.filter(pk=row.pk).update(trouble="LookupError", attempts=5)
    page = browser.get("/utskick/paminnelser/").content.decode()
    assert "lämna in provet" in page and "LookupError" in page
    answer = browser.post(f"/utskick/paminnelser/{row.key}/igen/", follow=True)
    assert "Alla påminnelser är skrivna" in answer.content.decode()
    assert Obligation.objects.get().trouble == ""


def test_the_start_page_says_that_something_waits(browser):
    assert "kunde inte skickas" not in browser.get("/idag/").content.decode()
    parked()
    page = browser.get("/idag/").content.decode()
    assert "1 meddelande kunde inte skickas" in page and 'href="/utskick/"' in page
    other = Client()
    other.force_login(people.user(Role.SECOND_READER))
    assert "kunde inte skickas" not in other.get("/idag/").content.decode()
