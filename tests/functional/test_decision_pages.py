"""Pages of the decision: form, check, letter, board, announcement, legal force; errors in place, nothing lost."""

import re
import uuid
from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from applications.cases import executor
from applications.decisions.models import (
    Announcement,
    BoardItem,
    BoardMeeting,
    Decision,
    DecisionTrack,
    DelegationVersion,
    LetterTemplateVersion,
    Proposal,
)
from applications.decisions.services.make_letter import make_letter
from applications.decisions.services.register_outcome import register_outcome
from applications.decisions.services.rule_versions import draft_letter
from applications.decisions.services.save_proposal import save_proposal
from applications.decisions.subjects import Comparable
from applications.examples.scenarios.papers import one_page_pdf
from tests.factories import decisions as given
from tests.factories import grants, people
from vetting.accounts.models import User
from vetting.accounts.roles import Role
from vetting.audit.models import Event
from vetting.files.models import StoredFile
from vetting.kernel import clock

pytestmark = pytest.mark.django_db

FORM = {
    "version": "0",
    "outcome": "full",
    "reason_class": "rule",
    "citations": ["p5"],
    "assessment": "Verksamheten riktar sig till boende i området.",
    "principle": "no",
    "last_report_on": "2027-01-31",
    "repayment_clause": "on",
    "interest_clause": "on",
    "path": "delegate",
}


@pytest.fixture
def staff():
    return given.staff()


@pytest.fixture
def case(staff):
    case = given.case_to_decide(staff["officer"])
    given.declared(case, staff["officer"], staff["head"])
    return case


@pytest.fixture
def sign_in(client):
    def do(actor):
        client.force_login(User.objects.get(pk=actor.user_id))
        return client

    return do


def text(response):
    return re.sub(r"\s+", " ", response.content.decode())


def hidden(response, name):
    return re.search(rf'name="{name}" value="([^"]*)"', response.content.decode()).group(1)


def fresh(case):
    return given.DecidedCase.objects.get(pk=case.pk)


def test_an_officer_writes_the_proposal_and_is_told_what_it_lacks(staff, case, sign_in):
    client, url = sign_in(staff["officer"]), reverse("edit-proposal", args=[case.key])
    page = client.get(url)
    assert page.status_code == 200
    assert "Sökt: 21 000" in text(page)
    answer = client.post(url, {"version": "0", "outcome": "refused", "reason_class": "rule", "check": "1"}, follow=True)
    assert "saker saknas innan förslaget kan beslutas" in text(answer)
    assert "<title>Fel:" in text(answer)
    assert 'href="#id_facts"' in text(answer)
    answer = client.post(url, FORM | {"version": "1", "check": "1"})
    assert answer.headers["Location"] == reverse("show-decisions", args=[case.key])
    proposal = Proposal.objects.get(case=case)
    assert (proposal.version, proposal.amount, proposal.principle) == (2, Decimal(45000), False)
    assert proposal.citations[0]["section"] == "nämndens villkor för verksamhetsbidrag, punkt 5"
    assert [line["granted"] for line in proposal.lines] == ["21000", "24000"]


def test_each_thing_missing_leads_to_a_field_that_is_there(staff, case, sign_in):
    given.SAYS[case.key] = {"adverse": frozenset({"A15"})}
    given.proposal(case, staff["officer"], {"outcome": "refused", "reason_class": "conduct", "path": "chair_urgent"})
    url = reverse("edit-proposal", args=[case.key])
    body = sign_in(staff["officer"]).get(url + "?kontroll=1").content.decode()
    places = re.findall(r'class="is-error" href="#([^"]+)"', body)
    assert {"id_facts", "id_citations_0", "id_criteria_0", "id_principle_0", "id_rung_condition"} <= set(places)
    assert all(f'id="{place}"' in body for place in places)


def test_a_cut_takes_its_sum_from_the_lines(staff, case, sign_in):
    client, url = sign_in(staff["officer"]), reverse("edit-proposal", args=[case.key])
    client.post(url, FORM | {"outcome": "part", "line_0": "21 000", "line_1": "0"})
    proposal = Proposal.objects.get(case=case)
    assert proposal.amount == Decimal(21000)
    assert [line["granted"] for line in proposal.lines] == ["21000", "0"]


