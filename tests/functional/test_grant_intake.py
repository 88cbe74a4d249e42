"""Typing a paper application: what is told at once, what is kept, and where the way goes on."""

import uuid
from datetime import timedelta

import pytest

from applications.grants.models import GrantApplication, OtherSupport
from applications.grants.naming import matter
from applications.grants.review_cycle import reviews_of
from checklists.rules.evidence import DraftEvidence, Shows, SourceClass
from checklists.services.add_evidence import Card, add_evidence
from tests.factories import grants, people, programmes, reviews
from vetting.accounts.models import User
from vetting.accounts.roles import Role
from vetting.kernel import clock, text

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _files(settings, tmp_path):
    settings.FILES_ROOT = tmp_path


@pytest.fixture
def officer(client):
    person = people.user(Role.GRANT_OFFICER)
    client.force_login(person)
    return person


@pytest.fixture
def call():
    return programmes.call(programmes.published())


def typed(call, **more):
    """What a browser sends for a small application."""
    data = {
        "round": call.pk,
        "channel": "post",
        "reached_on": str(clock.today()),
        "counts_earlier": "on",
        "applied_amount": "40 000",
        "purpose": "Grannkvällar en gång i veckan.",
        "other_support": "no",
        "language": "sv",
        "idempotency_key": str(uuid.uuid4()),
        "budget-TOTAL_FORMS": "1",
        "budget-INITIAL_FORMS": "0",
        "budget-0-cost": "Hyra",
        "budget-0-amount": "50 000",
        "budget-0-applied": "40 000",
        "support-TOTAL_FORMS": "1",
        "support-INITIAL_FORMS": "0",
    }
    return data | {name.replace("__", "-"): value for name, value in more.items()}


def enter(client, call, **more):
    return client.post(f"/ansokan/ny/{people.association().key}/", typed(call, **more), follow=True)


def words(answer) -> str:
    return answer.content.decode().replace("\u00ad", "").replace("\u202f", " ").replace("\u00a0", " ")


def test_an_association_that_is_not_found_leads_on_to_the_register(client, officer):
    assert 'href="/foreningar/ny/"' in words(client.get("/ansokan/ny/?q=Qxzzkw"))


def test_a_persons_number_does_not_stay_in_the_address(client, officer):
    answer = client.get("/ansokan/ny/?q=191212121212", follow=True)
    assert answer.redirect_chain == [("/ansokan/ny/", 302)]
    assert "191212121212" not in words(answer) and "personnummer" in words(answer)


def test_what_is_wrong_is_listed_in_the_order_of_the_page(client, officer, call):
    answer = enter(client, call, applied_amount="fyrtio", reached_on="1999-02-20", purpose="")
    assert [place for place, _message in answer.context["form"].problems] == [
        "id_applied_amount",
        "id_purpose",
        "id_reached_on",
    ]
    assert 'value="fyrtio"' in words(answer)
    assert not GrantApplication.objects.exists()


def test_declared_support_names_its_giver(client, officer, call):
    answer = enter(client, call, other_support="yes")
    assert "Skriv vem som ger stödet." in words(answer)
    assert not GrantApplication.objects.exists()
    enter(client, call, other_support="yes", support__0__giver="Kulturnämnden", support__0__amount="9 000")
    assert OtherSupport.objects.get().giver == "Kulturnämnden"


def test_lines_that_do_not_come_to_the_sum_are_pointed_out_and_kept(client, officer, call):
    answer = enter(client, call, budget__0__applied="31 000")
    assert "31 000 kr, men sökt belopp är 40 000 kr" in words(answer)
    assert GrantApplication.objects.get().budget.get().applied == 31000


def test_the_form_applied_for_is_chosen_with_the_call(client, officer):
    forms = [
        {"code": code, "name": {"sv": name, "en": name}} for code, name in (("verksamhet", "V"), ("aktivitet", "A"))
    ]
    call = programmes.call(programmes.published(forms=forms))
    shown = client.get(f"/ansokan/ny/{people.association().key}/").context["form"]
    assert [value for value, _label in shown.fields["round"].choices] == [
        "",
        f"{call.pk}:verksamhet",
        f"{call.pk}:aktivitet",
    ]
    assert "Välj ett giltigt alternativ" in words(enter(client, call)) and not GrantApplication.objects.exists()
    enter(client, call, round=f"{call.pk}:aktivitet")
    application = GrantApplication.objects.get()
    assert (application.round_id, application.form_code) == (call.pk, "aktivitet")
    client.post(f"/ansokan/{application.key}/andra/", typed(call, round=f"{call.pk}:verksamhet", version="1"))
    assert GrantApplication.objects.get().form_code == "verksamhet"


