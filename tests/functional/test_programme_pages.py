"""Programmes as people meet them: the list, a draft written, published by another, compared."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from applications.grants.models import Programme, ProgrammeVersion
from applications.grants.programmes.files import written
from applications.grants.programmes.forms import TermsForm
from applications.grants.programmes.terms.stored import terms_of
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


@pytest.fixture
def head() -> Client:
    return signed_in(people.user(Role.UNIT_HEAD))


@pytest.fixture
def kungsholmen() -> Programme:
    people.district("KUN")
    programmes.bring_in(programmes.EXAMPLES / "kungsholmen.toml")
    return programmes.of("KUN")


def page(client: Client, name: str, *args: object, status: int = 200, **query: str) -> str:
    response = client.get(reverse(name, args=args), query)
    assert response.status_code == status, response.status_code
    return response.content.decode()


def sent(client: Client, name: str, *args: object, data: dict, status: int = 302) -> str:
    response = client.post(reverse(name, args=args), data)
    assert response.status_code == status, response.content.decode()[:3000]
    return response.content.decode() if status != 302 else response["Location"]


def as_posted(version: ProgrammeVersion) -> dict:
    """The draft's form as the browser would send it unchanged."""
    form = TermsForm(content=version.content, version=version.revision)
    shown = {bound.html_name: bound.value() for bound in form}
    return {name: value for name, value in shown.items() if value not in (None, False)}


def test_the_list_says_what_is_in_force_and_what_is_open(client, kungsholmen):
    programmes.call(kungsholmen.versions.get())
    shown = page(client, "list-programmes")
    assert "Föreningsstöd på Kungsholmen" in shown
    assert "exempel" in shown
    assert "version 1" in shown
    assert "från 2026-01-01" in shown


def test_an_empty_list_says_why_and_what_to_do(client):
    people.district("KUN")
    assert "import_programmes" in page(client, "list-programmes")
    assert "Ingen utlysning är öppen" in page(client, "list-rounds")
    assert "Ingen utlysning är avslutad" in page(client, "list-rounds", visa="avslutade")


def test_the_page_shows_every_rule_in_words(client, kungsholmen):
    shown = page(client, "show-programme", kungsholmen.key)
    for words in (
        "31\xa0december",
        "Året efter",
        "Socialtjänst",
        "Undantag med skäl, till exempel ett gemensamt projekt",
        "sista dagen i februari",
        "50\u202f000\xa0kr",
        "2. Demokrativillkor",
        "Laglighetsprövning",
    ):
        assert words in shown, words
    assert "Börja på en ny version" in shown


def test_the_same_page_in_english(client, kungsholmen):
    client.cookies["vetting_language"] = "en"
    shown = page(client, "show-programme", kungsholmen.key)
    assert "Grants to associations on Kungsholmen" in shown
    assert "2. Democracy terms" in shown
    assert "the last day of February" in shown


def test_from_draft_to_a_version_published_by_another(client, head, officer):
    programme = programmes.published(amounts={"cap_kr": 10_000}).programme
    sent(client, "start-programme-draft", programme.key, data={})
    draft = programme.versions.get(number=2)
    data = as_posted(draft) | {"amounts__cap_kr": "25 000 kr", "window__closes": "30/11", "late__rule": "no_grant"}
    sent(client, "edit-programme-draft", programme.key, data=data)
    draft.refresh_from_db()
    assert draft.content["amounts"]["cap_kr"] == "25000"
    assert draft.content["window"]["closes"] == "11-30"
    assert draft.content["late"] == {"rule": "no_grant", "each": "once"}

    own = client.get(reverse("publish-programme", args=[programme.key]))
    assert own.status_code == 403  # no right; and had there been one, a second person must do it
    shown = page(head, "publish-programme", programme.key)
    assert "25\u202f000\xa0kr" in shown
    assert "10\u202f000\xa0kr" in shown
    assert officer.name in shown
    day = clock.today() + timedelta(days=10)
    sent(head, "publish-programme", programme.key, data={"valid_from": day.isoformat(), "version": draft.revision})
    draft.refresh_from_db()
    assert (draft.is_published, draft.valid_from) == (True, day)
    assert "Kommande" in page(client, "list-programmes")


def test_who_wrote_is_told_why_the_button_is_dead():
    head = people.user(Role.UNIT_HEAD)
    programme = programmes.published().programme
    client = signed_in(head)
    sent(client, "start-programme-draft", programme.key, data={})
    shown = page(client, "show-programme", programme.key)
    assert "En annan person måste publicera det." in shown
    assert "En annan person måste publicera det." in page(client, "publish-programme", programme.key, status=409)


def test_wrong_values_are_told_at_their_field_and_nothing_typed_is_lost(client):
    version = programmes.draft()
    data = as_posted(version) | {
        "window__closes": "31/2",
        "handling__second_reader__share_percent": "120",
        "purposes__supported": "Äldreomsorg",
        "name__sv": "Nytt namn",
    }
    response = client.post(reverse("edit-programme-draft", args=[version.programme.key]), data)
    form = response.context["form"]
    assert set(form.errors) == {"window__closes", "purposes__supported", "handling__second_reader__share_percent"}
    shown = response.content.decode()
    assert "Nytt namn" in shown
    assert "31/2" in shown
    assert "<title>Fel:" in shown
    version.refresh_from_db()
    assert version.revision == 1


