"""Pages about one case: header, next steps, the check page of a step, conflicts of interest, errors in place."""

import re
import uuid

import pytest
from django.urls import reverse

from applications.cases import executor
from applications.cases.available import available, next_steps
from applications.cases.header import case_header
from applications.cases.models import StateChange
from applications.cases.selectors import page_case
from applications.cases.services.assign import assign_officer
from applications.cases.services.jav import declare_jav
from applications.cases.timeline import timeline
from tests.factories import people
from tests.workflow import handled
from vetting.accounts.actors import actor_for
from vetting.accounts.models import User
from vetting.accounts.roles import Permission, Role
from vetting.audit.models import Event
from vetting.kernel import clock

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _machine() -> None:
    handled.install()


@pytest.fixture
def officer():
    return people.actor(Role.GRANT_OFFICER)


@pytest.fixture
def case(officer):
    return handled.in_review(officer)


def user(actor) -> User:
    return User.objects.get(pk=actor.user_id)


def loaded(case, actor):
    return page_case(actor, Permission.SEE_CASES, case.key)


def step_url(case, action) -> str:
    return reverse("take-step", args=[case.key, action])


def hidden(response, name) -> str:
    return re.search(rf'name="{name}" value="([^"]*)"', response.content.decode()).group(1)


def test_the_panel_lists_every_step_with_who_may_and_why_not(case, officer):
    steps = {step.row.action: step for step in available(loaded(case, officer), officer)}
    assert set(steps) == {"submit", "ask_completion", "consult", "hear", "withdraw"}
    assert steps["submit"].primary and steps["submit"].possible
    assert not any(step.primary for action, step in steps.items() if action != "submit")


def test_a_step_of_others_names_their_role_and_the_people_who_hold_it(case, officer):
    executor.perform(subject=case, action="submit", actor=officer)
    reader = people.actor(Role.SECOND_READER)
    (step,) = available(loaded(case, officer), officer)
    assert (step.mine, step.possible) == (False, False)
    assert step.who == (f"granskare ({reader.name})",)
    assert "nästa i läsning" in str(next_steps(loaded(case, officer), officer).lead)


def test_without_a_declaration_the_button_says_so_and_leads_to_the_page(officer):
    case = handled.received(officer)
    (step,) = available(loaded(case, officer), officer)
    assert [(reason.code, reason.url) for reason in step.reasons] == [("jav_missing", f"/arenden/{case.key}/jav/")]


@pytest.mark.parametrize("moves", [1, 12])
def test_the_case_and_its_panels_cost_the_same_however_long_the_story(case, officer, moves, django_assert_num_queries):
    for _ in range(moves):
        executor.perform(subject=case, action="hear", actor=officer, data=hearing_data())
        end_hearing(case, officer)
        declare_jav(case=case, actor=people.actor(Role.GRANT_OFFICER), answer="none")
    with django_assert_num_queries(3):
        page = loaded(case, officer)
        case_header(page, officer)
        next_steps(page, officer)
        timeline(page)


def hearing_data():
    from datetime import timedelta

    return {"facts": [{"text": "Uppgift"}], "last_day": clock.today() + timedelta(days=14)}


def end_hearing(case, officer):
    executor.perform(
        subject=case,
        action="heard",
        actor=officer,
        data={"waiver": "own_fact", "detail": {"why": "Uppgiften kom från föreningen"}},
    )


def test_the_strip_shows_done_now_and_left_and_a_side_track_stays_in_its_phase(case, officer):
    executor.perform(subject=case, action="hear", actor=officer, data=hearing_data())
    lines = case_header(loaded(case, officer), officer).phases
    assert [line.status for line in lines] == ["done", "now", "left", "left"]
    assert str(lines[1].note).startswith("sedan ")


def test_the_header_names_the_association_the_officer_and_the_next_step(case, officer):
    assign_officer(case=case, officer=user(officer), actor=officer)
    header = case_header(loaded(case, officer), officer)
    assert header.name == case.association.name
    facts = {str(label): str(value) for label, value in header.facts}
    assert facts["Handläggare"] == officer.name
    assert facts["Nästa steg"].startswith("Nästa i prövning, ")
    assert [(person.name, person.locked_out) for person in header.people] == [(officer.name, False)]


def test_whoever_may_assign_finds_the_way_from_the_people_of_an_open_case(case, officer):
    way = reverse("assign-officer", args=[case.key])
    reader = people.actor(Role.SECOND_READER)
    assert case_header(loaded(case, officer), officer).assign_url == way
    assert case_header(loaded(case, reader), reader).assign_url == ""
    executor.perform(subject=case, action="withdraw", actor=officer)
    assert case_header(loaded(case, officer), officer).assign_url == ""


def test_the_story_is_told_in_sentences_with_names(case, officer):
    newcomer = people.user(Role.GRANT_OFFICER)
    assign_officer(case=case, officer=newcomer, actor=officer)
    assert timeline(case)[0].text == f"{officer.name} gav ärendet till {newcomer.name}."


