"""Cases chosen in the queue and given to one officer: the check page, what is left out, and the way back."""

import re
import uuid

import pytest
from django.contrib.messages import get_messages
from django.db import connection
from django.test.utils import CaptureQueriesContext

from applications.cases.models import Assignment, Case, Recusal
from tests.factories import volume
from vetting.accounts.models import Membership
from vetting.kernel import clock

pytestmark = pytest.mark.django_db
URL = "/arenden/tilldela/"


@pytest.fixture
def client():
    volume.fill(160)
    return volume.signed_in("handlaggare")


@pytest.fixture
def taker(client):
    return volume.account("handlaggare2")


@pytest.fixture
def free(client):
    """Open cases of the district that nobody handles."""
    some = Case.objects.filter(is_open=True, district__code="KUN").exclude(officer=volume.account("handlaggare2"))
    ids = list(some.exclude(number="").order_by("pk").values_list("pk", flat=True)[:12])
    Assignment.objects.filter(case__in=ids, ended_on=None).update(ended_on=clock.today())
    Case.objects.filter(pk__in=ids).update(officer=None)
    return list(Case.objects.filter(pk__in=ids).order_by("pk"))


def check(client, cases, officer="", query="?vy=otilldelade", **more):
    keys = [str(getattr(case, "key", case)) for case in cases]
    return client.post(URL + query, {"case": keys, "officer": str(getattr(officer, "key", officer)), **more})


def fields(answer) -> dict[str, list[str]]:
    """What the check page's form would post."""
    found: dict[str, list[str]] = {}
    page = answer.content.decode().split("<main", 1)[1]
    for name, value in re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page):
        found.setdefault(name, []).append(value)
    return found


def confirm(client, answer, query="?vy=otilldelade"):
    return client.post(URL + query, fields(answer) | {"confirm": "1"})


def said(answer) -> list[str]:
    return [str(message) for message in get_messages(answer.wsgi_request)]


def officers(cases) -> list[int | None]:
    """Who has each of the cases now."""
    return [Case.objects.values_list("officer", flat=True).get(pk=case.pk) for case in cases]


def test_the_check_page_says_what_will_happen_and_changes_nothing(client, taker, free):
    answer = check(client, free[:3], taker)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert all(case.number in page for case in free[:3])
    assert f"Tilldela {taker.name} 3 ärenden" in page
    assert fields(answer)["case"] == [str(case.key) for case in free[:3]]
    assert set(officers(free)) == {None}


def test_confirmed_the_cases_change_hands_and_the_queue_says_how_many(client, taker, free):
    answer = confirm(client, check(client, free, taker))
    assert (answer.status_code, answer["Location"]) == (302, "/arenden/?vy=otilldelade")
    assert said(answer) == [f"12 ärenden är tilldelade {taker.name}."]
    assert set(officers(free)) == {taker.pk}


def test_a_second_submit_says_the_same_and_does_nothing(client, taker, free):
    page = check(client, free[:3], taker)
    first, second = confirm(client, page), confirm(client, page)
    assert said(first) == said(second)[-1:]
    assert Assignment.objects.filter(case__in=free, officer=taker).count() == 3


def test_what_cannot_be_assigned_is_listed_with_its_reason_and_left_out(client, taker, free):
    Recusal.objects.create(case=free[0], user=taker, since=clock.now())
    closed = Case.objects.filter(is_open=False, district__code="KUN").first()
    his = Case.objects.filter(is_open=True, officer=taker).first()
    answer = check(client, [free[0], closed, his, free[1]], taker)
    page = answer.content.decode()
    assert fields(answer)["case"] == [str(free[1].key)]
    for words in ("utelåst", "Ärendet är avslutat", "handlägger redan ärendet"):
        assert words in page
    confirm(client, answer)
    assert officers(free[:2]) == [None, taker.pk]


def test_a_case_one_may_not_see_is_only_counted(client, taker, free):
    volume.fill(20, code="SÖD", seed=2)
    elsewhere = Case.objects.filter(district__code="SÖD", is_open=True).exclude(number="").first()
    Recusal.objects.create(case=free[0], user=volume.account("handlaggare"), since=clock.now())
    answer = check(client, [elsewhere, free[0], uuid.uuid4(), free[1]], taker)
    page = answer.content.decode()
    assert "3 av de valda ärendena finns inte längre eller är stängda för dig" in page
    assert elsewhere.number not in page
    assert free[0].number not in page
    assert fields(answer)["case"] == [str(free[1].key)]