def test_what_cannot_be_read_is_named_and_everything_typed_stays(staff, case, sign_in):
    client, url = sign_in(staff["officer"]), reverse("edit-proposal", args=[case.key])
    typed = FORM | {"outcome": "part", "amount": "mycket", "last_report_on": "31 febr", "facts": "Det här skrev jag."}
    answer = client.post(url, typed)
    body = text(answer)
    assert "Skriv beloppet med siffror" in body
    assert "Det här skrev jag." in body and 'value="mycket"' in body
    assert not Proposal.objects.exists()


def test_a_stale_save_shows_both_texts(staff, case, sign_in):
    given.proposal(case, staff["officer"])
    client, url = sign_in(staff["officer"]), reverse("edit-proposal", args=[case.key])
    given.declared(case, staff["head"])
    save_proposal(case=case, actor=staff["head"], values={"facts": "Chefens text."}, expected_version=1)
    answer = client.post(url, FORM | {"version": "1", "facts": "Min text."})
    assert answer.status_code == 409
    body = text(answer)
    assert "Chefens text." in body and "Min text." in body
    assert hidden(answer, "version") == "2"
    assert Proposal.objects.get(case=case).facts == "Chefens text."
    again = client.post(url, FORM | {"version": "2", "facts": "Min text."})
    assert again.status_code == 302
    assert Proposal.objects.get(case=case).facts == "Min text."


def test_a_double_submit_saves_once(staff, case, sign_in):
    client, url = sign_in(staff["officer"]), reverse("edit-proposal", args=[case.key])
    key = hidden(client.get(url), "idempotency_key")
    for _ in range(2):
        assert client.post(url, FORM | {"idempotency_key": key}).status_code == 302
    assert Proposal.objects.get(case=case).version == 1


def test_the_letter_is_shown_live_and_what_is_new_is_marked(staff, case, sign_in):
    given.proposal(case, staff["officer"])
    client, url = sign_in(staff["officer"]), reverse("preview-letter", args=[case.key])
    answer = client.post(url, FORM | {"version": "1", "facts": "Helt nya fakta."})
    assert "<mark>Helt nya fakta.</mark>" in text(answer)
    assert "Så överklagar du" in text(answer)
    assert Proposal.objects.get(case=case).facts == ""
    broken = client.post(url, {"outcome": "part", "amount": "x", "last_report_on": "y"})
    assert broken.status_code == 200


def test_the_mirror_shows_decided_cases_without_names(staff, case, sign_in):
    given.ALIKE[case.key] = (
        Comparable(
            year=2025,
            alike_sv="samma frågor: A11",
            alike_en="same questions: A11",
            outcome="Delvis bifall",
            ground="rule",
            requested=Decimal(50000),
            amount=Decimal(25000),
        ),
    )
    body = text(sign_in(staff["officer"]).get(reverse("edit-proposal", args=[case.key])))
    assert "Förening 1, 2025" in body and "50 %" in body and "Villkor" in body


def test_the_unit_head_sees_what_will_happen_then_decides(staff, case, sign_in):
    given.proposal(case, staff["officer"])
    given.meeting(staff["secretary"])
    client, url = sign_in(staff["head"]), reverse("decide-proposal", args=[case.key])
    page = client.get(url)
    body = text(page)
    assert "fryses med en kontrollsumma" in body
    assert "delegationsordningen" in body and "4.1" in body
    assert "Inget skickas med e-post" in body
    form = {name: hidden(page, name) for name in ("version", "proposal_version", "idempotency_key")}
    answer = client.post(url, form, follow=True)
    assert "Beslutat" in text(answer)
    assert Decision.objects.get(case=case).outcome == "full"
    elsewhere = client.post(url, form | {"idempotency_key": str(uuid.uuid4())})
    assert "Ärendet är redan beslutat" in text(elsewhere)


def test_who_may_not_decide_is_told_who_may_and_it_is_logged(staff, case, sign_in):
    given.proposal(case, staff["officer"])
    answer = sign_in(staff["officer"]).get(reverse("decide-proposal", args=[case.key]))
    assert answer.status_code == 403
    assert "enhetschef" in text(answer)
    assert Event.objects.filter(verb="access.refused").exists()


