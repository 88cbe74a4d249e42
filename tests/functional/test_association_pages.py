"""The register's pages as an officer meets them."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from stdnum import luhn

from applications.associations.models import (
    Association,
    AssociationDocument,
    DistrictAssociation,
    GiroAccount,
    RegisterChange,
    Representative,
)
from applications.associations.services.change_giro import register_giro
from applications.associations.services.save_own_data import save_own_data
from tests.factories import people
from vetting.accounts.models import User
from vetting.accounts.roles import Role
from vetting.audit.models import Event
from vetting.kernel.giro import GiroKind

pytestmark = pytest.mark.django_db
PERSON = "850101123" + luhn.calc_check_digit("850101123")


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
def association() -> Association:
    return Association.objects.create(
        name="Solrosens Kvarterslag",
        orgnr=people.orgnr(930_001),
        legal_form="nonprofit",
        seat="Stockholm",
        area="Farsta",
    )


def page(client: Client, name: str, *args: object, status: int = 200, **query: str) -> str:
    response = client.get(reverse(name, args=args), query)
    assert response.status_code == status
    return response.content.decode()


SHARED = {"name": "Solrosens Kvarterslag", "legal_form": "nonprofit", "seat": "Nacka", "area": "Farsta"}


class TestList:
    def test_in_swedish_order_and_found_by_a_part(self, client: Client) -> None:
        for number, name in enumerate(["Örby IF", "Zinkens BK", "Årsta Körförening", "Älta IF"]):
            Association.objects.create(name=name, orgnr=people.orgnr(931_000 + number))
        html = page(client, "list-associations")
        places = [html.index(name) for name in ("Zinkens", "Årsta", "Älta", "Örby")]
        assert places == sorted(places)
        html = page(client, "list-associations", q="arsta kor")
        assert "Årsta" in html and "Zinkens" not in html

    def test_names_spelled_nearly_so_are_offered(self, client: Client, association: Association) -> None:
        html = page(client, "list-associations", q="Solrosens kvarteslag")
        assert "Nothing is spelled exactly so" in html or "exakt" in html
        assert str(association.key) in html

    def test_a_persons_number_is_neither_searched_nor_shown(self, client: Client) -> None:
        for written in (PERSON, f"{PERSON[:6]}-{PERSON[6:]}", f"19{PERSON}"):
            response = client.get(reverse("list-associations"), {"q": written}, follow=True)
            assert [url for url, _ in response.redirect_chain] == [reverse("list-associations")]
            assert PERSON[:6] not in response.content.decode()
            assert "v-msg" in response.content.decode()

    def test_a_filter_that_cannot_be_read_gives_no_rows(self, client: Client, association: Association) -> None:
        html = page(client, "list-associations", status=400, form="zzz")
        assert association.name not in html

    def test_only_what_my_district_knows(self, client: Client, association: Association) -> None:
        DistrictAssociation.objects.create(association=association, district=people.district("SOD"))
        assert association.name in page(client, "list-associations")
        assert association.name not in page(client, "list-associations", known="own")

    @pytest.mark.parametrize("rows", [1, 50])
    def test_as_many_queries_for_one_row_as_for_fifty(
        self, client: Client, rows: int, django_assert_num_queries: object
    ) -> None:
        for number in range(rows):
            people.association(f"Förening {number}")
        page(client, "list-associations")
        with django_assert_num_queries(6):  # type: ignore[operator]
            page(client, "list-associations")

    def test_the_second_page(self, client: Client) -> None:
        for number in range(51):
            people.association(f"Förening {number:03d}")
        assert "Förening 050" in page(client, "list-associations", sida="2")
        assert "Förening 000" in page(client, "list-associations", sida="3")


class TestRegister:
    def test_a_new_association(self, client: Client, officer: User) -> None:
        number = people.orgnr(932_001)
        response = client.post(
            reverse("register-association"),
            {**SHARED, "orgnr": f"16{number[:6]}-{number[6:]}", "district": people.district().pk},
        )
        made = Association.objects.get(orgnr=number)
        assert response.url == reverse("show-association", args=[made.key])
        assert made.in_districts.get().district == people.district()
        assert Event.objects.filter(verb="association.registered", subject=made.subject).exists()

    def test_a_persons_number_is_refused_and_not_shown_again(self, client: Client) -> None:
        written = f"{PERSON[:6]}-{PERSON[6:]}"
        data = {**SHARED, "orgnr": written, "name": f"Anna {written}", "district": people.district().pk}
        response = client.post(reverse("register-association"), data)
        assert response.status_code == 422
        html = response.content.decode()
        assert written not in html and PERSON not in html
        assert "Nacka" in html  # the rest is still there
        assert Association.objects.count() == 0

    def test_a_known_number_says_whose_it_is(self, client: Client, association: Association) -> None:
        data = {**SHARED, "name": "En annan", "orgnr": association.orgnr, "district": people.district().pk}
        response = client.post(reverse("register-association"), data)
        assert response.status_code == 422
        assert association.name in response.content.decode()
        assert "En annan" in response.content.decode()

    def test_two_submits_of_one_form_are_one_association(self, client: Client) -> None:
        key = "7b0f6a51-5d7a-4b44-9d8e-0f1f6f3a7a01"
        data = {**SHARED, "orgnr": people.orgnr(932_002), "district": people.district().pk, "idempotency_key": key}
        first = client.post(reverse("register-association"), data)
        second = client.post(reverse("register-association"), data)
        assert (first.status_code, first.url) == (second.status_code, second.url) == (302, first.url)

    def test_another_district_cannot_be_chosen(self, client: Client) -> None:
        data = {**SHARED, "orgnr": people.orgnr(932_003), "district": people.district("SOD").pk}
        assert client.post(reverse("register-association"), data).status_code == 422
        assert Association.objects.count() == 0


class TestEdit:
    def test_a_change_is_kept_in_the_history_and_ends_the_confirmation(
        self, client: Client, association: Association
    ) -> None:
        client.post(reverse("confirm-association", args=[association.key]), {"version": 1, "against": "authority"})
        association.refresh_from_db()
        assert association.confirmed_at is not None
        client.post(reverse("edit-association", args=[association.key]), {**SHARED, "version": association.version})
        association.refresh_from_db()
        assert (association.seat, association.confirmed_at) == ("Nacka", None)
        change = RegisterChange.objects.get(association=association)
        assert (change.field, change.before, change.after) == ("seat", "Stockholm", "Nacka")
        assert "Stockholm → Nacka" in page(client, "show-association", association.key)

    def test_two_people_save_and_neither_loses_a_text(self, client: Client, association: Association) -> None:
        other = signed_in(people.user(Role.REGISTRAR))
        url = reverse("edit-association", args=[association.key])
        other.post(url, {**SHARED, "seat": "Solna", "version": 1})
        response = client.post(url, {**SHARED, "seat": "Nacka", "version": 1})
        html = response.content.decode()
        assert response.status_code == 409
        assert "Solna" in html and "Nacka" in html
        association.refresh_from_db()
        assert association.seat == "Solna"
        response = client.post(url, {**SHARED, "seat": "Nacka", "version": response.context["form"]["version"].value()})
        association.refresh_from_db()
        assert (response.status_code, association.seat) == (302, "Nacka")

    def test_the_districts_own_data(self, client: Client, association: Association) -> None:
        url = reverse("edit-own-data", args=[association.key, "KUN"])
        data = {
            "members": "1 250",
            "women": "600",
            "main_activity": "culture",
            "website": "www.exempel.se",
            "version": 0,
        }
        assert client.post(url, data).status_code == 302
        own = association.in_districts.get()
        assert (own.members, own.women, own.main_activity, own.version) == (1250, 600, "culture", 1)
        response = client.post(url, {**data, "women": "1300", "version": 1})
        assert response.status_code == 422
        assert "1300" in response.content.decode()

    @pytest.mark.parametrize(
        ("written", "url"),
        [("www.a.se/?x=http://b", "https://www.a.se/?x=http://b"), ("HTTP://a.se", "HTTP://a.se"), ("", "")],
    )
    def test_a_web_address_is_a_link_of_its_own(self, written: str, url: str) -> None:
        assert DistrictAssociation(website=written).website_url == url

    def test_another_districts_own_data_do_not_exist(self, client: Client, association: Association) -> None:
        elsewhere = people.district("SOD")
        save_own_data(
            actor=people.actor(Role.GRANT_OFFICER, at=elsewhere),
            association=association,
            district=elsewhere,
            expected_version=0,
            values={"members": 4711},
        )
        page(client, "edit-own-data", association.key, "SOD", status=404)
        html = page(client, "show-association", association.key)
        assert "4\u202f711" not in html and elsewhere.name not in html


class TestGiro:
    def number(self, client: Client, association: Association, number: str = "1396-6346") -> GiroAccount:
        url = reverse("register-giro", args=[association.key, "KUN"])
        assert client.post(url, {"kind": "bankgiro", "number": number}).status_code == 302
        return GiroAccount.objects.get(ended_at__isnull=True, confirmed_at__isnull=True)

    def test_a_second_person_confirms(self, client: Client, association: Association) -> None:
        account = self.number(client, association)
        url = reverse("confirm-giro", args=[association.key, "KUN", account.key])
        assert client.post(url, {"answer": "confirm"}).status_code == 409  # the same person
        other = signed_in(people.user(Role.PAYER))
        assert other.post(url, {}).status_code == 422  # nothing is chosen beforehand
        assert other.post(url, {"answer": "confirm"}).status_code == 302
        account.refresh_from_db()
        assert account.state == "in_use"
        assert other.post(url, {"answer": "reject"}).status_code == 409
        assert "1396-6346" in page(client, "show-association", association.key)

    def test_a_new_number_replaces_the_old_only_when_confirmed(self, client: Client, association: Association) -> None:
        other = signed_in(people.user(Role.PAYER))
        first = self.number(client, association)
        other.post(reverse("confirm-giro", args=[association.key, "KUN", first.key]), {"answer": "confirm"})
        second = self.number(client, association, "684-1761")
        assert "1396-6346" in page(other, "confirm-giro", association.key, "KUN", second.key)
        other.post(reverse("confirm-giro", args=[association.key, "KUN", second.key]), {"answer": "reject"})
        third = self.number(client, association, "684-1761")
        other.post(reverse("confirm-giro", args=[association.key, "KUN", third.key]), {"answer": "confirm"})
        states = [account.state for account in GiroAccount.objects.order_by("id")]
        assert states == ["ended", "ended", "in_use"]

    def test_the_number_is_masked_outside_the_district_that_confirmed_it(
        self, client: Client, association: Association
    ) -> None:
        account = self.number(client, association)
        elsewhere = signed_in(people.user(Role.GRANT_OFFICER, at=people.district("SOD")))
        for _ in range(2):
            html = page(elsewhere, "show-association", association.key)
            assert "1396-6346" not in html and "••••-••46" in html
            page(elsewhere, "confirm-giro", association.key, "SOD", account.key, status=404)
            payer = signed_in(people.user(Role.PAYER))
            payer.post(reverse("confirm-giro", args=[association.key, "KUN", account.key]), {"answer": "confirm"})

    @pytest.mark.parametrize("number", ["1396-6347", "684-1761x", PERSON])
    def test_a_wrong_number_is_refused(self, client: Client, association: Association, number: str) -> None:
        url = reverse("register-giro", args=[association.key, "KUN"])
        response = client.post(url, {"kind": "bankgiro", "number": number})
        assert response.status_code == 422
        assert GiroAccount.objects.count() == 0
        assert PERSON not in response.content.decode()

    def test_the_same_number_twice_is_said(self, client: Client, association: Association) -> None:
        self.number(client, association)
        url = reverse("register-giro", args=[association.key, "KUN"])
        assert client.post(url, {"kind": "bankgiro", "number": "1396-6346"}).status_code == 422


class TestDocuments:
    def add(self, client: Client, association: Association, **data: object) -> AssociationDocument:
        url = reverse("add-association-document", args=[association.key, "KUN"])
        response = client.post(url, {"kind": "statutes", "dated_on": "2020-03-01", **data})
        assert response.status_code == 302, response.content.decode()
        return AssociationDocument.objects.get()

    def test_added_and_checked(self, client: Client, association: Association, officer: User) -> None:
        document = self.add(client, association, signed="yes")
        url = reverse("check-association-document", args=[association.key, "KUN", document.key])
        response = client.post(url, {"result": "incomplete", "version": 1})
        assert response.status_code == 422  # what is missing must be said
        response = client.post(url, {"result": "incomplete", "note": "Sidan 2 saknas", "version": 1})
        assert response.status_code == 302
        document.refresh_from_db()
        assert (document.result, document.checked_by, document.note) == ("incomplete", officer, "Sidan 2 saknas")
        assert "Sidan 2 saknas" in page(client, "show-association", association.key)
        assert client.post(url, {"result": "in_order", "version": 1}).status_code == 409

    def test_no_copy_of_an_identity_document_is_kept(self, client: Client, association: Association, tmp_path) -> None:
        url = reverse("add-association-document", args=[association.key, "KUN"])
        picture = tmp_path / "id.png"
        picture.write_bytes(b"\x89PNG\r\n\x1a\n")
        with picture.open("rb") as file:
            data = {"kind": "identity_check", "dated_on": "2026-01-12", "file": file}
            assert client.post(url, data).status_code == 422
        assert AssociationDocument.objects.count() == 0

    def test_a_document_of_another_district_does_not_exist(self, client: Client, association: Association) -> None:
        document = self.add(client, association)
        elsewhere = signed_in(people.user(Role.GRANT_OFFICER, at=people.district("SOD")))
        page(elsewhere, "check-association-document", association.key, "SOD", document.key, status=404)
        page(elsewhere, "check-association-document", association.key, "KUN", document.key, status=404)


class TestRepresentatives:
    def add(self, client: Client, association: Association, **data: object) -> Representative:
        url = reverse("name-representative", args=[association.key, "KUN"])
        values = {"role": "board", "post": "ordförande", "name": "Kim Exempel", "valid_from": "2025-03-20", **data}
        assert client.post(url, values).status_code == 302
        return Representative.objects.get()

    def test_a_role_begins_and_ends(self, client: Client, association: Association) -> None:
        person = self.add(client, association)
        assert "Kim Exempel" in page(client, "show-association", association.key)
        url = reverse("end-representative", args=[association.key, "KUN", person.key])
        assert client.post(url, {"valid_to": "2025-01-01"}).status_code == 422
        assert client.post(url, {"valid_to": "2025-12-31"}).status_code == 302
        person.refresh_from_db()
        assert person.valid_to == date(2025, 12, 31)
        assert "Kim" not in "".join(bytes(event.canonical).decode() for event in Event.objects.all())

    def test_protected_personal_data_stay_out_of_lists(self, client: Client, association: Association) -> None:
        self.add(client, association, protected="on")
        assert "Kim Exempel" not in page(client, "show-association", association.key)

    def test_nobody_is_found_by_name(self, client: Client, association: Association) -> None:
        self.add(client, association)
        assert association.name not in page(client, "list-associations", q="Kim Exempel")

    def test_people_are_the_districts_own(self, client: Client, association: Association) -> None:
        self.add(client, association)
        elsewhere = signed_in(people.user(Role.GRANT_OFFICER, at=people.district("SOD")))
        assert "Kim Exempel" not in page(elsewhere, "show-association", association.key)
        controller = signed_in(people.user(Role.CONTROLLER))
        assert "Kim Exempel" not in page(controller, "show-association", association.key)

    def test_an_identity_number_is_refused(self, client: Client, association: Association) -> None:
        url = reverse("name-representative", args=[association.key, "KUN"])
        data = {"role": "board", "name": f"Kim {PERSON}", "valid_from": "2025-03-20"}
        response = client.post(url, data)
        assert response.status_code == 422
        assert PERSON not in response.content.decode()
        assert Representative.objects.count() == 0


class TestShow:
    @pytest.mark.parametrize("rows", [1, 50])
    def test_a_fixed_number_of_queries(
        self, client: Client, officer: User, association: Association, rows: int, django_assert_num_queries: object
    ) -> None:
        home = people.district()
        for number in range(rows):
            Representative.objects.create(
                association=association,
                district=home,
                role="board",
                name=f"Person {number}",
                valid_from=date(2025, 1, 1),
                registered_by=officer,
            )
            AssociationDocument.objects.create(
                association=association,
                district=home,
                kind="statutes",
                dated_on=date(2025, 1, 1),
                registered_by=officer,
            )
            RegisterChange.objects.create(
                association=association, field="seat", before="A", after="B", by=officer.reference
            )
        register_giro(
            actor=people.actor(Role.GRANT_OFFICER),
            association=association,
            district=home,
            kind=GiroKind.BANKGIRO,
            number="1396-6346",
        )
        page(client, "show-association", association.key)
        with django_assert_num_queries(12):  # type: ignore[operator]
            page(client, "show-association", association.key)

    def test_without_the_right_one_is_told_whom_to_ask(self, association: Association) -> None:
        auditor = signed_in(people.user(Role.AUDITOR))
        html = page(auditor, "show-association", association.key)
        assert 'aria-disabled="true"' in html
        response = auditor.post(reverse("edit-association", args=[association.key]), {**SHARED, "version": 1})
        assert response.status_code == 403
        assert Event.objects.filter(verb="access.refused").exists()

    @pytest.mark.parametrize("role", [Role.SYSTEM_ADMIN, Role.APPLICANT, Role.COORDINATOR])
    def test_who_does_not_see_the_register(self, role: Role, association: Association) -> None:
        client = signed_in(people.user(role))
        page(client, "list-associations", status=403)
        page(client, "show-association", association.key, status=403)
