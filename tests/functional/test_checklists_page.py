"""The review page and its forms, as a browser without script meets them."""

import re
import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from checklists.facts import Fact
from checklists.models import Answer, Escalation, Evidence, Prefill, Review
from checklists.rules.definition import Target, Value
from checklists.services.answer_escalation import answer_escalation
from checklists.services.escalate_question import escalate_question
from tests.factories import people, review_host, reviews
from vetting.accounts.actors import actor_for
from vetting.accounts.models import Scope
from vetting.accounts.roles import Role
from vetting.kernel import clock
from vetting.kernel.workflow import facts

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def host(monkeypatch):
    """A host, and the jäv fact that the cases room gives."""
    known = dict(facts._entries) | {"A24": lambda review: Fact(value=Value.YES, as_of=clock.today())}
    monkeypatch.setattr(facts, "_entries", known)
    with review_host.registered() as name:
        yield name


@pytest.fixture
def officer():
    return people.user(Role.GRANT_OFFICER)


@pytest.fixture
def actor(officer):
    return actor_for(officer, on=clock.today())


@pytest.fixture
def key(actor):
    """An association review and an application review of one matter."""
    found = uuid.uuid4()
    for template in ("association", "application"):
        reviews.review(actor, template, subject=f"{template}:{found}")
    return found


@pytest.fixture
def page(client, officer):
    client.force_login(officer)
    return client


def url(name: str, key: uuid.UUID, **more) -> str:
    return reverse(name, kwargs={"host": review_host.NAME, "key": key, **more})


def review_of(key: uuid.UUID, template: str = "association") -> Review:
    return Review.objects.get(subject=f"{template}:{key}")


def form_of(html: str, code: str) -> str:
    """The markup of one question."""
    found = re.search(
        rf'<(form|div) class="v-q[^"]*" id="{code}".*?(?=<\w+ class="v-q[ "]|</section>\s|$)', html, re.DOTALL
    )
    assert found, f"{code} is not on the page"
    return found[0]


def shown(page, key: uuid.UUID, query: str = "") -> str:
    response = page.get(url("show-review", key) + query)
    assert response.status_code == 200
    return response.content.decode()


def send(page, key: uuid.UUID, code: str, template: str = "association", **data):
    """Posts the answer as the question's own form would."""
    review = review_of(key, template)
    data.setdefault("idempotency_key", uuid.uuid4())
    current = Answer.objects.filter(review=review, question=code).order_by("-id").first()
    data.setdefault("supersedes", current.key if current else "")
    headers = {"HX-Request": "true"} if data.pop("htmx", False) else {}
    return page.post(url("answer-question", key, review=review.key, question=code), data, headers=headers)