def test_what_speaks_against_deciding_stands_on_the_page(staff, case, sign_in):
    given.proposal(case, staff["officer"], principle=True, principle_reason="Ny fråga.")
    body = text(sign_in(staff["head"]).get(reverse("decide-proposal", args=[case.key])))
    assert "Det är nämnden som beslutar i ett principiellt ärende" in body
    assert 'aria-disabled="true"' in body


def test_a_decision_on_a_text_that_changed_is_asked_again(staff, case, sign_in):
    given.proposal(case, staff["officer"])
    client, url = sign_in(staff["head"]), reverse("decide-proposal", args=[case.key])
    page = client.get(url)
    form = {name: hidden(page, name) for name in ("version", "proposal_version", "idempotency_key")}
    save_proposal(case=case, actor=staff["officer"], values={"conditions": "Nytt."}, expected_version=1)
    answer = client.post(url, form)
    assert answer.status_code == 409
    assert not Decision.objects.exists()
    assert hidden(answer, "proposal_version") == "2"


def decided(staff, case, sign_in):
    proposal = given.proposal(case, staff["officer"])
    data = {"proposal_version": proposal.version}
    executor.perform(subject=case, action="grant", actor=staff["head"], data=data)
    return Decision.objects.get(case=case)


def test_the_letter_is_shown_as_frozen_and_fetched_as_pdf(staff, case, sign_in, settings, tmp_path):
    settings.FILES_ROOT = tmp_path
    decision = decided(staff, case, sign_in)
    client, url = sign_in(staff["officer"]), reverse("show-letter", args=[decision.key])
    assert "PDF-filen skapas" in text(client.get(url))
    make_letter({"decision": str(decision.key)}, lambda done, of_all: None)
    body = client.get(url).content.decode()
    link = re.search(r'href="(/filer/[^"]+)"', body).group(1)
    served = client.get(link)
    assert served.headers["Content-Type"] == "application/pdf"
    assert b"".join(served.streaming_content if served.streaming else [served.content]).startswith(b"%PDF-1.7")
    assert "Förvaltningsrätten i Stockholm" in body


def test_another_districts_letter_does_not_exist(staff, case, sign_in):
    decision = decided(staff, case, sign_in)
    other = people.actor(Role.GRANT_OFFICER, at=people.district("SÖD"))
    client = sign_in(other)
    for name in ("show-letter", "announce-decision", "confirm-final", "register-appeal", "register-court"):
        assert client.get(reverse(name, args=[decision.key])).status_code == 404
    assert client.get(reverse("show-decisions", args=[case.key])).status_code == 404


def test_who_is_out_by_conflict_of_interest_sees_no_letter(staff, case, sign_in):
    from applications.cases.services.jav import declare_jav

    decision = decided(staff, case, sign_in)
    declare_jav(case=fresh(case), actor=staff["officer"], answer="yes", reason="")
    client = sign_in(staff["officer"])
    assert client.get(reverse("show-letter", args=[decision.key])).status_code == 404
    assert client.get(reverse("register-appeal", args=[decision.key])).status_code == 404


def test_the_secretary_enters_a_meeting_and_takes_a_case_through_it(staff, case, sign_in):
    given.proposal(case, staff["officer"], path="board")
    client = sign_in(staff["secretary"])
    district = given.district()
    day = clock.today() + timedelta(days=5)
    posted = {"district": district.pk, "body": "board", "date": day.isoformat(), "place": "Rådslaget"}
    answer = client.post(reverse("plan-meeting"), posted, follow=True)
    assert "Sammanträdet är inlagt" in text(answer)
    assert "finns redan" in text(client.post(reverse("plan-meeting"), posted))
    meeting = BoardMeeting.objects.get()

    officer = sign_in(staff["officer"])
    url = reverse("send-to-board", args=[case.key])
    officer.post(url, {"version": "1", "meeting": meeting.pk})
    assert fresh(case).state == "before_board"

    client = sign_in(staff["secretary"])
    assert "Årsta Kvarterslag" in text(client.get(reverse("show-meeting", args=[meeting.key])))
    url = reverse("register-board-decision", args=[case.key])
    missing = client.post(url, {"version": "1", "outcome": "bifall"})
    assert "Fyll i" in text(missing)
    answer = client.post(url, {"version": "1", "outcome": "bifall", "paragraph": "14"})
    check = reverse("record-board-decision", args=[case.key])
    assert answer.headers["Location"] == check
    page = client.get(check)
    assert "§ 14" in text(page)
    form = {name: hidden(page, name) for name in ("version", "idempotency_key")}
    client.post(check, form)
    assert Decision.objects.get(case=case).paragraph == "14"


