"""The reminder history of a case: what left, what was passed over, what comes; and the day beside every page."""

from datetime import timedelta

import pytest
from django.test import Client

from applications.cases.models import Recusal
from tests.factories import obligations as made
from tests.factories import people
from tests.workflow import handled
from vetting.accounts.models import User
from vetting.accounts.roles import Role
from vetting.kernel import clock, text
from vetting.obligations.services.end import meet
from vetting.obligations.services.remind import scan
from vetting.outbox.models import Message

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer():
    handled.install()
    return people.actor(Role.GRANT_OFFICER)


@pytest.fixture
def case(officer):
    return handled.in_review(officer)


def page_of(officer, case, path="paminnelser/") -> str:
    browser = Client()
    browser.force_login(User.objects.get(pk=officer.user_id))
    answer = browser.get(f"/arenden/{case.key}/{path}")
    return answer.content.decode() if answer.status_code == 200 else str(answer.status_code)


def test_a_case_that_awaits_nothing_says_so(officer, case):
    assert "Inget väntas in i det här ärendet" in page_of(officer, case)
    assert "Lämnas in senast" not in page_of(officer, case, "handlingar/")


def test_the_history_says_what_became_of_each_step(officer, case):
    row = made.obligation(due_in=31, case=case.key)
    with clock.shifted(timedelta(days=25)):
        scan()
    page = page_of(officer, case)
    assert "Lämna in provet, " + text.day(row.due_on) in page
    assert "30 dagar före" in page and "Hoppades över" in page
    assert "7 dagar före" in page and "Skriven, väntar på att skickas" in page
    assert "På sista dagen" in page and page.count("Kommer") == 3
    Message.objects.update(state="sent", sent_at=clock.now())
    assert "till 1 mottagare." in page_of(officer, case)
    meet(obligation=row, actor=made.ACTOR)
    page = page_of(officer, case)
    assert "Kommer" not in page and "30 dagar före" in page


def test_what_could_not_be_sent_leads_on(officer, case):
    row = made.obligation(due_in=7, case=case.key)
    scan()
    Message.objects.update(state="parked", error_code="550")
    page = page_of(officer, case)
    assert "Kunde inte skickas" in page and 'href="/utskick/"' in page
    assert str(row.due_on) in page


def test_the_day_stands_beside_the_cases_pages_with_the_way_there(officer, case):
    made.obligation(due_in=31, case=case.key)
    page = page_of(officer, case, "handlingar/")
    assert "Lämnas in senast" in page and f"/arenden/{case.key}/paminnelser/" in page


def test_whoever_is_kept_from_the_case_does_not_see_it(officer, case):
    Recusal.objects.create(case_id=case.pk, user_id=officer.user_id, since=clock.now())
    assert page_of(officer, case) == "404"