class TestReading:
    def test_all_questions_of_both_reviews_in_their_sections_and_order(self, page, key):
        html = shown(page, key)
        codes = re.findall(r'class="v-q[^"]*" id="(A[^"]+)"', html)
        assert codes == [f"A{n}" for n in range(1, 13)] + ["A12a"] + [f"A{n}" for n in range(13, 25) if n != 17]
        assert re.findall(r'<h3 id="avsnitt-[^"]*">([^<]+)<', html) == [
            "Formella krav",
            "Demokrati, mänskliga rättigheter, jämställdhet",
            "Ändamål och pengar",
        ]
        assert '<div id="A17" hidden></div>' in html  # its place is kept until it is asked

    def test_ground_help_evidence_and_four_answers_in_order(self, page, key):
        question = form_of(shown(page, key), "A4")
        assert "demokratisk uppbyggnad" in question and "Justerat årsmötesprotokoll." in question
        assert re.findall(r'value="(ja|nej|oklart|ej_tillampligt)"', question) == [
            "ja",
            "nej",
            "oklart",
            "ej_tillampligt",
        ]
        assert "Stopp: styrelse eller revisor är inte vald." in re.sub(r"\s+", " ", question)

    def test_a_dotted_word_explains_itself(self, page, key):
        question = form_of(shown(page, key), "A13")
        assert re.search(r'popovertarget="(term-foretradare-\d+)">företrädare</button>', question)

    def test_the_system_answers_jav_without_a_form(self, page, key):
        question = form_of(shown(page, key), "A24")
        assert question.startswith("<div") and "Besvarad av systemet" in question and "Ja." in question

    def test_finished_ordinary_answers_fold_away(self, page, key, actor):
        reviews.answer(review_of(key), "A4", "ja", actor)
        reviews.answer(review_of(key), "A13", "nej", actor, looked_at=reviews.LOOKED)
        html = shown(page, key)
        assert re.search(r'<li id="A4">.*?Ja', html) and 'v-q" id="A4"' not in html
        assert re.search(r'<li id="A13">.*?Inga konkreta uppgifter kända', html, re.DOTALL)
        assert "Tittat på: det egna registret, ärendets handlingar" in html
        assert '<form class="v-q is-here" id="A4"' in shown(page, key, "?andra=A4")

    def test_earlier_answers_are_kept_and_shown(self, page, key, actor):
        reviews.answer(review_of(key), "A4", "oklart", actor, "Protokollet saknas.")
        reviews.answer(review_of(key), "A4", "nej", actor, "Ingen revisor är vald.")
        question = form_of(shown(page, key), "A4")
        assert "Tidigare svar (1)" in question and "Oklart. ”Protokollet saknas.”" in question
        assert "Ingen revisor är vald." in question

    def test_an_answer_has_no_colour(self, page, key, actor):
        for value, words in (("ja", ""), ("nej", "Ingen revisor.")):
            reviews.answer(review_of(key), "A4", value, actor, words)
            question = form_of(shown(page, key, "?andra=A4"), "A4")
            assert not re.search(r"<label[^>]*\b(is-done|is-ok|is-bad|success|danger)\b", question)

    def test_the_summary_counts_and_leads(self, page, key, actor):
        reviews.answer(review_of(key), "A4", "nej", actor, "Ingen revisor är vald.")
        html = shown(page, key)
        summary = html[html.index('id="sammanfattning"') :]
        assert "2 av 24 klara" in summary  # A4 and A24
        assert re.search(r"A4: styrelse eller revisor är inte vald – hindrar bifall", summary)
        assert 'href="/granskning/prov/' in summary and "saknar svar" in summary

    def test_in_english_the_whole_page_is_english(self, page, key):
        page.cookies["vetting_language"] = "en"
        html = shown(page, key)
        assert "Were the board and the auditor elected" in html and "Save the answer" in html
        assert not re.search(r"\b(Grund|Spara|Bekräfta|Underlag|klara|saknas)\b", html)


class TestWhoMay:
    @pytest.mark.parametrize(
        ("role", "status"),
        [
            (Role.GRANT_OFFICER, 200),
            (Role.SECOND_READER, 200),
            (Role.LAWYER, 200),
            (Role.AUDITOR, 200),
            (Role.COORDINATOR, 403),
            (Role.SYSTEM_ADMIN, 403),
            (Role.CONTROLLER, 403),
        ],
    )
    def test_read(self, client, key, role, status):
        client.force_login(people.user(role))
        assert client.get(url("show-review", key)).status_code == status

    def test_another_districts_review_does_not_exist(self, client, key):
        client.force_login(people.user(Role.GRANT_OFFICER, at=people.district("SÖD")))
        assert client.get(url("show-review", key)).status_code == 404

    def test_an_unknown_host_does_not_exist(self, page, key):
        assert page.get(reverse("show-review", kwargs={"host": "annat", "key": key})).status_code == 404

    def test_who_only_reads_has_no_forms_and_is_told_who_answers(self, client, key):
        client.force_login(people.user(Role.AUDITOR))
        html = client.get(url("show-review", key)).content.decode()
        assert "<form class=" not in html and "Den besvaras av:" in html and "bidragshandläggare" in html

    def test_who_only_reads_cannot_answer(self, client, key):
        client.force_login(people.user(Role.AUDITOR))
        assert send(client, key, "A4", answer="ja").status_code == 403
        assert not Answer.objects.exists()

    def test_a_lent_reader_sees_the_formal_questions_only(self, client, key):
        lent = people.user(Role.SECOND_READER, scope=Scope.FORMAL)
        client.force_login(lent)
        html = client.get(url("show-review", key)).content.decode()
        assert 'id="A4"' in html and 'id="A13"' not in html and 'id="A21"' not in html