def test_an_adverse_change_without_own_reasons_is_registered_but_not_recorded(staff, case, sign_in):
    given.proposal(case, staff["officer"], path="board")
    meeting = given.meeting(staff["secretary"])
    data = {"meeting_id": meeting.pk}
    executor.perform(subject=case, action="send_to_board", actor=staff["officer"], data=data)
    client = sign_in(staff["secretary"])
    url = reverse("register-board-decision", args=[case.key])
    sent = {"version": "1", "outcome": "avslag", "paragraph": "14", "own_reason_class": "rule"}
    again = client.post(url, sent, follow=True)
    assert again.redirect_chain[-1][0] == url + "?kontroll=1"
    assert 'href="#id_own_text"' in text(again)
    assert "Utfallet är sparat som det står." in text(again)
    page = client.get(reverse("record-board-decision", args=[case.key]))
    assert "utan egna skäl i protokollet" in text(page)
    assert 'aria-disabled="true"' in text(page)
    assert BoardItem.objects.get(case=case).outcome == "avslag"
    assert not Decision.objects.exists()


def test_only_the_secretary_registers_the_board(staff, case, sign_in):
    client = sign_in(staff["officer"])
    for name in ("list-meetings", "plan-meeting"):
        assert client.get(reverse(name)).status_code == 403


def board_decision(staff, case, days_ago=30):
    given.proposal(case, staff["officer"], path="board")
    meeting = given.meeting(staff["secretary"])
    executor.perform(subject=case, action="send_to_board", actor=staff["officer"], data={"meeting_id": meeting.pk})
    meeting.date = clock.today() - timedelta(days=days_ago + 5)
    meeting.save()
    BoardItem.objects.filter(case=case).update(
        outcome="bifall", paragraph="3", registered_by=staff["secretary"].reference, registered_at=clock.now()
    )
    executor.perform(subject=fresh(case), action="grant", actor=staff["secretary"])
    return Decision.objects.get(case=case), meeting


def test_the_notice_is_registered_for_the_whole_meeting_and_force_confirmed(staff, case, sign_in):
    decision, meeting = board_decision(staff, case)
    client = sign_in(staff["registrar"])
    notice = {
        "approved_on": (clock.today() - timedelta(days=31)).isoformat(),
        "announced_on": (clock.today() - timedelta(days=30)).isoformat(),
        "address": "https://exempel.invalid/anslag/7",
    }
    client.post(reverse("announce-meeting", args=[meeting.key]), notice)
    registered = Announcement.objects.get(track__decision=decision)
    final = reverse("confirm-final", args=[decision.key])
    page = client.get(final)
    assert registered.force_from.isoformat()[:4] in text(page)
    today = clock.today().isoformat()
    posted = {"version": "2", "asked_on": today, "answered_on": today, "answer": "appealed", "reference": "e-post"}
    refused = client.post(final, posted)
    assert refused.status_code == 409
    assert "Registrera överklagandet i stället" in text(refused)
    client.post(final, posted | {"answer": "no_appeal"})
    assert DecisionTrack.objects.get(decision=decision).state == "final"


def test_a_notice_out_of_order_is_named_at_its_field(staff, case, sign_in):
    decision, meeting = board_decision(staff, case)
    client, url = sign_in(staff["registrar"]), reverse("announce-decision", args=[decision.key])
    day = clock.today() - timedelta(days=3)
    posted = {
        "version": "1",
        "approved_on": day.isoformat(),
        "announced_on": (day - timedelta(days=1)).isoformat(),
        "address": "https://exempel.invalid/anslag/7",
    }
    answer = client.post(url, posted)
    assert answer.status_code == 409
    assert "Tillkännagivandet kan inte komma före justeringen" in text(answer)
    early = posted | {"approved_on": (meeting.date - timedelta(days=1)).isoformat()}
    assert "kan inte justeras före" in text(client.post(url, early))


