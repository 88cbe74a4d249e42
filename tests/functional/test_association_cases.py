"""The tab Ärenden of an association's page: the reader's districts only, paged, filtered, one price."""

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from applications.cases import executor
from applications.cases.services.jav import declare_jav
from tests.factories import people
from tests.workflow import handled
from vetting.accounts.models import User
from vetting.accounts.roles import Role

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _machine():
    handled.install()


@pytest.fixture
def officer():
    return people.actor(Role.GRANT_OFFICER)


@pytest.fixture
def association():
    return people.association("Solrosens Kvarterslag")


def signed_in(actor) -> Client:
    client = Client()
    client.force_login(User.objects.get(pk=actor.user_id))
    return client


def opened(actor, association, query=""):
    return signed_in(actor).get(reverse("list-association-cases", args=[association.key]) + query)


def numbers(answer) -> list[str]:
    return [line.number for line in answer.context["page"].object_list]


def counted(answer) -> dict[str, str]:
    return {str(tab["label"]): str(tab["count"]) for tab in answer.context["tabs"]}


def test_the_newest_case_comes_first_and_each_line_leads_to_its_case(officer, association):
    first, second = (handled.received(officer, association=association) for _ in range(2))
    answer = opened(officer, association)
    assert numbers(answer) == [second.number, first.number]
    page = answer.content.decode()
    for case in (first, second):
        assert f'<a href="/arenden/{case.key}/">{case.number}</a>' in page
    assert counted(answer)["Ärenden"] == "2"


def test_nothing_of_another_districts_cases_shows_not_even_a_number(officer, association):
    south = people.district("SÖD")
    abroad = people.actor(Role.GRANT_OFFICER, at=south)
    there = handled.received(abroad, at=south, association=association)
    here = handled.received(officer, association=association)
    answer = opened(officer, association)
    assert numbers(answer) == [here.number]
    assert counted(answer)["Ärenden"] == "1"
    assert there.number not in answer.content.decode()
    both = people.also(User.objects.get(pk=officer.user_id), Role.AUDITOR, at=south)
    assert set(numbers(opened(both, association))) == {here.number, there.number}


def test_a_conflict_of_interest_takes_the_case_away(officer, association):
    case = handled.received(officer, association=association)
    declare_jav(case=case, actor=officer, answer="yes")
    answer = opened(officer, association)
    assert numbers(answer) == []
    assert counted(answer)["Ärenden"] == "0"


def test_filters_come_with_many_cases_and_narrow_them(officer, association):
    cases = [handled.received(officer, association=association) for _ in range(11)]
    declare_jav(case=cases[0], actor=officer, answer="none")
    executor.perform(subject=cases[0], action="start", actor=officer)
    executor.perform(subject=cases[0], action="withdraw", actor=officer)
    assert 'name="tillstand"' in opened(officer, association).content.decode()
    assert numbers(opened(officer, association, "?tillstand=avslutade")) == [cases[0].number]
    assert len(numbers(opened(officer, association, "?tillstand=oppna"))) == 10
    assert len(numbers(opened(officer, association, "?tillstand=received&slag=handled"))) == 10
    assert numbers(opened(officer, association, "?slag=grant")) == []
    assert counted(opened(officer, association, "?slag=grant"))["Ärenden"] == "11"
    few = people.association()
    handled.received(officer, association=few)
    assert 'name="tillstand"' not in opened(officer, few).content.decode()


@pytest.mark.parametrize("query", ["?tillstand=nonsens", "?slag=x", "?sida=0", "?sida=z", "?tilstand=oppna"])
def test_a_filter_that_cannot_be_read_gives_no_rows_and_says_so(officer, association, query):
    handled.received(officer, association=association)
    answer = opened(officer, association, query)
    page = answer.content.decode()
    assert numbers(answer) == []
    assert 'role="alert"' in page
    assert "<title>Fel:" in page


def test_pages_hold_every_case_once(officer, association):
    with transaction.atomic():
        cases = [handled.received(officer, association=association) for _ in range(53)]
    first, second = opened(officer, association), opened(officer, association, "?sida=2")
    assert (len(numbers(first)), len(numbers(second))) == (50, 3)
    assert {*numbers(first), *numbers(second)} == {case.number for case in cases}
    assert "Den här sidan är tom." in opened(officer, association, "?sida=9").content.decode()


def test_the_page_asks_as_often_for_one_case_as_for_fifty(officer, association):
    def questions() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert opened(officer, association).status_code == 200
        return len(asked)

    handled.received(officer, association=association)
    questions()
    few = questions()
    for _ in range(30):
        handled.received(officer, association=association)
    assert questions() == few


def test_without_cases_the_page_says_why(officer, association):
    assert "inga ärenden som du kan se" in opened(officer, association).content.decode()


def test_whoever_sees_no_cases_has_no_such_tab_and_no_such_page(association):
    controller = people.actor(Role.CONTROLLER)
    details = signed_in(controller).get(reverse("show-association", args=[association.key]))
    assert reverse("list-association-cases", args=[association.key]) not in details.content.decode()
    assert opened(controller, association).status_code == 403


def test_the_details_lead_to_the_cases(officer, association):
    handled.received(officer, association=association)
    details = signed_in(officer).get(reverse("show-association", args=[association.key]))
    assert counted(details) == {"Uppgifter": "None", "Ärenden": "1"}
