"""The pages of the side tracks, notes and documents: as an officer, a coordinator and a unit head meet them."""

import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from applications.cases.models import CaseDocument, Completion, Consultation, Hearing, Note, SecretNote
from applications.cases.services.assign import assign_officer
from applications.cases.services.completion import ask_completion
from applications.cases.services.consultation import ask_consultation
from applications.cases.services.hearing import start_hearing
from applications.cases.services.jav import declare_jav
from applications.cases.services.notes import write_note
from applications.cases.suggestions import Fact, adverse_facts, missing_items
from tests.factories import people
from tests.unit.test_uploads import pdf
from tests.workflow import handled
from vetting.accounts.models import User
from vetting.accounts.roles import Role
from vetting.audit.models import Event
from vetting.kernel import clock

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _machine(settings, tmp_path) -> None:
    settings.FILES_ROOT = tmp_path
    handled.install()


@pytest.fixture
def officer():
    return people.actor(Role.GRANT_OFFICER)


@pytest.fixture
def case(officer):
    return handled.in_review(officer)


@pytest.fixture
def signed_in(client, officer):
    client.force_login(user(officer))
    return client


def user(actor) -> User:
    return User.objects.get(pk=actor.user_id)


def url(name, case, *more) -> str:
    return reverse(name, args=[case.key, *more])


def day(days: int):
    return clock.today() + timedelta(days=days)


def text(response) -> str:
    return response.content.decode().replace("\u00ad", "")


def test_asking_for_what_is_missing_from_ticks_and_lines(signed_in, case):
    missing_items.register("handled", lambda case: ["Stadgar"], owner=__name__)
    page = signed_in.get(url("ask-completion", case))
    assert "Stadgar" in text(page)
    data = {"version": case.version, "missing": ["Stadgar"], "items": "Budget\n\nProtokoll \n", "last_day": day(14)}
    assert signed_in.post(url("ask-completion", case), data).status_code == 302
    shown = text(signed_in.get(url("register-completion", case)))
    assert all(item in shown for item in ("Stadgar", "Budget", "Protokoll"))


def test_a_bad_last_day_stands_beside_its_field_and_the_rest_stays(signed_in, case):
    data = {"version": case.version, "items": "Budget", "last_day": clock.today()}
    answer = signed_in.post(url("ask-completion", case), data)
    assert answer.status_code == 422
    assert "Budget" in text(answer) and 'href="#id_last_day"' in text(answer)
    assert not Completion.objects.exists()


def test_registering_what_came(signed_in, case, officer):
    ask_completion(case=case, items=["Stadgar", "Budget"], last_day=day(14), actor=officer)
    data = {"version": handled.again(case).version, "received": ["1"], "arrived_on": str(clock.today()), "note": ""}
    assert signed_in.post(url("register-completion", case), data).status_code == 302
    assert Completion.objects.get().ended_as == "partly"
    documents = text(signed_in.get(url("show-documents", case)))
    assert "kom in" in documents and "kom inte in" in documents


def test_a_row_more_keeps_what_is_typed_and_judges_nothing(signed_in, case):
    data = {"version": case.version, "line_0": "Uppgift ett", "source_0": "webb", "lines": "2", "add_line": "1"}
    answer = signed_in.post(url("start-hearing", case), data)
    body = text(answer)
    assert answer.status_code == 200
    assert "Uppgift ett" in body and 'name="line_2"' in body and "v-errors" not in body
    assert not Hearing.objects.exists()


def test_facts_are_chosen_or_written_sent_replied_to_and_commented(signed_in, case):
    adverse_facts.register("handled", lambda case: [Fact("Inbjöd en talare", "affisch", "evidence:1")], owner=__name__)
    data = {
        "version": case.version,
        "chosen": ["0"],
        "line_0": "Egen iakttagelse",
        "lines": "2",
        "sent_on": clock.today(),
        "last_day": day(14),
    }
    assert signed_in.post(url("start-hearing", case), data).status_code == 302
    hearing = Hearing.objects.get()
    facts = list(hearing.facts.all())
    assert [fact.evidence_key for fact in facts] == ["evidence:1", ""]
    early = signed_in.post(url("end-hearing", case), {"version": handled.again(case).version})
    assert early.status_code == 409 and "2 uppgifter saknar" in text(early)
    assert 'type="submit">Spara svaret' in text(signed_in.get(url("register-replies", case)))
    replies = {f"fact_{fact.key.hex}": f"Svar {fact.position}" for fact in facts}
    answer = signed_in.post(url("register-replies", case), replies | {"arrived_on": clock.today()})
    assert answer.status_code == 302
    comment = {f"fact_{facts[0].key.hex}": "Noterat", f"fact_{facts[1].key.hex}": ""}
    assert signed_in.post(url("comment-facts", case, hearing.key), comment).status_code == 302
    assert signed_in.post(url("end-hearing", case), {"version": handled.again(case).version}).status_code == 302
    shown = text(signed_in.get(url("show-hearings", case)))
    assert all(word in shown for word in ("Inbjöd en talare", "Svar 2", "Noterat"))


