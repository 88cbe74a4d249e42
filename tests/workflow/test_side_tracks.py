"""Completion, consultation and hearing through the executor (docs/domain.md §4.1, §8.1)."""

from datetime import timedelta

import pytest
import time_machine

from applications.cases import executor, rules
from applications.cases.models import Completion, Consultation, Hearing, HearingEntry
from applications.cases.selectors.hearings import hearings_of
from applications.cases.selectors.requests import completions_of, consultations_of, one_put_to, put_to
from applications.cases.services.completion import ask_completion, register_completion
from applications.cases.services.consultation import answer_consultation, ask_consultation
from applications.cases.services.hearing import end_hearing, start_hearing
from applications.cases.services.jav import declare_jav
from applications.cases.services.replies import comment_facts, register_replies
from applications.cases.services.waiver import waive_hearing
from tests.factories import people
from tests.workflow import handled
from vetting.accounts.roles import Role
from vetting.audit.models import Event, Payload
from vetting.kernel import clock
from vetting.kernel.errors import Invalid, NotAllowed, NotNow
from vetting.kernel.workflow import Move

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


def day(days: int):
    return clock.today() + timedelta(days=days)


def after(days: int):
    return time_machine.travel(clock.now() + timedelta(days=days), tick=True)


def asked(case, officer, **kwargs):
    values = {"items": ["Stadgar", "Justerat protokoll"], "last_day": day(14)} | kwargs
    return ask_completion(case=case, actor=officer, **values)


def test_a_completion_is_asked_for_with_its_last_day_as_the_cases_due_day(case, officer):
    asked(case, officer)
    case = handled.again(case)
    assert (case.state, case.due_on) == ("completion", day(14))
    (view,) = completions_of(case)
    assert view.items == [("Stadgar", False), ("Justerat protokoll", False)]
    assert b"Stadgar" not in bytes(Event.objects.latest("id").canonical)


@pytest.mark.parametrize(
    ("values", "field"),
    [({"items": [" "]}, "items"), ({"last_day": "soon"}, "last_day"), ({"items": ["x"] * 31}, "items")],
)
def test_a_completion_without_items_or_with_a_bad_day_is_not_asked_for(case, officer, values, field):
    with pytest.raises(Invalid) as wrong:
        asked(case, officer, **values)
    assert field in wrong.value.fields
    assert handled.again(case).state == "review"
    assert not Completion.objects.exists()


@pytest.mark.parametrize("days", [0, 6, 181])
def test_the_last_day_is_sensible(case, officer, days):
    with pytest.raises(Invalid) as wrong:
        asked(case, officer, last_day=day(days))
    assert "last_day" in wrong.value.fields


@pytest.mark.parametrize(("received", "ended_as"), [([0, 1], "whole"), ([1], "partly")])
def test_what_came_is_registered_and_the_case_goes_back(case, officer, received, ended_as):
    asked(case, officer)
    register_completion(case=case, received=received, arrived_on=clock.today(), actor=officer)
    assert handled.again(case).state == "review"
    assert Completion.objects.get().ended_as == ended_as
    assert [came for _, came in completions_of(case)[0].items] == [n in received for n in (0, 1)]


def test_nothing_came_needs_the_last_day_or_a_note(case, officer):
    asked(case, officer)
    with pytest.raises(Invalid):
        register_completion(case=case, received=[], actor=officer)
    register_completion(case=case, received=[], note="Föreningen skriver att inget mer kommer.", actor=officer)
    assert Completion.objects.get().ended_as == "nothing"


@pytest.mark.parametrize("received", [[2], [-1]])
def test_what_was_not_asked_for_cannot_be_ticked(case, officer, received):
    asked(case, officer)
    with pytest.raises(Invalid) as wrong:
        register_completion(case=case, received=received, arrived_on=clock.today(), actor=officer)
    assert "received" in wrong.value.fields


def test_an_arrival_after_today_is_refused(case, officer):
    asked(case, officer)
    with pytest.raises(Invalid) as wrong:
        register_completion(case=case, received=[0], arrived_on=day(1), actor=officer)
    assert "arrived_on" in wrong.value.fields


def test_a_step_that_overtakes_ends_what_was_asked(case, officer):
    asked(case, officer)
    executor.perform(subject=case, action="withdraw", actor=officer)
    assert Completion.objects.get().ended_as == "overtaken"


def consult(case, officer, **kwargs):
    values = {
        "asked_of": "coordinator",
        "circumstance": "Affisch för ett möte den 3 mars",
        "question": "Har samordnaren sett affischen?",
        "acts": [{"text": "Affisch", "source": "föreningens webbplats"}, {"text": " ", "source": "tom"}],
        "last_day": day(10),
    } | kwargs
    return ask_consultation(case=case, actor=officer, **values)