def test_a_stale_draft_shows_both_texts(client, head):
    version = programmes.draft(amounts={"cap_kr": 10_000})
    mine = as_posted(version)
    sent(head, "edit-programme-draft", version.programme.key, data=mine | {"amounts__cap_kr": "30000"})
    shown = sent(
        client, "edit-programme-draft", version.programme.key, data=mine | {"amounts__cap_kr": "20000"}, status=409
    )
    assert "30\u202f000\xa0kr" in shown
    assert "20\u202f000\xa0kr" in shown
    version.refresh_from_db()
    assert version.content["amounts"]["cap_kr"] == "30000"


def test_the_draft_as_text_and_as_a_file(client):
    version = programmes.draft()
    programme = version.programme
    text = page(client, "edit-programme-text", programme.key)
    assert "[programme.window]" in text
    whole = written(district="KUN", code=programme.code, terms=terms_of(version), is_example=False)
    more = whole + '\n[[programme.forms]]\ncode = "lov"\nname = { sv = "Lov", en = "Holidays" }\n'
    sent(client, "edit-programme-text", programme.key, data={"text": more, "version": 1})
    version.refresh_from_db()
    assert [form["code"] for form in version.content["forms"]] == ["lov"]

    broken = more.replace('code = "lov"', "code = lov")
    shown = sent(client, "edit-programme-text", programme.key, data={"text": broken, "version": 2}, status=422)
    line = broken[: broken.index("code = lov")].count("\n") + 1
    assert f"rad {line}" in shown
    assert "code = lov" in shown
    file = SimpleUploadedFile("ny.toml", whole.replace("12-31", "10-31").encode())
    sent(client, "edit-programme-text", programme.key, data={"text": broken, "file": file, "version": 2})
    version.refresh_from_db()
    assert (version.content["window"]["closes"], version.source) == ("10-31", "ny.toml")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("KUN", "SÖD"), "Texten gäller en annan stödform"),
        (("format = 1", 'format = 1\nlabel = "exempel"'), "Märkningen ”exempel”"),
        (("closes", "clozes"), "Menade du ”closes”?"),
    ],
)
def test_a_text_that_does_not_fit_is_refused(client, change, said):
    version = programmes.draft()
    whole = written(district="KUN", code=version.programme.code, terms=terms_of(version), is_example=False)
    data = {"text": whole.replace(*change), "version": 1}
    assert said in sent(client, "edit-programme-text", version.programme.key, data=data, status=422)


def test_a_new_programme_starts_from_another_ones_rules(client, kungsholmen):
    data = {
        "district": kungsholmen.district_id,
        "copy_of": kungsholmen.pk,
        "name_sv": "Sommarstöd",
        "name_en": "Summer support",
        "code": "sommarstod",
    }
    assert "utkast" in sent(client, "add-programme", data=data)
    made = programmes.of("KUN", "sommarstod")
    assert (made.name_sv, made.is_example, made.versions.get().is_published) == ("Sommarstöd", False, False)
    again = sent(client, "add-programme", data=data, status=422)
    assert "redan en stödform med den koden" in again


def test_versions_are_compared_and_downloaded(client, head):
    first = programmes.published(late={"rule": "no_grant"})
    sent(client, "start-programme-draft", first.programme.key, data={})
    draft = first.programme.versions.get(number=2)
    data = as_posted(draft) | {"name__en": "Other"}
    data.pop("late__rule")
    data.pop("late__each")
    sent(client, "edit-programme-draft", first.programme.key, data=data)
    shown = page(client, "compare-programme-versions", first.programme.key)
    assert "Borttagen" in shown
    assert "Ger inget bidrag" in shown
    assert "en: Other" in shown
    assert page(client, "compare-programme-versions", first.programme.key, fran="9")
    answer = client.get(reverse("download-programme-version", args=[first.programme.key, 1]))
    assert answer["Content-Disposition"] == 'attachment; filename="foreningsstod-v1.toml"'
    assert "[programme.late]" in answer.content.decode()
    page(client, "show-programme-version", first.programme.key, 1)
    page(client, "show-programme-version", first.programme.key, 2)
    page(client, "show-programme-version", first.programme.key, 3, status=404)


OTHERS = [
    ("show-programme", ()),
    ("show-programme-version", (1,)),
    ("download-programme-version", (1,)),
    ("compare-programme-versions", ()),
    ("start-programme-draft", ()),
    ("edit-programme-draft", ()),
    ("edit-programme-text", ()),
    ("announce-round", ()),
]


@pytest.mark.parametrize(("name", "more"), OTHERS)
def test_another_districts_programme_is_not_there(name, more):
    stranger = signed_in(people.user(Role.GRANT_OFFICER, at=people.district("SÖD")))
    page(stranger, name, programmes.draft().programme.key, *more, status=404)