class TestAnswering:
    def test_one_button_one_answer_then_the_next_open_question(self, page, key, officer):
        response = send(page, key, "A1", answer="ja")
        assert response.status_code == 302 and response["Location"].endswith("#A2")
        assert Answer.objects.get().actor == officer.reference

    def test_what_is_owed_is_said_first_and_nothing_is_lost(self, page, key):
        response = send(page, key, "A4", answer="nej", own_words="  ", circumstances=["same_persons"])
        html = response.content.decode()
        assert response.status_code == 422 and "<title>Fel: " in html
        assert html.index('class="v-errors"') < html.index('id="sammanfattning"')
        assert 'href="#A4-own_words"' in html and "Skriv en motivering med egna ord." in html
        assert re.search(r'value="nej"[^>]*checked', form_of(html, "A4"))
        assert re.search(r'value="same_persons"[^>]*checked', form_of(html, "A4"))
        assert not Answer.objects.exists()

    def test_without_an_answer_it_says_so(self, page, key):
        html = send(page, key, "A4").content.decode()
        assert "Välj ett svar vid ”Svar”." in html

    def test_what_was_looked_at_is_asked_for(self, page, key):
        html = send(page, key, "A13", answer="nej", looked_at=["own_site"]).content.decode()
        assert 'href="#A13-looked_at_0"' in html
        assert send(page, key, "A13", answer="nej", looked_at=["own_register", "papers"]).status_code == 302

    def test_a_double_submit_is_one_answer(self, page, key):
        same = uuid.uuid4()
        for _ in range(2):
            assert send(page, key, "A1", answer="ja", idempotency_key=same, supersedes="").status_code == 302
        assert Answer.objects.count() == 1

    def test_a_conflict_shows_both_and_saving_again_is_a_choice(self, page, key, actor):
        other = people.actor(Role.GRANT_OFFICER)
        theirs = reviews.answer(review_of(key), "A4", "nej", other, "Revisor saknas.")
        response = send(page, key, "A4", answer="oklart", own_words="Jag är osäker.", supersedes="")
        html = response.content.decode()
        assert response.status_code == 409
        assert "Revisor saknas." in html and html.count("Jag är osäker.") == 2  # beside theirs, and in the form
        again = re.search(r'name="supersedes" value="([^"]+)"', form_of(html, "A4"))
        assert again and again[1] == str(theirs.key)
        assert send(page, key, "A4", answer="oklart", own_words="Jag är osäker.").status_code == 302

    def test_what_is_not_asked_does_not_exist(self, page, key):
        assert send(page, key, "A17", answer="ja", own_words="x").status_code == 404

    def test_a_signed_review_is_read_only(self, page, key, actor):
        for template in ("association", "application"):
            reviews.answer_all(review_of(key, template), actor)
        assert page.post(url("complete-review", key)).status_code == 302
        html = shown(page, key)
        assert "<form class=" not in html and "Granskningen är klar." in html
        assert send(page, key, "A4", answer="nej", own_words="x").status_code == 422


class TestInPlace:
    """With htmx the question answers by itself and brings what it changed."""

    def test_the_question_and_the_summary_come_back(self, page, key):
        html = send(page, key, "A4", answer="nej", own_words="Ingen revisor är vald.", htmx=True).content.decode()
        assert html.lstrip().startswith('<div class="v-q" id="A4"') and "<html" not in html
        assert 'id="sammanfattning" hx-swap-oob="true"' in html and "2 av 24 klara" in html
        assert 'id="laget-formal" hx-swap-oob="true"' in html
        assert "A4 är sparad. 2 av 24 klara." in html

    def test_a_question_that_is_asked_now_comes_with_it_and_goes_again(self, page, key):
        sent = {"answer": "ja", "own_words": "Anmälan om hot.", "circumstances": ["not_shown"], "htmx": True}
        html = send(page, key, "A13", **sent).content.decode()
        assert re.search(r'<form class="v-q" id="A17"[^>]*hx-swap-oob="true"', html)
        html = send(
            page, key, "A13", answer="nej", looked_at=["own_register", "papers"], own_words="Fel förening.", htmx=True
        )
        assert '<div id="A17" hidden hx-swap-oob="true"></div>' in html.content.decode()

    def test_an_error_comes_back_in_the_question(self, page, key):
        response = send(page, key, "A4", answer="nej", htmx=True)
        html = response.content.decode()
        assert response.status_code == 422 and 'class="v-errors"' in html and "<html" not in html


