"""Obligations: begun, moved, paused and ended by the services alone; the database refuses every other way."""

import uuid
from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from tests.factories import obligations as made
from tests.factories import people
from tests.workflow import trial
from vetting.accounts.roles import Role
from vetting.audit.models import Event, Payload
from vetting.audit.services import read_payload
from vetting.kernel import clock
from vetting.kernel.errors import Invalid, NotAllowed, NotNow, Stale
from vetting.kernel.labels import Label
from vetting.kernel.workflow import Move, effects, invariants, promises
from vetting.obligations.effects import register_kind
from vetting.obligations.kinds import ObligationKind
from vetting.obligations.models import Obligation, ObligationState, ReminderPlan
from vetting.obligations.plan import shipped
from vetting.obligations.services.end import cancel, meet
from vetting.obligations.services.move_due import move_due
from vetting.obligations.services.pause import pause, resume
from vetting.obligations.services.plans import draft_plan, publish_plan

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def refused(statement: str, *values: object) -> None:
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def breaches() -> list[str]:
    return [text for name in invariants if name.startswith("obligations.") for text in invariants[name]()]


def test_it_begins_under_the_districts_plan_and_says_so_in_the_log():
    case = uuid.uuid4()
    found = made.obligation(due_in=60, case=case)
    assert (found.state, found.next_on) == (ObligationState.OPEN, found.due_on - 30 * DAY)
    assert found.plan.is_example and found.plan.is_published
    event = Event.objects.get(verb="obligation.begun")
    assert (event.case, event.subject, event.district) == (case, f"obligation:{found.key}", "KUN")
    assert made.obligation(due_in=60).plan == found.plan


def test_steps_whose_day_lies_behind_at_the_beginning_are_not_owed():
    today = clock.today()
    assert made.obligation(due_in=7).next_on == today
    assert made.obligation(due_in=6).next_on == today + 6 * DAY
    assert made.obligation(due_in=-30).next_on is None


def test_one_stands_per_kind_and_subject():
    subject = uuid.uuid4()
    first = made.obligation(subject_key=subject)
    with pytest.raises(NotNow) as refusal:
        made.obligation(subject_key=subject)
    assert refusal.value.code == "standing"
    with pytest.raises(IntegrityError), transaction.atomic():
        Obligation.objects.create(
            kind=first.kind,
            district=first.district,
            subject_type="trial",
            subject_key=subject,
            plan=first.plan,
            due_on=first.due_on,
        )
    meet(obligation=first, actor=made.ACTOR)
    assert made.obligation(subject_key=subject).pk != first.pk


def test_what_has_ended_stays_ended():
    for end in (meet, cancel):
        found = end(obligation=made.obligation(), actor=made.ACTOR)
        assert (found.next_on, found.ended_at is None) == (None, False)
        for again in (meet, cancel, pause, resume):
            with pytest.raises(NotNow):
                again(obligation=found, actor=made.ACTOR)
        refused("UPDATE obligations_obligation SET state = 'open', ended_at = NULL WHERE id = %s", found.pk)
    assert breaches() == []


def test_own_words_go_to_a_payload():
    words = "Fick telefon från kassören."
    cancel(obligation=made.obligation(), actor=made.ACTOR, words=words)
    event = Event.objects.get(verb="obligation.cancelled")
    assert words.encode() not in bytes(event.canonical)
    assert read_payload(Payload.objects.get(pk=event.payload_id)) == {"words": words}


def test_a_moved_day_has_its_own_steps():
    found = made.obligation(due_in=5)
    moved = move_due(obligation=found, due_on=clock.today() + 37 * DAY, actor=made.ACTOR)
    assert (moved.turn, moved.next_on) == (2, clock.today() + 7 * DAY)
    with pytest.raises(Invalid):
        move_due(obligation=found, due_on=moved.due_on, actor=made.ACTOR)
    with pytest.raises(Invalid):
        move_due(obligation=found, due_on=clock.today() - DAY, actor=made.ACTOR)
    with pytest.raises(Stale):
        move_due(obligation=found, due_on=clock.today(), actor=made.ACTOR, expected_version=1)
    assert Obligation.objects.get().due_on == moved.due_on


def test_steps_of_a_pause_are_recorded_and_not_sent_afterwards():
    start = clock.today()
    found = made.obligation(due_in=8)
    pause(obligation=found, actor=made.ACTOR)
    with clock.shifted(10 * DAY):
        found = resume(obligation=found, actor=made.ACTOR)
    assert [(step.step, step.outcome) for step in found.steps.order_by("owed_on")] == [
        ("before_7", "in_pause"),
        ("due", "in_pause"),
    ]
    assert found.next_on == start + 15 * DAY
    assert breaches() == []


