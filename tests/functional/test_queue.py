"""The queue: what each view and filter shows, what an unreadable filter does, and what a page costs."""

from datetime import timedelta

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from applications.cases.models import Case, Recusal
from applications.desk.queue import read
from applications.desk.queue.wish import SORTS, read_wish
from applications.desk.states import codes_with
from applications.grants.models import Programme
from tests.factories import volume
from vetting.kernel import clock
from vetting.kernel.sorting import swedish_key
from vetting.kernel.workflow import Shape

pytestmark = pytest.mark.django_db
COLUMNS = 8


@pytest.fixture
def client():
    volume.fill(160)
    return volume.signed_in("handlaggare")


def wished(query: str, username: str = "handlaggare"):
    """The cases an address means, as the page reads it."""
    actor = volume.acting(username)
    wish = read_wish(QueryDict(query), actor=actor, choices=read.choices_for(actor))
    return wish, read.cases_for(actor, wish)


def shown(query: str, username: str = "handlaggare") -> set[int]:
    return set(wished(query, username)[1].values_list("pk", flat=True))


def test_saved_views_hold_what_they_say(client):
    me = volume.account("handlaggare")
    open_cases = Case.objects.filter(is_open=True)
    expected = {
        "mina": open_cases.filter(officer=me),
        "otilldelade": open_cases.filter(officer=None),
        "forsenade": open_cases.filter(due_on__lt=clock.today()),
        "vantar": open_cases.filter(state__in=codes_with(Shape.WAIT)),
        "beslut": open_cases.filter(state__in=codes_with(Shape.DECIDE)),
        "oppna": open_cases,
    }
    for code, cases in expected.items():
        ids = set(cases.values_list("pk", flat=True))
        assert ids, code
        assert shown(f"vy={code}") == ids, code
        answer = client.get(f"/arenden/?vy={code}")
        counts = {tab["url"]: str(tab["count"]) for tab in answer.context["tabs"]}
        assert counts[f"?vy={code}"] == str(len(ids))


def test_the_queue_opens_with_ones_own_cases_and_for_others_with_all(client):
    assert "?vy=mina" in _current(client)
    assert "?vy=oppna" in _current(volume.signed_in("revisor"))


def _current(client) -> str:
    return next(tab["url"] for tab in client.get("/arenden/").context["tabs"] if tab["current"])


def test_filters_narrow_and_combine(client):
    case = Case.objects.filter(is_open=True, officer__isnull=False, state="granted").first()
    programme = Programme.objects.get(rounds__applications=case.pk)
    together = f"vy=oppna&tillstand=granted&stodform={programme.key}&handlaggare={case.officer.key}&q={case.number}"
    assert shown(together) == {case.pk}
    assert shown("vy=oppna&handlaggare=ingen") == shown("vy=otilldelade")
    assert shown("vy=oppna&tillstand=avslutade") == set(Case.objects.filter(is_open=False).values_list("pk", flat=True))
    assert shown("vy=oppna&tillstand=alla") == set(Case.objects.values_list("pk", flat=True))
    week = clock.today() + timedelta(days=7)
    assert shown("vy=oppna&forfaller=vecka") == set(
        Case.objects.filter(is_open=True, due_on__lte=week).values_list("pk", flat=True)
    )


def test_words_are_searched_in_number_name_and_orgnr(client):
    case = Case.objects.filter(is_open=True).exclude(number="").select_related("association").first()
    for text in (case.number, case.association.name.upper(), case.association.orgnr, case.association.orgnr[:8]):
        assert case.pk in shown(f"vy=oppna&q={text}"), text
    assert shown("vy=oppna&q=finns inte alls") == set()


@pytest.mark.parametrize(
    "query",
    [
        "vy=alla",
        "tillstand=nonsens",
        "stodform=123",
        "stodform=8b42d6cf-8776-4a1c-a4e4-3003c5d15e73",
        "handlaggare=jag",
        "forfaller=2026-13-01",
        "sortera=belopp",
        "sida=0",
        "sida=noll",
        "sida=99999",
        "omrade=XXX",
        "tilstand=review",
        "q=" + "x" * 101,
        "personnummer=1",
    ],
)
def test_a_filter_that_cannot_be_read_gives_no_rows_and_says_so(client, query):
    answer = client.get(f"/arenden/?{query}")
    assert answer.status_code == 200
    assert answer.context["page"].object_list == []
    page = answer.content.decode()
    assert 'role="alert"' in page
    assert "<tbody" not in page