@pytest.mark.parametrize(
    ("sent", "problem"),
    [
        ({"channel": "in_person"}, "Bara det som kom med post har en poststämpel."),
        ({"reached_on": -2, "postmarked_on": 0}, "Poststämpeln är senare än dagen då det nådde förvaltningen."),
        ({"reached_on": 0, "postmarked_on": 0}, "Enligt poststämpeln fanns brevet inte på posten arbetsdagen före."),
    ],
)
def test_a_postmark_that_cannot_be_is_told(client, officer, call, sent, problem):
    def day(back):
        return str(clock.today() + timedelta(days=back)) if isinstance(back, int) else back

    given = {"postmarked_on": 0, **sent}
    answer = enter(client, call, **{name: day(value) for name, value in given.items()})
    assert problem in words(answer)
    assert not GrantApplication.objects.exists()


def test_the_postmark_is_kept_and_is_the_reason_for_the_day(client, officer, call):
    today = str(clock.today())
    data = {name: value for name, value in typed(call, postmarked_on=today).items() if name != "counts_earlier"}
    client.post(f"/ansokan/ny/{people.association().key}/", data)
    application = GrantApplication.objects.get()
    assert application.received_date == application.postmarked_on == clock.today()
    assert application.arrival_reason == f"Poststämplat {text.day(clock.today())}."
    shown = client.get(f"/ansokan/{application.key}/andra/").context["form"]
    assert shown["counts_earlier_reason"].value() == application.arrival_reason  # saving anew asks for nothing more


def test_what_lies_beside_the_rules_is_told_before_it_is_received(client, officer):
    call = programmes.call(programmes.published(amounts={"cap_kr": 20_000}))
    enter(client, call)
    application = GrantApplication.objects.get()
    shown = client.get(f"/ansokan/{application.key}/ta-emot/")
    assert "Stödformen ger högst 20 000 kr." in words(shown)
    client.post(f"/ansokan/{application.key}/ta-emot/", {"version": application.version, "officer": officer.pk})
    assert GrantApplication.objects.get().number  # received all the same


def test_receiving_again_leads_to_the_case(client, call):
    case = grants.walked("registered").case
    client.force_login(User.objects.get(pk=case.officer_id))
    address = f"/ansokan/{case.key}/ta-emot/"
    for answer in (
        client.get(address, follow=True),
        client.post(address, {"version": case.version - 1, "officer": case.officer_id}, follow=True),
    ):
        assert answer.redirect_chain == [(f"/arenden/{case.key}/", 302)]
        assert f"Ansökan är redan mottagen, som {case.number}." in words(answer)


def test_the_case_page_leads_to_corrections_and_new_papers(client):
    case = grants.walked("registered").case
    client.force_login(User.objects.get(pk=case.officer_id))
    shown = words(client.get(f"/arenden/{case.key}/"))
    assert f'href="/ansokan/{case.key}/andra/"' in shown
    assert f'href="/arenden/{case.key}/handlingar/ny/"' in shown
    client.force_login(people.user(Role.AUDITOR))
    shown = words(client.get(f"/arenden/{case.key}/"))
    assert "/andra/" not in shown and "/handlingar/ny/" not in shown


def test_missing_papers_are_offered_when_a_completion_is_asked_for(client):
    staff = grants.office()
    budget = {"code": "budget", "kind": "budget", "name": {"sv": "Budget för året", "en": "Budget of the year"}}
    call = programmes.call(programmes.published(at=staff.district, attachments=[budget]))
    walk = grants.grant(staff, call=call)
    walk.walk("formal_check")
    client.force_login(User.objects.get(pk=walk.case.officer_id))
    shown = client.get(f"/arenden/{walk.case.key}/komplettering/begar/").context["form"]
    assert shown.fields["missing"].choices == [("Budget för året", "Budget för året")]


def test_evidence_that_speaks_against_is_offered_for_comment(client):
    walk = grants.walked("review")
    client.force_login(User.objects.get(pk=walk.case.officer_id))
    review = reviews_of(walk.case)[0]
    reviews.answer(review, "A19", "oklart", walk.staff.officer, "Uppgifterna går isär.")
    card(review, "A19", walk.staff.officer, "Endast för medlemmar.")
    card(review, "A3", walk.staff.officer, "Antagna 2019.")  # its answer is the ordinary one
    shown = client.get(f"/arenden/{walk.case.key}/kommunicering/skicka/").context["form"]
    assert [fact.text for fact in shown.known] == ["Endast för medlemmar."]


def card(review, question, actor, excerpt):
    draft = DraftEvidence(
        shows=Shows.STATE,
        source_class=SourceClass.OBSERVATION,
        excerpt=excerpt,
        reliability="Sett på plats.",
        counter="Inget talar emot.",
    )
    made = Card(title="Affisch", place="Trapphus", draft=draft, counter_found=False, captured_on=clock.today())
    add_evidence(review=review, question=question, card=made, actor=actor)


@pytest.mark.parametrize(
    ("programme", "call", "said"),
    [
        ("Föreningsstöd i Farsta", "Föreningsstöd i Farsta 2027", "föreningsstöd i Farsta 2027"),
        ("Föreningsstöd i Farsta", "Våren 2027", "föreningsstöd i Farsta, Våren 2027"),
    ],
)
def test_a_matter_is_named_once_and_places_keep_their_letter(programme, call, said):
    assert matter(programme, call) == said