class TestBulk:
    @pytest.fixture
    def key(self, actor, monkeypatch):
        known = dict(facts._entries)
        for code, value in (("A1", "ja"), ("A7", "ja"), ("A13", "nej"), ("A5", "nej")):
            known[code] = lambda review, value=value: Fact(value=Value(value), as_of=clock.today())
        monkeypatch.setattr(facts, "_entries", known)
        found = uuid.uuid4()
        reviews.review(actor, subject=f"association:{found}")
        return found

    def data(self, key, **more):
        shown = {f"{one.review.key}:{one.question}": one.key for one in Prefill.objects.exclude(question="A5")}
        return {"idempotency_key": uuid.uuid4(), **shown, **more}

    def test_suggestions_are_marked_and_listed_but_an_adverse_one_is_not(self, page, key):
        html = shown(page, key)
        assert "is-prefilled" in form_of(html, "A7") and "från registret" in form_of(html, "A7")
        assert "Läs och bekräfta 2 förslag till svar" in html  # the formal section: A1, A7
        listed = page.get(url("confirm-answers", key)).content.decode()
        assert re.findall(r"<li><b>(A[^<]+)</b>", listed) == ["A1", "A7", "A13"]
        assert "Inga konkreta uppgifter kända" in listed and "Gäller för: A13." in listed
        section = page.get(url("confirm-answers", key) + "?avsnitt=rights").content.decode()
        assert re.findall(r"<li><b>(A[^<]+)</b>", section) == ["A13"]

    def test_confirmed_they_are_mine(self, page, key, officer):
        response = page.post(url("confirm-answers", key), self.data(key, looked_at=["own_register", "papers"]))
        assert response.status_code == 302
        assert {(one.question, one.actor) for one in Answer.objects.all()} == {
            (code, officer.reference) for code in ("A1", "A7", "A13")
        }

    def test_what_was_looked_at_is_asked_for(self, page, key):
        response = page.post(url("confirm-answers", key), self.data(key))
        assert response.status_code == 422 and "Kryssa för vad du har tittat på" in response.content.decode()
        assert not Answer.objects.exists()

    def test_a_changed_list_is_shown_anew(self, page, key, actor):
        data = self.data(key, looked_at=["own_register", "papers"])
        reviews.answer(review_of(key), "A7", "oklart", actor, "Nytt giro på väg.")
        response = page.post(url("confirm-answers", key), data)
        assert response.status_code == 409 and "A7 ändrades medan du läste" in response.content.decode()
        assert Answer.objects.count() == 1