def test_the_coordinator_sees_the_question_answers_it_and_never_the_case(case, officer):
    coordinator, lawyer = people.actor(Role.COORDINATOR), people.actor(Role.LAWYER)
    consult(case, officer)
    (view,) = put_to(coordinator)
    assert view.question["acts"] == [{"text": "Affisch", "source": "föreningens webbplats"}]
    assert put_to(lawyer) == []
    assert put_to(people.actor(Role.COORDINATOR, at=people.district("SÖD"))) == []
    declare_jav(case=case, actor=coordinator, answer="none")
    answer_consultation(case=case, actor=coordinator, answer="Ja, den 2 mars.", basis="Egen iakttagelse", own=True)
    assert handled.again(case).state == "review"
    (view,) = consultations_of(case)
    assert (view.answer["answer"], view.consultation.own_answer, view.ended_by) == (
        "Ja, den 2 mars.",
        True,
        coordinator.name,
    )


def test_a_coordinator_who_is_locked_out_no_longer_sees_the_question(case, officer):
    coordinator = people.actor(Role.COORDINATOR)
    consult(case, officer)
    declare_jav(case=case, actor=coordinator, answer="yes")
    assert put_to(coordinator) == []
    assert one_put_to(coordinator, Consultation.objects.get().key) is None


def test_nobody_but_the_one_who_is_asked_or_an_officer_answers(case, officer):
    consult(case, officer)
    with pytest.raises(NotAllowed):
        answer_consultation(case=case, actor=people.actor(Role.LAWYER), answer="Ja", basis="Lagen", own=True)
    assert handled.again(case).state == "consultation"


def test_an_officer_registers_anothers_answer(case, officer):
    consult(case, officer, asked_of="police")
    answer_consultation(case=case, actor=officer, answer="Inget känt", basis="Lokalt område", who="Lokalpolisområdet")
    assert Consultation.objects.get().ended_as == "answered"


def test_a_question_ends_without_an_answer_only_after_its_last_day(case, officer):
    consult(case, officer)
    with pytest.raises(Invalid):
        answer_consultation(case=case, actor=officer)
    with after(11):
        answer_consultation(case=case, actor=officer)
    assert Consultation.objects.get().ended_as == "no_answer"


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"circumstance": ""}, "circumstance"),
        ({"question": " "}, "question"),
        ({"asked_of": "other_board"}, "asked_name"),
        ({"asked_of": "everybody"}, "asked_of"),
        ({"last_day": None}, "last_day"),
    ],
)
def test_a_question_is_concrete_or_not_put(case, officer, values, field):
    with pytest.raises(Invalid) as wrong:
        consult(case, officer, **values)
    assert field in wrong.value.fields
    assert handled.again(case).state == "review"


def test_an_answer_says_what_it_rests_on(case, officer):
    consult(case, officer)
    with pytest.raises(Invalid) as wrong:
        answer_consultation(case=case, actor=officer, answer="Ja")
    assert list(wrong.value.fields) == ["basis"]


def hear(case, officer, **kwargs):
    values = {
        "facts": [{"text": "Uppgift ett", "evidence_key": "e-1"}, {"text": "Uppgift två", "source": "protokoll"}],
        "last_day": day(14),
    } | kwargs
    start_hearing(case=case, actor=officer, **values)
    return hearings_of(case)[0]


def test_each_fact_has_its_reply_and_our_comment_beside_it(case, officer):
    one, two = hear(case, officer).facts
    register_replies(case=case, replies={one.key: "Det stämmer inte"}, arrived_on=clock.today(), actor=officer)
    register_replies(
        case=case, replies={one.key: "Rättat svar", two.key: "Det stämmer"}, arrived_on=clock.today(), actor=officer
    )
    end_hearing(case=case, actor=officer)
    comment_facts(hearing=Hearing.objects.get(), comments={one.key: "Prövas i beslutet"}, actor=officer)
    (view,) = hearings_of(case)
    assert view.hearing.ended_as == "replied"
    assert [entry.text for entry in view.facts[0].replies] == ["Rättat svar", "Det stämmer inte"]
    assert [entry.text for entry in view.facts[0].comments] == ["Prövas i beslutet"]
    assert handled.again(case).state == "review"


def test_a_hearing_does_not_end_before_every_reply_or_the_last_day(case, officer):
    one, _two = hear(case, officer).facts
    register_replies(case=case, replies={one.key: "Svar"}, arrived_on=clock.today(), actor=officer)
    with pytest.raises(NotNow) as early:
        end_hearing(case=case, actor=officer)
    assert early.value.code == "replies_missing"
    with after(15):
        end_hearing(case=case, actor=officer)
    assert Hearing.objects.get().ended_as == "replied"


def test_a_hearing_nobody_replied_to_ends_after_its_last_day(case, officer):
    hear(case, officer)
    with after(14), pytest.raises(NotNow):
        end_hearing(case=case, actor=officer)
    with after(15):
        end_hearing(case=case, actor=officer)
    assert Hearing.objects.get().ended_as == "no_reply"


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"facts": [{"text": ""}]}, "facts"),
        ({"last_day": day(13)}, "last_day"),
        ({"sent_on": day(1)}, "sent_on"),
    ],
)
def test_a_hearing_is_whole_or_not_sent(case, officer, values, field):
    with pytest.raises(Invalid) as wrong:
        hear(case, officer, **values)
    assert field in wrong.value.fields
    assert not Hearing.objects.exists()