def test_a_refused_notice_keeps_no_capture(staff, case, sign_in, settings, tmp_path):
    settings.FILES_ROOT = tmp_path
    decision, meeting = board_decision(staff, case)
    posted = {
        "version": "1",
        "approved_on": (meeting.date - timedelta(days=1)).isoformat(),
        "announced_on": clock.today().isoformat(),
        "address": "https://exempel.invalid/7",
    }
    client, url = sign_in(staff["registrar"]), reverse("announce-decision", args=[decision.key])
    capture = one_page_pdf("Anslaget")
    answer = client.post(url, posted | {"proof": SimpleUploadedFile("anslag.pdf", capture)})
    assert answer.status_code == 422
    assert not StoredFile.objects.exists()
    right = posted | {"approved_on": (meeting.date + timedelta(days=1)).isoformat()}
    client.post(url, right | {"proof": SimpleUploadedFile("anslag.pdf", capture)})
    assert Announcement.objects.get().proof.content_type == "application/pdf"
    bad = client.post(url, right | {"version": "2", "proof": SimpleUploadedFile("x.exe", b"MZ")})
    assert bad.status_code >= 400


def test_a_notice_taken_down_early_is_said_and_the_clock_starts_anew(staff, case, sign_in):
    decision, _meeting = board_decision(staff, case, days_ago=10)
    client = sign_in(staff["registrar"])
    day = clock.today() - timedelta(days=10)
    notice = {"approved_on": day.isoformat(), "announced_on": day.isoformat(), "address": "https://exempel.invalid/7"}
    client.post(reverse("announce-decision", args=[decision.key]), notice | {"version": "1"})
    url = reverse("take-down-notice", args=[decision.key])
    answer = client.post(url, {"version": "2", "taken_down_on": clock.today().isoformat()}, follow=True)
    assert "överklagandetiden har inte löpt" in text(answer)
    assert DecisionTrack.objects.get(decision=decision).state == "decided"


def test_an_appeal_and_its_judgment_are_registered(staff, case, sign_in):
    decision, _ = board_decision(staff, case)
    client = sign_in(staff["registrar"])
    today = clock.today().isoformat()
    client.post(reverse("register-appeal", args=[decision.key]), {"version": "1", "arrived_on": today})
    url = reverse("register-court", args=[decision.key])
    refused = client.post(url, {"version": "2", "step": "annul", "judged_on": today})
    assert "felet som domstolen" in text(refused)
    client.post(url, {"version": "2", "step": "annul", "judged_on": today, "ground": "Jäv."})
    assert DecisionTrack.objects.get(decision=decision).state == "annulled"


def test_rules_are_shown_signed_and_published_by_the_right_people(staff, sign_in):
    district = given.district()
    example = LetterTemplateVersion.objects.first()
    version = draft_letter(district=district, code="grant-decision", content=example.content, actor=staff["officer"])
    publish, sign = reverse("publish-letter", args=[version.pk]), reverse("sign-letter", args=[version.pk])
    day = (clock.today() + timedelta(days=3)).isoformat()
    client = sign_in(staff["head"])
    assert "jurist måste godkänna" in text(client.post(publish, {"valid_from": day}))
    assert client.post(sign).status_code == 403
    sign_in(staff["lawyer"]).post(sign)
    client = sign_in(staff["head"])
    assert client.post(publish, {"valid_from": day}).status_code == 302
    version.refresh_from_db()
    example.refresh_from_db()
    assert version.is_published and version.signed_by == staff["lawyer"].reference
    assert example.valid_to == version.valid_from - timedelta(days=1)
    body = text(client.get(reverse("list-decision-rules")))
    assert "exempel" in body
    table = DelegationVersion.objects.first()
    assert "100 000" in text(client.get(reverse("show-delegation", args=[table.pk])))
    assert client.get(reverse("show-letter-template", args=[version.pk])).status_code == 200