def test_deciding_without_a_hearing_asks_for_what_the_ground_demands(signed_in, case):
    data = {"waiver": "too_near", "why": "Evenemanget är imorgon"}
    answer = signed_in.post(url("waive-hearing", case), data)
    assert answer.status_code == 422 and "klockslag" in text(answer)
    data |= {"tried_on": clock.today(), "tried_time": "00:01"}
    assert signed_in.post(url("waive-hearing", case), data).status_code == 302
    assert "Evenemanget är imorgon" in text(signed_in.get(url("show-hearings", case)))


def test_a_running_hearing_ends_on_a_ground(signed_in, case, officer):
    start_hearing(case=case, facts=[{"text": "Uppgift"}], last_day=day(14), actor=officer)
    data = {"version": handled.again(case).version, "waiver": "own_fact", "why": "Uppgiften är föreningens egen"}
    assert signed_in.post(url("waive-running-hearing", case), data).status_code == 302
    assert Hearing.objects.get().ended_as == "waived"


def consult(case, officer):
    ask_consultation(
        case=case,
        actor=officer,
        asked_of="coordinator",
        circumstance="En affisch den 3 mars",
        question="Är affischen känd?",
        last_day=day(10),
    )
    return Consultation.objects.get()


def test_a_question_is_put_and_shown_on_its_tab(signed_in, case):
    data = {
        "version": case.version,
        "asked_of": "police",
        "circumstance": "En affisch",
        "question": "Är den känd?",
        "last_day": day(10),
        "lines": "2",
    }
    assert signed_in.post(url("ask-consultation", case), data).status_code == 302
    shown = text(signed_in.get(url("show-consultations", case)))
    assert "Polisen" in shown and "Är den känd?" in shown
    data = {"version": handled.again(case).version, "answer": "Nej", "basis": "Register", "who": "Lokalpolisområdet"}
    assert signed_in.post(url("answer-consultation", case), data).status_code == 302
    assert "Lokalpolisområdet" in text(signed_in.get(url("show-consultations", case)))


def test_the_coordinator_answers_on_a_page_that_shows_the_question_and_no_case(client, case, officer):
    asked = consult(case, officer)
    write_note(case=case, actor=officer, text="Intern anteckning")
    client.force_login(people.user(Role.COORDINATOR))
    assert case.association.name in text(client.get(reverse("show-my-consultations")))
    address = reverse("give-answer", args=[asked.key])
    body = text(client.get(address))
    assert "Är affischen känd?" in body and "Intern anteckning" not in body and case.number not in body
    assert client.get(url("show-consultations", case)).status_code == 403
    answer = client.post(address, {"jav": "none", "answer": "Ja, sedan i mars", "basis": "Egen iakttagelse"})
    assert answer.status_code == 302
    assert handled.again(case).state == "review"
    assert "Ja, sedan i mars" in text(client.get(address))


def test_a_coordinator_who_steps_out_gives_no_answer(client, case, officer):
    asked = consult(case, officer)
    client.force_login(people.user(Role.COORDINATOR))
    address = reverse("give-answer", args=[asked.key])
    assert client.post(address, {"jav": "yes", "answer": "Ja", "basis": "x"}).status_code == 302
    assert client.get(address).status_code == 404
    assert handled.again(case).state == "consultation"


def test_an_answer_without_its_basis_declares_nothing_either(client, case, officer):
    asked = consult(case, officer)
    client.force_login(people.user(Role.COORDINATOR))
    answer = client.post(reverse("give-answer", args=[asked.key]), {"jav": "none", "answer": "Ja", "basis": ""})
    assert answer.status_code == 422
    assert "Ja</textarea>" in text(answer)
    assert not Event.objects.filter(verb="case.jav_none", case=case.key).exclude(actor=officer.reference).exists()


def test_a_note_warns_before_it_is_written(signed_in, case):
    page = text(signed_in.get(url("write-note", case)))
    assert page.index("lämnas ut") < page.index("<textarea")
    assert "socialtjänsten" in page
    data = {"text": "Ringde", "secrecy": "marked", "section": ""}
    wrong = signed_in.post(url("write-note", case), data)
    assert "Ringde" in text(wrong) and not SecretNote.objects.exists()
    assert signed_in.post(url("write-note", case), data | {"section": "21:3"}).status_code == 302
    assert SecretNote.objects.get().section == "OSL 21:3"


def test_a_note_under_secrecy_is_read_on_its_own_page_and_logged(signed_in, client, case, officer):
    write_note(case=case, actor=officer, text="Skyddad adress", section="OSL 21:3")
    note = SecretNote.objects.get()
    listing = text(signed_in.get(url("show-documents", case)))
    assert "Skyddad adress" not in listing and "OSL 21:3" in listing
    assert "Skyddad adress" in text(signed_in.get(url("read-note", case, note.key)))
    assert Event.objects.latest("id").verb == "case.secrecy_note_read"
    client.force_login(people.user(Role.PAYER))
    assert client.get(url("read-note", case, note.key)).status_code == 403


