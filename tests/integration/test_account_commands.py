"""createdistrict and createuser: what they leave, and the one line they end with when something is wrong."""

import io

import pytest
from django.core.management import CommandError, call_command, load_command_class

from tests.factories import people
from vetting.accounts.models import District, Membership, User
from vetting.audit.models import Event

pytestmark = pytest.mark.django_db
PASSWORD = "en lång mening 7"


def createuser(monkeypatch, *args, password=PASSWORD):
    monkeypatch.setattr("sys.stdin", io.StringIO(password + "\n"))
    call_command("createuser", *args, "--password-stdin", stdout=io.StringIO())


def test_a_district_is_added_and_logged():
    call_command("createdistrict", "NOR", "Norra förvaltningen", "--board", "Norra nämnden", stdout=io.StringIO())
    assert District.objects.get(code="NOR").board_name == "Norra nämnden"
    event = Event.objects.get(verb="district.created")
    assert (event.actor, event.district) == ("system:createdistrict", "NOR")


@pytest.mark.parametrize("code", ["nor", "N", "NORRASOD", "N1"])
def test_a_code_that_cannot_stand_in_a_number_is_refused(code):
    with pytest.raises(CommandError, match="KUN"):
        call_command("createdistrict", code, "Norra", "--board", "Norra")
    assert not District.objects.exists()


def test_a_code_is_given_once():
    people.district("NOR")
    with pytest.raises(CommandError, match="NOR"):
        call_command("createdistrict", "NOR", "Norra", "--board", "Norra")


def test_an_account_with_two_roles(monkeypatch):
    people.district("KUN")
    createuser(monkeypatch, "ek", "--name", "M. Ek", "--role", "KUN:grant_officer", "--role", "KUN:unit_head")
    user = User.objects.get(username="ek")
    assert user.check_password(PASSWORD)
    assert set(user.memberships.values_list("role", flat=True)) == {"grant_officer", "unit_head"}
    assert Event.objects.filter(verb="membership.added", subject=user.reference).count() == 2


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (["ek", "--name", "M. Ek", "--role", "XXX:grant_officer"], "KUN"),
        (["ek", "--name", "M. Ek", "--role", "KUN:boss"], "unit_head"),
        (["E K", "--name", "M. Ek"], "username"),
        (["ek", "--name", " "], "name"),
        (["ek", "--name", "M. Ek", "--email", "ek"], "email"),
        (["ek", "--name", "M. Ek", "--role", "KUN:payer", "--role", "KUN:payer"], "role"),
    ],
)
def test_bad_input_is_named_and_nothing_is_saved(monkeypatch, arguments, named):
    people.district("KUN")
    with pytest.raises(CommandError, match=named):
        createuser(monkeypatch, *arguments)
    assert not User.objects.exists()
    assert not Membership.objects.exists()


def test_a_weak_password_is_refused_and_never_repeated(monkeypatch):
    with pytest.raises(CommandError) as refused:
        createuser(monkeypatch, "ek", "--name", "M. Ek", password="sommar")
    assert "sommar" not in str(refused.value)


def test_a_taken_user_name_is_refused(monkeypatch):
    people.user(username="ek")
    with pytest.raises(CommandError, match="ek"):
        createuser(monkeypatch, "ek", "--name", "M. Ek")


@pytest.mark.parametrize("name", ["createdistrict", "createuser"])
def test_help_ends_with_an_example(name):
    parser = load_command_class("vetting.accounts", name).create_parser("manage.py", name)
    assert f"Example:\n  manage.py {name}" in parser.format_help()