def test_every_page_of_a_case_shows_where_its_decision_stands(staff, case, sign_in):
    decided(staff, case, sign_in)
    body = text(sign_in(staff["officer"]).get(reverse("show-case-events", args=[case.key])))
    assert "Beslutat" in body
    assert reverse("show-decisions", args=[case.key]) in body


def test_the_lists_ask_the_database_as_often_for_one_row_as_for_many(staff, sign_in):
    meeting = given.meeting(staff["secretary"])

    def fill(count):
        for _ in range(count):
            board = given.case_to_decide(staff["officer"])
            given.declared(board, staff["officer"], staff["head"])
            given.proposal(board, staff["officer"], path="board")
            data = {"meeting_id": meeting.pk}
            executor.perform(subject=board, action="send_to_board", actor=staff["officer"], data=data)
            alone = given.case_to_decide(staff["officer"])
            given.declared(alone, staff["head"])
            given.proposal(alone, staff["officer"])
            executor.perform(subject=alone, action="grant", actor=staff["head"])

    def asked(url):
        client.get(url)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(url).status_code == 200
        return len(queries)

    client = sign_in(staff["secretary"])
    urls = [reverse("list-meetings"), reverse("show-meeting", args=[meeting.key])]
    fill(1)
    few = [asked(url) for url in urls]
    fill(6)
    assert [asked(url) for url in urls] == few


@pytest.mark.parametrize("page", ["", "forslag/"])
def test_a_case_that_lies_before_the_board_shows_its_letter(client, page, settings, tmp_path):
    settings.FILES_ROOT = tmp_path
    case = grants.walked("before_board").case
    client.force_login(User.objects.get(pk=case.officer_id))
    assert client.get(f"/arenden/{case.key}/beslut/{page}").status_code == 200


@pytest.fixture
def granted(settings, tmp_path):
    settings.FILES_ROOT = tmp_path
    return grants.walked("granted")


def tab(client, walk, actor):
    client.force_login(User.objects.get(pk=actor.user_id))
    return text(client.get(reverse("show-decisions", args=[walk.case.key])))


def test_the_tab_leads_on_from_a_proposal_that_lacks_nothing(client, settings, tmp_path):
    settings.FILES_ROOT = tmp_path
    walk = grants.walked("proposed")
    html = tab(client, walk, walk.staff.officer)
    assert "Förslaget saknar inget." in html
    assert "Besluta om bifall" in html
    assert walk.staff.unit_head.name in html


def test_whoever_may_not_announce_is_told_who_may(client, granted):
    officers = tab(client, granted, granted.staff.officer)
    assert "Registrera tillkännagivandet: kan göras av nämndsekreterare, registrator." in officers
    assert reverse("announce-decision", args=[Decision.objects.get().key]) not in officers
    assert reverse("announce-decision", args=[Decision.objects.get().key]) in tab(
        client, granted, granted.staff.registrar
    )


def test_whoever_prepared_the_case_is_told_who_closes_it(client, granted):
    html = tab(client, granted, granted.staff.officer)
    assert "En annan person avslutar det." in html
    assert f"registrator ({granted.staff.registrar.name})" in html


def test_legal_force_is_confirmed_by_the_registrar_who_is_named_at_once(staff, case, sign_in):
    decision, _meeting = board_decision(staff, case)
    page = sign_in(staff["secretary"]).get(reverse("confirm-final", args=[decision.key]))
    assert page.status_code == 403
    assert f"registrator ({staff['registrar'].name})" in text(page)
    assert reverse("show-decisions", args=[case.key]) in text(page)


def test_an_outcome_said_by_half_does_not_break_the_letter(client, settings, tmp_path):
    settings.FILES_ROOT = tmp_path
    walk = grants.walked("before_board")
    register_outcome(
        case=walk.case,
        actor=walk.staff.secretary,
        values={"outcome": "andrat", "paragraph": "4"},
        expected_version=BoardItem.objects.get(case=walk.case).version,
    )
    assert "Brevet som det blir" not in tab(client, walk, walk.staff.officer)
