"""The first page leads everybody on: to what they work with, to the sign-in, or to a word on why there is nothing."""

import pytest
from django.test import Client

from tests.factories import people
from vetting.accounts.roles import Role

pytestmark = pytest.mark.django_db


def at_the_door(*roles: Role):
    client = Client()
    client.force_login(people.user(*roles))
    return client.get("/")


@pytest.mark.parametrize(
    ("role", "address"),
    [
        (Role.GRANT_OFFICER, "/idag/"),
        (Role.AUDITOR, "/idag/"),
        (Role.COORDINATOR, "/samrad/"),
        (Role.CONTROLLER, "/foreningar/"),
        (Role.SYSTEM_ADMIN, "/stodformer/"),
    ],
)
def test_it_opens_the_first_page_of_ones_menu(role, address):
    assert at_the_door(role)["Location"] == address


def test_a_stranger_is_asked_to_sign_in():
    assert Client().get("/")["Location"].startswith("/konto/logga-in/")


@pytest.mark.parametrize("roles", [(Role.APPLICANT,), ()])
def test_whoever_has_no_page_is_told_why(roles):
    answer = at_the_door(*roles)
    assert answer.status_code == 200
    assert "Här finns inget för dig än" in answer.content.decode()