def test_a_pause_may_end_with_a_new_last_day():
    found = made.obligation(due_in=8)
    pause(obligation=found, actor=made.ACTOR)
    with clock.shifted(10 * DAY):
        found = resume(obligation=found, actor=made.ACTOR, due_on=clock.today() + 30 * DAY)
        assert (found.turn, found.next_on) == (2, clock.today())
    assert found.steps.count() == 0


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM obligations_obligation",
        "UPDATE obligations_obligation SET kind = 'other'",
        "UPDATE obligations_obligation SET subject_key = gen_random_uuid()",
        "UPDATE obligations_obligation SET due_on = due_on + 1, version = version + 1",
        "UPDATE obligations_obligation SET state = 'paused'",
        "UPDATE obligations_obligation SET version = 0",
        "UPDATE obligations_obligation SET state = 'met', version = version + 1",
        "UPDATE obligations_reminderplan SET content = '{}'",
        "DELETE FROM obligations_reminderplan",
        "INSERT INTO obligations_obligationstep (obligation_id, turn, step, owed_on, outcome, at) "
        "SELECT id, turn + 1, 'due', due_on, 'written', created_at FROM obligations_obligation",
    ],
)
def test_plain_sql_is_refused(statement):
    made.obligation()
    refused(statement)


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM obligations_obligationstep",
        "UPDATE obligations_obligationstep SET outcome = 'written'",
        "TRUNCATE obligations_obligationstep",
        "INSERT INTO obligations_obligationstep (obligation_id, turn, step, owed_on, outcome, at) "
        "SELECT obligation_id, turn, step, owed_on, outcome, at FROM obligations_obligationstep",
    ],
)
def test_a_step_is_never_taken_back_or_taken_twice(statement):
    found = made.obligation(due_in=8)
    pause(obligation=found, actor=made.ACTOR)
    with clock.shifted(2 * DAY):
        resume(obligation=found, actor=made.ACTOR)
    assert found.steps.count() == 1
    refused(statement)


def test_a_plan_is_drafted_by_one_and_published_by_another():
    officer, head = people.actor(Role.GRANT_OFFICER), people.actor(Role.UNIT_HEAD)
    old = made.obligation()
    content = shipped()
    content["steps"] = content["steps"][2:3]
    plan = draft_plan(district=people.district(), code="standard", content=content, actor=head)
    with pytest.raises(NotNow) as own:
        publish_plan(plan=plan, actor=head, valid_from=clock.today())
    assert own.value.code == "second_person"
    with pytest.raises(NotAllowed):
        publish_plan(plan=plan, actor=officer, valid_from=clock.today())
    other = people.actor(Role.DEPARTMENT_HEAD)
    publish_plan(plan=ReminderPlan.objects.get(pk=plan.pk), actor=other, valid_from=clock.today())
    fresh = made.obligation()
    assert (fresh.plan_id, fresh.next_on) == (plan.pk, fresh.due_on)
    assert Obligation.objects.get(pk=old.pk).plan_id == old.plan_id
    with pytest.raises(Invalid, match="at least one step"):
        draft_plan(district=people.district(), code="standard", content={"steps": []}, actor=head)


def test_rows_of_a_workflow_begin_rest_and_end_them():
    made.install()
    names = ["obligation.met", "obligation.cancelled", "obligation.paused", "obligation.resumed"]
    assert all(name in effects and name in promises for name in [*names, f"obligation.{made.KIND}"])
    trial.install()
    case = trial.new_case(people.actor(Role.GRANT_OFFICER))
    actor = people.actor(Role.GRANT_OFFICER)
    move = trial_move(case, actor, paper_by=clock.today() + 60 * DAY)
    effects[f"obligation.{made.KIND}"](move)
    beside = made.obligation(case=case.key)
    stranger = made.obligation()
    for name, state in zip(names[2:] + names[:1], ["paused", "open", "met"], strict=True):
        effects[name](move)
        assert set(Obligation.objects.filter(case=case.key).values_list("state", flat=True)) == {state}
    assert Obligation.objects.get(pk=stranger.pk).state == "open"
    assert beside.case == case.key


def test_a_row_beside_the_case_moves_its_own_only():
    trial.install()
    actor = people.actor(Role.GRANT_OFFICER)
    case = trial.new_case(actor)
    own, other = made.obligation(case=case.key), made.obligation(case=case.key)
    move = trial_move(case, actor)
    move.subject = type("Report", (), {"key": own.subject_key})()
    effects["obligation.met"](move)
    assert Obligation.objects.get(pk=own.pk).state == "met"
    assert Obligation.objects.get(pk=other.pk).state == "open"


def trial_move(case, actor, **data):
    row = trial.TRIAL.rows[0]
    return Move(subject=case, case=case, row=row, actor=actor, at=clock.now(), today=clock.today(), data=data)


def test_a_kind_cannot_take_the_name_of_an_effect():
    with pytest.raises(ValueError, match="effect of its own"):
        register_kind(__name__, ObligationKind(code="met", label=Label("prov", "trial"), facts=made.facts))
