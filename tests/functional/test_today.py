"""Idag: whose turn it is, what waits for others, and what the page says when the background stands still."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from applications.cases.models import Case
from applications.desk.states import codes_with
from applications.desk.today.turn import states_by_owner
from tests.factories import volume
from vetting.jobs.services import beat
from vetting.kernel import clock
from vetting.kernel.workflow import Shape

pytestmark = pytest.mark.django_db


@pytest.fixture
def cases():
    volume.fill(160)
    return Case.objects.filter(is_open=True)


def today(username: str):
    return volume.signed_in(username).get("/idag/").context["today"]


def test_an_officer_meets_ones_own_cases_due(cases):
    me = volume.account("handlaggare")
    mine = cases.filter(officer=me)
    at_work = cases.filter(state__in=("registered", "formal_check", "review"))
    assert Case.objects.filter(pk__in=at_work[:1]).update(due_on=clock.today(), officer=me) == 1
    seen = today("handlaggare")
    keys = {str(case.key) for case in mine.filter(due_on__lte=clock.today())}
    assert {line.key for line in seen.now} <= keys
    assert seen.now_number == len(seen.now) > 0
    assert seen.mine == mine.count()


def test_what_lies_with_a_role_is_the_turn_of_everybody_who_holds_it(cases):
    reading = cases.filter(state="second_reading")
    Case.objects.filter(pk__in=reading).update(due_on=clock.today())
    assert {line.key for line in today("granskare").now} == {str(case.key) for case in reading}
    assert not {line.state.code for line in today("handlaggare").now} & {"second_reading"}


def test_a_case_that_waits_comes_back_on_its_last_day(cases):
    me = volume.account("handlaggare")
    case = cases.filter(state__in=codes_with(Shape.WAIT)).first()
    Case.objects.filter(pk=case.pk).update(officer=me, due_on=clock.today() + timedelta(days=3))
    seen = today("handlaggare")
    assert str(case.key) in {row.line.key for row in seen.waiting}
    assert str(case.key) not in {line.key for line in seen.week}
    Case.objects.filter(pk=case.pk).update(due_on=clock.today())
    seen = today("handlaggare")
    assert str(case.key) in {line.key for line in seen.now}
    assert str(case.key) not in {row.line.key for row in seen.waiting}


def test_a_list_that_is_cut_leads_to_the_whole(cases):
    me = volume.account("handlaggare")
    cases.filter(state__in=states_by_owner()["grant_officer"]).update(officer=me, due_on=clock.today())
    client = volume.signed_in("handlaggare")
    short, whole = client.get("/idag/"), client.get("/idag/?visa=alla")
    number = short.context["today"].now_number
    assert number > len(short.context["today"].now) == 12
    assert 'href="?visa=alla#idag"' in short.content.decode()
    assert len(whole.context["today"].now) == number
    assert 'href="?visa=alla' not in whole.content.decode()


def test_the_figures_lead_to_their_rows(cases):
    page = volume.signed_in("handlaggare").get("/idag/")
    seen = page.context["today"]
    assert seen.unassigned == cases.filter(officer=None).count()
    assert seen.district_late == cases.filter(due_on__lt=clock.today()).count()
    assert (seen.in_depth, seen.open_cases) == (cases.filter(state="in_depth").count(), cases.count())
    assert "?vy=otilldelade" in page.content.decode()


def test_the_page_warns_when_the_background_stands_still(cases):
    client = volume.signed_in("handlaggare")
    assert "is-stop" in client.get("/idag/").content.decode()
    beat("worker")
    beat("beat")
    assert "v-msg is-stop" not in client.get("/idag/").content.decode()


def test_an_empty_day_says_so():
    page = volume.signed_in("handlaggare").get("/idag/").content.decode()
    assert "v-empty" in page
    assert "vy=otilldelade" not in page


def test_the_number_of_questions_is_the_same_for_one_case_and_for_many():
    volume.fill(1)
    client = volume.signed_in("handlaggare")

    def questions() -> int:
        client.get("/idag/")
        with CaptureQueriesContext(connection) as asked:
            client.get("/idag/")
        return len(asked)

    few = questions()
    volume.fill(300, seed=2)
    assert questions() == few <= 15