class TestMeasures:
    CARD = {
        "title": "Affisch",
        "shows": "act",
        "source_class": "2",
        "captured_on": "2026-02-11",
        "place": "Trapphus",
        "actor_role": "board",
        "capacity": "in_activity",
        "excerpt": "Lokalen nås via trappa.",
        "reliability": "Hög.",
        "counter_found": "no",
        "counter": "Sökt i egna handlingar utan resultat.",
    }

    def where(self, key, code="A14"):
        return {"review": review_of(key).key, "question": code}

    def test_a_card_is_added_and_shown_with_its_slots(self, page, key):
        response = page.post(url("add-evidence", key, **self.where(key)), self.CARD)
        assert response.status_code == 302 and response["Location"].endswith("#A14")
        question = form_of(shown(page, key), "A14")
        assert "Underlag 1: Affisch" in question and "Källklass 2" in question
        assert "Sökt i egna handlingar utan resultat." in question

    def test_membership_in_an_umbrella_alone_is_refused_with_what_to_do(self, page, key):
        response = page.post(url("add-evidence", key, **self.where(key)), self.CARD | {"shows": "umbrella"})
        html = response.content.decode()
        assert response.status_code == 422 and "är inget underlag i sig" in html and "Lokalen nås via trappa." in html
        assert not Evidence.objects.exists()

    def test_a_reply_is_noted_on_the_card(self, page, key):
        page.post(url("add-evidence", key, **self.where(key)), self.CARD)
        card = Evidence.objects.get()
        note = {"kind": "reply", "on": "2026-02-26", "confirms": "yes", "text": "Vi tänkte fel."}
        assert page.post(url("note-evidence", key, evidence=card.key), note).status_code == 302
        question = form_of(shown(page, key), "A14")
        assert "Vi tänkte fel. (bekräftar uppgiften)" in question and "Föreningens svar, 26 februari 2026" in re.sub(
            "\u00a0", " ", question
        )

    def test_put_to_the_unit_head_and_answered_by_them(self, page, client, key, actor):
        reviews.answer(review_of(key), "A14", "oklart", actor, "Vad gäller?")
        response = page.post(
            url("escalate-question", key, **self.where(key)), {"to": "unit_head", "text": "Räcker det?"}
        )
        assert response.status_code == 302
        row = Escalation.objects.get()
        assert "Inte besvarad än." in form_of(shown(page, key), "A14")
        assert page.post(url("answer-escalation", key, escalation=row.key), {"text": "Ja."}).status_code == 403
        client.force_login(people.user(Role.UNIT_HEAD))
        assert (
            client.post(url("answer-escalation", key, escalation=row.key), {"text": "Ja, det räcker."}).status_code
            == 302
        )
        assert "Ja, det räcker." in form_of(shown(client, key), "A14")

    def test_special_reasons_by_the_unit_head(self, page, client, key, actor):
        reviews.answer(review_of(key), "A13", "ja", actor, "Anmälan om hot.", circumstances=["shown"])
        address = url("try-special-reasons", key, **self.where(key, "A13"))
        assert page.get(address).status_code == 403
        client.force_login(people.user(Role.UNIT_HEAD))
        assert "Pröva särskilda skäl" in form_of(shown(client, key), "A13")
        tried = {"weighed": ["single"], "found": "no", "text": "Upprepat."}
        assert client.post(address, tried).status_code == 302
        assert "Särskilda skäl prövade, inga finns" in form_of(shown(client, key), "A13")

    def test_a_considered_refusal_brings_its_questions(self, page, actor):
        found = uuid.uuid4()
        reviews.review(actor, "event", subject=f"event:{found}")
        assert 'class="v-q" id="L8"' not in shown(page, found)
        assert page.post(url("consider-refusal", found), {"considered": "yes"}).status_code == 302
        assert 'class="v-q" id="L8"' in shown(page, found)

    def test_completing_says_what_hinders(self, page, key):
        html = page.get(url("complete-review", key)).content.decode()
        assert "Granskningen är inte klar än." in html and "A1 saknar svar" in html
        assert page.post(url("complete-review", key)).status_code == 409

    def test_completed_and_opened_again_with_a_reason(self, page, key, actor):
        for template in ("association", "application"):
            reviews.answer_all(review_of(key, template), actor)
        assert page.post(url("complete-review", key)).status_code == 302
        assert not Review.objects.filter(state="open").exists()
        assert page.post(url("reopen-review", key), {"why": ""}).status_code == 422
        assert page.post(url("reopen-review", key), {"why": "Nytt protokoll."}).status_code == 302
        assert not Review.objects.filter(state="complete").exists()


class TestQueries:
    def fill(self, key, actor, times: int) -> None:
        review = review_of(key)
        for number in range(times):
            reviews.answer(review, "A14", "oklart", actor, f"Läst {number} gånger.")
            made = escalate_question(
                review=review, question="A14", to=Target.LAWYER, text=f"Fråga {number}", actor=actor
            )
            answer_escalation(escalation=made, text="Svar", reference="mejl", actor=actor)

    def test_the_count_is_the_same_for_one_row_and_for_many(self, page, key, actor):
        self.fill(key, actor, 1)
        shown(page, key)
        with CaptureQueriesContext(
            connection,
        ) as few:
            shown(page, key)
        self.fill(key, actor, 12)
        with CaptureQueriesContext(connection) as many:
            shown(page, key)
        assert len(few) == len(many) <= 15, "\n".join(q["sql"][:150] for q in many.captured_queries)