def test_a_reply_belongs_to_a_fact_of_the_hearing(case, officer):
    hear(case, officer)
    other = handled.in_review(officer)
    stranger = hear(other, officer).facts[0]
    with pytest.raises(Invalid):
        register_replies(case=case, replies={stranger.key: "Fel"}, arrived_on=clock.today(), actor=officer)
    assert not HearingEntry.objects.exists()


def test_replies_are_written_only_while_the_hearing_runs_and_by_who_may(case, officer):
    (fact, _) = hear(case, officer).facts
    with pytest.raises(NotAllowed):
        register_replies(
            case=case, replies={fact.key: "Svar"}, arrived_on=clock.today(), actor=people.actor(Role.SECOND_READER)
        )
    executor.perform(subject=case, action="withdraw", actor=officer)
    with pytest.raises(NotNow):
        register_replies(case=case, replies={fact.key: "Svar"}, arrived_on=clock.today(), actor=officer)


@pytest.mark.parametrize(
    ("waiver", "detail", "field"),
    [
        ("own_fact", {}, "why"),
        ("too_near", {"why": "Imorgon"}, "tried_at"),
        ("secrecy", {"why": "Sekretess", "told": "Det som går"}, "section"),
        ("secrecy", {"why": "Sekretess", "section": "OSL 21:3"}, "told"),
        ("because", {"why": "x"}, "waiver"),
    ],
)
def test_a_waiver_needs_what_its_code_demands(case, officer, waiver, detail, field):
    with pytest.raises(Invalid) as wrong:
        waive_hearing(case=case, actor=officer, waiver=waiver, detail=detail)
    assert field in wrong.value.fields


def test_a_waiver_is_recorded_without_moving_the_case(case, officer):
    before = case.version
    waive_hearing(
        case=case,
        actor=officer,
        waiver="secrecy",
        detail={"why": "Uppgiften är hemlig", "section": "21 kap. 3 §", "told": "Att en uppgift finns"},
    )
    (view,) = hearings_of(case)
    assert (view.hearing.ended_as, view.detail["section"]) == ("waived", "OSL 21:3")
    assert handled.again(case).version == before
    assert "hemlig" in bytes(Payload.objects.latest("at").content).decode()


def test_a_waiver_needs_the_right_to_start_a_hearing(case, officer):
    with pytest.raises(NotAllowed):
        waive_hearing(case=case, actor=people.actor(Role.UNIT_HEAD), waiver="own_fact", detail={"why": "x"})


def a_move(case, officer, action="submit", **data) -> Move:
    row = handled.HANDLED.row(action, "review")
    fresh = handled.again(case)
    return Move(fresh, fresh, row, officer, clock.now(), clock.today(), data)


def test_a_conduct_outcome_needs_a_hearing_that_ended(case, officer):
    assert rules.heard(a_move(case, officer, reason_class="priority")) is None
    assert rules.heard(a_move(case, officer, reason_class="conduct")).code == "not_heard"
    hear(case, officer)
    assert rules.hearing_missing(a_move(case, officer), adverse=True).code == "hearing_open"
    with after(15):
        end_hearing(case=case, actor=officer)
    assert rules.heard(a_move(case, officer, reason_class="conduct")) is None
    assert rules.unheard(case.pk, ["e-1", "e-2"]) == {"e-2"}


def test_the_waiver_for_a_full_grant_does_not_serve_a_refusal(case, officer):
    waive_hearing(case=case, actor=officer, waiver="fully_granted", detail={"why": "Bifall i sin helhet"})
    assert rules.hearing_missing(a_move(case, officer), adverse=False) is None
    assert rules.hearing_missing(a_move(case, officer), adverse=True).code == "not_heard"


def test_the_reader_is_neither_officer_nor_sender(case, officer):
    executor.perform(subject=case, action="submit", actor=officer)
    fresh = handled.again(case)
    row = handled.HANDLED.row("confirm", "reading")
    by_sender = Move(fresh, fresh, row, officer, clock.now(), clock.today())
    assert rules.reader_is_not_preparer(by_sender).code == "same_person"
    other = Move(fresh, fresh, row, people.actor(Role.SECOND_READER), clock.now(), clock.today())
    assert rules.reader_is_not_preparer(other) is None


def test_help_was_offered_once_a_completion_ended_short_or_ran_out(case, officer):
    assert rules.help_was_offered(a_move(case, officer)).code == "help_not_offered"
    asked(case, officer)
    assert rules.help_was_offered(a_move(case, officer)).code == "help_not_offered"
    with after(15):
        assert rules.help_was_offered(a_move(case, officer)) is None
    register_completion(case=case, received=[0], arrived_on=clock.today(), actor=officer)
    assert rules.help_was_offered(a_move(case, officer)) is None