def test_an_identity_number_does_not_stay_in_the_address(client):
    answer = client.get("/arenden/?vy=oppna&q=850709-9805")
    assert answer.status_code == 302
    assert "850709" not in answer["Location"]
    page = client.get("/arenden/" + answer["Location"]).content.decode()
    assert "850709" not in page
    assert "<tbody" not in page


@pytest.mark.parametrize("sort", SORTS)
def test_every_order_is_total_and_pages_hold_every_case_once(client, sort):
    wish, cases = wished(f"vy=oppna&tillstand=alla&sortera={sort}")
    seen = []
    for number in range(1, 5):
        page, _more = wished(f"vy=oppna&tillstand=alla&sortera={sort}&sida={number}")
        lines, has_more = read.page_of(cases, page)
        seen += lines
        assert has_more is (number < 4)
    assert len({line.key for line in seen}) == len(seen) == cases.count()
    if wish.sort.endswith("namn"):
        names = [swedish_key(line.name) for line in seen]
        assert names == sorted(names, reverse=wish.sort.startswith("-"))


def test_by_default_the_next_due_comes_first(client):
    lines, _more = read.page_of(wished("vy=oppna")[1], wished("vy=oppna")[0])
    days = [line.due for line in lines]
    assert days == sorted(days)
    assert {line.due_note for line in lines if line.due < clock.today()} == {"late"}


def test_another_district_is_not_there(client):
    volume.fill(40, code="SÖD")
    south = set(Case.objects.filter(district__code="SÖD").values_list("pk", flat=True))
    assert south
    assert not shown("vy=oppna&tillstand=alla") & south
    assert shown("vy=oppna&tillstand=alla", "handlaggare-soder") == south


def test_a_conflict_of_interest_takes_the_case_out_of_rows_and_counts(client):
    me = volume.account("handlaggare")
    case = Case.objects.filter(officer=me, is_open=True).first()
    before = shown("vy=mina")
    Recusal.objects.create(case=case, user=me, since=clock.now())
    assert shown("vy=mina") == before - {case.pk}
    tabs = {tab["url"]: str(tab["count"]) for tab in client.get("/arenden/").context["tabs"]}
    assert tabs["?vy=mina"] == str(len(before) - 1)


def test_an_empty_page_says_why_and_what_to_do(client):
    assert "vy=oppna" in client.get("/arenden/?vy=mina&q=finnsinte").content.decode()
    assert client.get("/arenden/?vy=oppna&sida=9").context["page"].object_list == []
    assert "/ansokan/ny/" in volume.signed_in("handlaggare-soder").get("/arenden/?vy=oppna").content.decode()


@pytest.mark.parametrize("query", ["vy=oppna", "vy=mina", "vy=oppna&q=857", "vy=oppna&tillstand=avslutade&sida=2"])
def test_a_page_asks_the_database_as_often_for_one_row_as_for_fifty(query):
    volume.fill(1)
    client = volume.signed_in("handlaggare")
    few = _questions(client, query)
    volume.fill(300, seed=2)
    many = _questions(client, query)
    assert few == many <= 8


def _questions(client, query: str) -> int:
    client.get(f"/arenden/?{query}")
    with CaptureQueriesContext(connection) as asked:
        client.get(f"/arenden/?{query}")
    return len(asked)


def test_a_full_page_stays_under_sixty_kilobytes(client):
    assert len(client.get("/arenden/?vy=oppna").content) <= 60_000


def test_counts_are_exact_up_to_a_thousand():
    assert (str(read.Count(1000)), str(read.Count(1001))) == ("1000", "1\u202f000+")


@pytest.mark.parametrize(("username", "shown"), [("handlaggare", True), ("registrator", True), ("revisor", False)])
def test_whoever_may_enter_an_application_finds_the_way_from_the_queue(client, username, shown):
    content = volume.signed_in(username).get("/arenden/").content.decode()
    assert ('href="/ansokan/ny/">Ny ansökan</a>' in content) is shown