def test_the_check_page_says_what_will_happen_and_does_it(client, case, officer):
    client.force_login(user(officer))
    shown = client.get(step_url(case, "submit"))
    body = shown.content.decode()
    assert "prövning" in body and "läsning" in body and case.association.name in body
    answer = client.post(
        step_url(case, "submit"),
        {"version": hidden(shown, "version"), "idempotency_key": hidden(shown, "idempotency_key"), "comment": "Klart"},
    )
    assert answer.status_code == 302
    assert handled.again(case).state == "reading"
    assert Event.objects.latest("id").verb == "handled.submit"


def test_the_same_submit_twice_is_one_step(client, case, officer):
    client.force_login(user(officer))
    data = {"version": case.version, "idempotency_key": str(uuid.uuid4()), "comment": ""}
    answers = [client.post(step_url(case, "submit"), data).status_code for _ in range(2)]
    assert StateChange.objects.filter(case=case, action="submit").count() == 1
    assert answers[0] == 302


def test_a_stale_submit_shows_what_happened_and_keeps_what_was_typed(client, case, officer):
    client.force_login(user(officer))
    seen = case.version
    executor.perform(subject=case, action="hear", actor=officer, data=hearing_data())
    end_hearing(case, officer)
    key = str(uuid.uuid4())
    answer = client.post(
        step_url(case, "submit"), {"version": seen, "idempotency_key": key, "comment": "Min långa text"}
    )
    body = answer.content.decode()
    assert answer.status_code == 409
    assert "Min långa text" in body and "Hear" in body
    assert hidden(answer, "version") == str(handled.again(case).version)
    assert hidden(answer, "idempotency_key") != key
    assert handled.again(case).state == "review"


def test_a_step_that_is_gone_keeps_what_was_typed_and_says_why(client, case, officer):
    client.force_login(user(officer))
    page = client.get(step_url(case, "submit"))
    executor.perform(subject=case, action="submit", actor=officer)
    answer = client.post(step_url(case, "submit"), {"version": hidden(page, "version"), "comment": "Min långa text"})
    assert answer.status_code == 409
    assert "läsning" in answer.content.decode()


def test_a_step_of_another_role_is_refused_with_who_may_and_logged(client, case, officer):
    executor.perform(subject=case, action="submit", actor=officer)
    reader = people.user(Role.SECOND_READER)
    client.force_login(user(officer))
    answer = client.get(step_url(case, "confirm"))
    assert answer.status_code == 403
    assert f"granskare ({reader.name})" in answer.content.decode()
    assert Event.objects.latest("id").verb == "access.refused"


def test_another_districts_case_does_not_exist(client, case):
    client.force_login(people.user(Role.GRANT_OFFICER, at=people.district("SÖD")))
    for url in (step_url(case, "submit"), f"/arenden/{case.key}/handelser/", f"/arenden/{case.key}/jav/"):
        assert client.get(url).status_code == 404


def test_whoever_steps_out_meets_a_page_without_the_case_on_it(client, case, officer):
    client.force_login(user(officer))
    answer = client.post(f"/arenden/{case.key}/jav/", {"answer": "yes", "reason": ""}, follow=True)
    body = answer.content.decode()
    assert answer.status_code == 404
    assert "jäv" in body.lower()
    assert case.association.name not in body and case.number not in body


def test_a_reason_that_is_missing_is_asked_for_and_what_was_typed_stays(client, officer):
    case = handled.received(officer)
    client.force_login(user(officer))
    answer = client.post(f"/arenden/{case.key}/jav/", {"answer": "possible", "reason": ""})
    body = answer.content.decode()
    assert 'class="v-errors"' in body and 'value="possible"' in body and "checked" in body
    assert "<title>Fel:" in body


def test_the_unit_head_rules_from_the_persons_line(client, case, officer):
    head = people.user(Role.UNIT_HEAD)
    declare_jav(case=case, actor=officer, answer="possible", reason="Granne")
    line = case_header(loaded(case, actor_for(head, on=clock.today())), actor_for(head, on=clock.today())).people[0]
    client.force_login(head)
    page = client.get(line.url)
    assert "Granne" in page.content.decode()
    answer = client.post(line.url, {"ruling": "no_conflict", "reason": "Bara grannar"})
    assert answer.status_code == 302
    assert Event.objects.latest("id").verb == "case.jav_ruled_no_conflict"


def test_an_officer_does_not_rule(client, case, officer):
    declare_jav(case=case, actor=officer, answer="possible", reason="Granne")
    colleague = people.user(Role.GRANT_OFFICER)
    client.force_login(colleague)
    assert client.get(reverse("rule-on-jav", args=[case.key, user(officer).key])).status_code == 403


def test_the_whole_story_is_paged(client, case, officer):
    client.force_login(user(officer))
    page = client.get(f"/arenden/{case.key}/handelser/?sida=nonsense")
    assert page.status_code == 200
    assert officer.name in page.content.decode()
