"""Calls as people meet them: announced with the programme's days, changed, cancelled, listed."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from applications.grants.models import Round
from tests.factories import people, programmes
from vetting.accounts.models import User
from vetting.accounts.roles import Role
from vetting.kernel import clock

pytestmark = pytest.mark.django_db


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def officer() -> User:
    return people.user(Role.GRANT_OFFICER)


@pytest.fixture
def client(officer: User) -> Client:
    return signed_in(officer)


def page(client: Client, name: str, *args: object, status: int = 200, **query: str) -> str:
    response = client.get(reverse(name, args=args), query)
    assert response.status_code == status, response.status_code
    return response.content.decode()


def sent(client: Client, name: str, *args: object, data: dict, status: int = 302) -> str:
    response = client.post(reverse(name, args=args), data)
    assert response.status_code == status, response.content.decode()[:3000]
    return response.content.decode() if status != 302 else response["Location"]


def test_a_call_is_announced_with_the_programmes_days_changed_and_cancelled(client):
    version = programmes.published(
        window={"kind": "yearly", "closes": "12-31", "closes_time": "12:00", "for_year": "next"}
    )
    form = client.get(reverse("announce-round", args=[version.programme.key])).context["form"]
    year = clock.today().year
    assert form.initial["closes_on"] == date(year, 12, 31)
    assert form.initial["period_to"] == date(year + 1, 12, 31)
    assert form.initial["name_sv"] == f"Föreningsstöd {year + 1}"
    data = {name: value.isoformat() if isinstance(value, date) else value for name, value in form.initial.items()}
    data = {name: value for name, value in data.items() if value is not None} | {"pot_kr": "1 000 000"}
    sent(client, "announce-round", version.programme.key, data=data)
    round = Round.objects.get()
    assert f"{round.closes_time:%H.%M}" == "12.00"
    shown = page(client, "show-round", round.key)
    assert "1\u202f000\u202f000\xa0kr" in shown
    assert "kl. 12.00" in shown

    wrong = data | {"closes_on": f"{year}-12-30", "version": 1}
    assert "bara flyttas till en senare dag" in sent(client, "change-round", round.key, data=wrong, status=422)
    longer = data | {"closes_on": f"{year + 1}-01-15", "meeting_on": f"{year + 1}-02-01", "version": 1}
    sent(client, "change-round", round.key, data=longer)
    stale = sent(client, "change-round", round.key, data=longer | {"name_sv": "Annat"}, status=409)
    assert "Någon annan ändrade utlysningen" in stale
    sent(client, "cancel-round", round.key, data={"reason": "Medlen är slut.", "version": 2})
    assert "Medlen är slut." in page(client, "show-round", round.key)
    assert "Inställd" in page(client, "list-rounds", visa="avslutade")


def test_a_draft_alone_announces_nothing(client):
    programme = programmes.draft().programme
    page(client, "announce-round", programme.key, status=409)


def test_another_districts_call_is_not_there():
    round = programmes.call()
    stranger = signed_in(people.user(Role.GRANT_OFFICER, at=people.district("SÖD")))
    for name in ("show-round", "change-round", "cancel-round"):
        page(stranger, name, round.key, status=404)


@pytest.mark.parametrize("name", ["list-programmes", "list-rounds"])
def test_a_list_asks_the_same_of_the_database_for_one_row_and_for_fifty(client, name, django_assert_max_num_queries):
    def questions() -> int:
        with django_assert_max_num_queries(30) as asked:
            page(client, name)
        return len(asked)

    programmes.call(programmes.published(code="p0"))
    one = questions()
    for number in range(1, 50):
        version = programmes.published(code=f"p{number}")
        programmes.call(version)
    assert questions() == one