def test_in_a_district_where_one_only_reads_the_case_is_left_out(client, taker):
    volume.fill(20, code="SÖD", seed=2)
    elsewhere = Case.objects.filter(district__code="SÖD", is_open=True).first()
    Membership.objects.create(
        user=volume.account("handlaggare"), district=elsewhere.district, role="auditor", valid_from=clock.today()
    )
    page = check(client, [elsewhere], taker).content.decode()
    assert "Du får inte tilldela det här områdets ärenden" in page
    assert 'name="confirm"' not in page


@pytest.mark.parametrize(
    ("cases", "officer", "words"),
    [
        (0, "taker", "Välj minst ett ärende i listan."),
        (2, "", "Välj en handläggare att tilldela."),
        (0, "", "Välj minst ett ärende i listan."),
        (2, "nobody", "Handläggaren du valde handlägger inga ärenden här idag."),
        (2, "5b0a3f0e-7f0c-4a6e-9a51-3f0f6a1f0c11", "Handläggaren du valde handlägger inga ärenden här idag."),
    ],
)
def test_what_is_missing_is_said_in_the_queue_with_the_choices_kept(client, taker, free, cases, officer, words):
    chosen, officer = free[:cases], taker.key if officer == "taker" else officer
    query = f"?vy=otilldelade&q={free[0].number.replace(' ', '+')}" if cases == 0 else "?vy=otilldelade"
    answer = check(client, chosen, officer, query=query)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "<title>Fel:" in page
    assert words in page
    ticked = re.findall(r'value="([^"]+)" data-pick[^>]* checked', page)
    assert set(ticked) == {str(case.key) for case in chosen}
    assert (f'<option value="{taker.key}" selected>' in page) is (officer == taker.key)
    assert answer.context["wish"].view.code == "otilldelade"
    assert bool(answer.context["wish"].text) is (cases == 0)


def test_more_than_a_page_at_once_is_refused_in_words(client, taker):
    answer = check(client, [uuid.uuid4() for _ in range(51)], taker)
    assert answer.status_code == 422
    assert "Högst 50 ärenden" in answer.content.decode()


@pytest.mark.parametrize("key", ["", "nonsens", "1", "\x00"])
def test_a_key_that_cannot_be_read_is_an_error_in_the_queue(client, taker, key):
    assert check(client, [key], taker).status_code == 422


def test_going_back_to_change_keeps_the_choices_without_an_error(client, taker, free):
    Recusal.objects.create(case=free[0], user=taker, since=clock.now())
    page = check(client, free[:3], taker)
    answer = client.post(URL + "?vy=otilldelade", fields(page) | {"change": "1"})
    shown = answer.content.decode()
    assert answer.status_code == 200
    assert 'role="alert"' not in shown
    ticked = set(re.findall(r'value="([^"]+)" data-pick[^>]* checked', shown))
    assert ticked == {str(case.key) for case in free[:3]}


def test_a_filter_followed_from_there_leads_to_the_queue(client):
    answer = client.get(URL + "?vy=mina&sortera=namn")
    assert (answer.status_code, answer["Location"]) == (302, "/arenden/?vy=mina&sortera=namn")


def test_a_case_assigned_by_somebody_else_meanwhile_stays_with_them_and_is_named(client, taker, free):
    page = check(client, free[:3], taker)
    third = volume.account("enhetschef")
    Case.objects.filter(pk=free[0].pk).update(officer=third)
    answer = confirm(client, page)
    done, left = said(answer)
    assert done == f"2 ärenden är tilldelade {taker.name}."
    assert left.startswith(f"{free[0].number}: Någon annan har tilldelat ärendet")
    assert officers(free[:3]) == [third.pk, taker.pk, taker.pk]


def test_with_nothing_left_to_assign_the_answer_says_so(client, taker, free):
    page = check(client, free[:1], taker)
    Case.objects.filter(pk=free[0].pk).update(officer=volume.account("enhetschef"))
    assert said(confirm(client, page))[0] == "Inget ärende tilldelades."


def test_an_officer_who_left_meanwhile_gets_nothing(client, taker, free):
    page = check(client, free[:2], taker)
    Membership.objects.filter(user=taker).update(valid_to=clock.today().replace(year=2020))
    assert confirm(client, page).status_code == 422
    assert set(officers(free)) == {None}


def test_whoever_may_not_assign_is_told_who_may(client, taker, free):
    other = volume.signed_in("granskare")
    assert URL not in other.get("/arenden/?vy=oppna").content.decode()
    assert check(other, free[:1], taker).status_code == 403


def test_the_check_page_asks_as_often_for_one_case_as_for_fifty(client, taker):
    cases = list(Case.objects.filter(is_open=True, district__code="KUN").order_by("pk")[:50])

    def questions(number: int) -> int:
        with CaptureQueriesContext(connection) as asked:
            assert check(client, cases[:number], taker).status_code == 200
        return len(asked)

    questions(1)
    assert questions(1) == questions(50) <= 9