def test_an_instruction_is_answered_on_its_page(signed_in, case, officer):
    write_note(case=case, actor=officer, text="Nämnden vill se budgeten", must_answer=True)
    address = url("answer-note", case, Note.objects.get().key)
    assert "Nämnden vill se budgeten" in text(signed_in.get(address))
    assert signed_in.post(address, {"text": "Den är bifogad"}).status_code == 302
    assert Note.objects.filter(answers__isnull=False).count() == 1


def test_a_document_is_added_with_its_arrival_day(signed_in, case):
    data = {
        "kind": "reply",
        "direction": "in",
        "channel": "in_person",
        "reached_on": clock.today(),
        "file": SimpleUploadedFile("svar.pdf", pdf(), "application/pdf"),
    }
    assert signed_in.post(url("add-document", case), data).status_code == 302
    document = CaseDocument.objects.get()
    assert (document.arrived_on, document.file.name) == (clock.today(), "svar.pdf")
    assert "svar.pdf" in text(signed_in.get(url("show-documents", case)))


def test_a_document_without_channel_or_of_a_wrong_kind_is_refused_with_why(signed_in, case):
    data = {"kind": "reply", "direction": "in", "file": SimpleUploadedFile("x.exe", b"MZ", "application/pdf")}
    answer = signed_in.post(url("add-document", case), data)
    assert 'href="#id_channel"' in text(answer)
    data |= {
        "channel": "in_person",
        "reached_on": clock.today(),
        "file": SimpleUploadedFile("x.exe", b"MZ", "application/pdf"),
    }
    answer = signed_in.post(url("add-document", case), data)
    assert answer.status_code == 422 and "x.exe" in text(answer)
    assert not CaseDocument.objects.exists()


def test_assigning_over_an_unseen_handover_shows_who_has_it(client, case, officer):
    head, other = people.user(Role.UNIT_HEAD), people.user(Role.GRANT_OFFICER)
    client.force_login(head)
    page = text(client.get(url("assign-officer", case)))
    assert other.name in page
    assign_officer(case=case, officer=user(officer), actor=people.actor(Role.UNIT_HEAD))
    answer = client.post(url("assign-officer", case), {"officer": other.pk, "seen_officer": ""})
    assert answer.status_code == 409
    assert handled.again(case).officer_id == officer.user_id
    seen = re.search(r'name="seen_officer" value="(\d+)"', text(answer))
    assert seen and seen.group(1) == str(officer.user_id)


def test_a_linked_case_stands_beside(signed_in, case, officer):
    other = handled.received(officer)
    assert signed_in.post(url("link-case", case), {"number": other.number, "why": "earlier"}).status_code == 302
    assert other.number in text(signed_in.get(url("show-documents", case)))
    declare_jav(case=other, actor=officer, answer="yes")
    assert other.number not in text(signed_in.get(url("show-documents", case)))


TABS = ("show-documents", "show-consultations", "show-hearings")


@pytest.mark.parametrize("tab", TABS)
def test_a_tab_costs_the_same_with_one_row_and_many(signed_in, case, officer, tab):
    def fill():
        write_note(case=case, actor=officer, text="Anteckning")
        ask_completion(case=case, items=["x"], last_day=day(14), actor=officer)
        signed_in.post(
            url("register-completion", case),
            {"version": handled.again(case).version, "received": ["0"], "arrived_on": str(clock.today())},
        )
        consult_again()
        start_hearing(case=case, facts=[{"text": "a"}, {"text": "b"}], last_day=day(14), actor=officer)
        signed_in.post(
            url("waive-running-hearing", case),
            {"version": handled.again(case).version, "waiver": "own_fact", "why": "x"},
        )

    def consult_again():
        ask_consultation(case=case, actor=officer, asked_of="police", circumstance="c", question="q", last_day=day(10))
        signed_in.post(
            url("answer-consultation", case),
            {"version": handled.again(case).version, "answer": "a", "basis": "b", "who": "w"},
        )

    def cost() -> int:
        signed_in.get(url(tab, case))  # takes the messages of the posts out of the session
        with CaptureQueriesContext(connection) as queries:
            signed_in.get(url(tab, case))
            return len(queries)

    fill()
    once = cost()
    for _ in range(4):
        fill()
    assert cost() == once <= 15


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.SECOND_READER])
def test_readers_see_the_tabs_and_are_refused_the_acts(client, case, role):
    client.force_login(people.user(role))
    for tab in TABS:
        assert client.get(url(tab, case)).status_code == 200
    for act in ("ask-completion", "ask-consultation", "start-hearing", "waive-hearing"):
        assert client.get(url(act, case)).status_code == 403


@pytest.mark.parametrize("name", [*TABS, "ask-completion", "start-hearing", "write-note", "add-document", "link-case"])
def test_another_districts_case_is_not_there(client, case, name):
    client.force_login(people.user(Role.GRANT_OFFICER, at=people.district("SÖD")))
    assert client.get(url(name, case)).status_code == 404
