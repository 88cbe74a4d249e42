"""The tick: each step leaves once, also late, also twice at a time; what cannot be written holds up itself alone."""

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command

from tests.factories import obligations as made
from tests.factories import people
from tests.threads import at_once
from vetting.accounts.roles import Role
from vetting.audit.models import Event, Payload
from vetting.audit.services import read_payload
from vetting.kernel import clock
from vetting.kernel.errors import NotAllowed
from vetting.kernel.workflow import invariants
from vetting.obligations.kinds import Facts, Recipient
from vetting.obligations.models import Obligation, ObligationStep
from vetting.obligations.selectors import held_up, reminders_of
from vetting.obligations.services.end import meet
from vetting.obligations.services.move_due import move_due
from vetting.obligations.services.pause import pause
from vetting.obligations.services.remind import BATCH, MAX_ATTEMPTS, scan
from vetting.obligations.services.take_up import take_up
from vetting.outbox.models import Message

DAY = timedelta(days=1)
db = pytest.mark.django_db


def taken() -> list[tuple[str, str]]:
    return list(ObligationStep.objects.order_by("id").values_list("step", "outcome"))


def mails() -> list[dict]:
    rows = Message.objects.order_by("id")
    return [read_payload(Payload.objects.get(pk=row.payload_id)) for row in rows]


def breaches() -> list[str]:
    return [text for name in invariants if name.startswith("obligations.") for text in invariants[name]()]


@db
def test_every_step_leaves_on_its_day_once():
    row = made.obligation(due_in=31)
    written = {}
    for day in range(55):
        with clock.shifted(day * DAY):
            for _ in range(2):
                if tally := scan().written:
                    written[day] = tally
    assert written == dict.fromkeys([1, 24, 31, 38, 52], 1)
    assert [step for step, outcome in taken() if outcome == "written"] == [
        "before_30",
        "before_7",
        "due",
        "after_7",
        "after_21",
    ]
    recipients = [mail["to"] for mail in mails()]
    party, officer = f"forening-{row.pk}@example.org", "handlaggare@example.org"
    assert recipients == [party, party, party, party, officer, party, officer]
    assert Event.objects.filter(verb="obligation.reminded").count() == 5
    assert breaches() == []


@db
def test_a_mail_carries_case_number_last_day_and_a_link():
    row = made.obligation(due_in=7)
    scan()
    (mail,) = mails()
    assert f"KUN 2026/{row.pk:04d}" in mail["subject"]
    assert f"/arenden/{row.subject_key}/" in mail["body"]
    assert "lämna in provet" in mail["body"]
    assert "KUN stadsdelsförvaltning" in mail["body"]


@db
def test_the_reader_gets_the_language_chosen_and_the_officer_a_copy():
    row = made.obligation(due_in=-7 + 7)
    made.known[row.subject_key] = Facts(
        number="KUN 2026/0001",
        link="https://elsewhere.example/x",
        recipients={"party": [Recipient("a@example.org", "en")], "officer": [Recipient("A@example.org")]},
    )
    scan()
    with clock.shifted(7 * DAY):
        scan()
    first, second = mails()
    assert "hand in the trial" in first["body"] and "https://elsewhere.example/x" in first["body"]
    assert second["to"] == "a@example.org"  # told once, though in both audiences
    made.known[row.subject_key] = made.plain(row)
    with clock.shifted(21 * DAY):
        scan()
    party, officer = mails()[2:]
    assert officer["body"].startswith("Kopia för kännedom")
    assert not party["body"].startswith("Kopia")


@db
def test_a_missed_night_is_caught_up():
    made.obligation(due_in=10)
    with clock.shifted(5 * DAY):
        assert scan().written == 1
    assert taken() == [("before_7", "written")]
    assert breaches() == []


@db
def test_after_a_long_stop_the_newest_step_leaves_and_the_others_are_recorded():
    row = made.obligation(due_in=31)
    with clock.shifted(40 * DAY):
        tally = scan()
        assert (tally.written, tally.passed_over) == (1, 3)
        assert scan().written == 0
    newest = ObligationStep.objects.get(outcome="written")
    assert newest.step == "after_7"
    passed = ObligationStep.objects.filter(outcome="passed_over").order_by("owed_on")
    assert [step.step for step in passed] == ["before_30", "before_7", "due"]
    assert {step.instead_id for step in passed} == {newest.pk}
    assert {mail["to"] for mail in mails()} == {f"forening-{row.pk}@example.org", "handlaggare@example.org"}
    assert Obligation.objects.get().next_on == row.due_on + 21 * DAY
    assert breaches() == []


@db
def test_nobody_is_reminded_of_what_is_met_or_rests():
    meet(obligation=made.obligation(due_in=7), actor=made.ACTOR)
    pause(obligation=made.obligation(due_in=7), actor=made.ACTOR)
    with clock.shifted(DAY):
        assert scan().written == 0


@db
def test_a_moved_day_is_reminded_of_again():
    row = made.obligation(due_in=7)
    scan()
    move_due(obligation=row, due_on=clock.today() + 14 * DAY, actor=made.ACTOR)
    with clock.shifted(7 * DAY):
        assert scan().written == 1
    assert taken() == [("before_7", "written"), ("before_7", "written")]
    assert breaches() == []


@db
def test_a_party_without_an_address_is_shown_to_a_person():
    row = made.obligation(due_in=7)
    made.known[row.subject_key] = Facts(number="KUN 2026/0001", link="", recipients={})
    scan()
    message = Message.objects.get()
    assert (message.state, message.error_code) == ("parked", "no_address")
    assert breaches() == []


@db
def test_one_poison_row_holds_up_itself_alone_and_then_waits_for_a_person():
    rows = [made.obligation(due_in=7) for _ in range(BATCH // 8)]
    poison = made.obligation(due_in=7, subject_key=made.POISON)
    rows += [made.obligation(due_in=7) for _ in range(BATCH // 8)]
    for attempt in range(MAX_ATTEMPTS):
        with clock.shifted(attempt * timedelta(hours=3)):
            tally = scan(today=clock.today())
            assert (tally.written, tally.failed) == (0 if attempt else len(rows), 1)
            assert scan(today=clock.today()).failed == 0  # not before its time
    poison.refresh_from_db()
    assert (poison.trouble, poison.attempts) == ("ZeroDivisionError", MAX_ATTEMPTS)
    assert [row.pk for row in held_up()] == [poison.pk]
    assert Event.objects.filter(verb="obligation.held_up").count() == 1
    with clock.shifted(2 * DAY):
        assert scan(today=poison.next_on).failed == 0


@db
def test_a_person_has_it_tried_again():
    poison = made.obligation(due_in=7)
    Obligation.objects.filter(pk=poison.pk).update(attempts=MAX_ATTEMPTS, trouble="LookupError")
    assert scan().written == 0
    with pytest.raises(NotAllowed):
        take_up(obligation=poison, actor=people.actor(Role.AUDITOR))
    take_up(obligation=poison, actor=people.actor(Role.GRANT_OFFICER))
    assert scan().written == 1


@db
def test_the_cases_history_shows_what_left_what_was_passed_over_and_what_comes(django_assert_num_queries):
    row = made.obligation(due_in=31)
    rows = [made.obligation(due_in=31, case=row.key), made.obligation(due_in=200, case=row.key)]
    with clock.shifted(25 * DAY):
        scan()
    Message.objects.filter(about__startswith="step:").update(state="sent", sent_at=clock.now())
    with django_assert_num_queries(3):
        first, second = reminders_of(row.key)
    assert [(r.step, r.outcome, r.mails, r.sent) for r in first.reminders] == [
        ("before_30", "passed_over", 0, 0),
        ("before_7", "written", 1, 1),
        ("due", "", 0, 0),
        ("after_7", "", 0, 0),
        ("after_21", "", 0, 0),
    ]
    assert {r.last_day for r in first.reminders} == {rows[0].due_on}
    assert [r.outcome for r in second.reminders] == [""] * 5


@db
def test_the_command_takes_a_day_and_refuses_one_that_has_not_come(capsys):
    made.obligation(due_in=8)
    today = clock.today()
    call_command("scan_due", at=str(today))
    assert capsys.readouterr().out.startswith("Reminders: 0 written")
    with pytest.raises(CommandError, match="has not come"):
        call_command("scan_due", at=str(today + DAY))
    with pytest.raises(CommandError, match="is no date"):
        call_command("scan_due", "--at=soon")
    call_command("scan_due", "--at", str(today + DAY), "--ahead")
    assert capsys.readouterr().out.startswith("Reminders: 1 written")
    assert Message.objects.count() == 1


@pytest.mark.race
def test_ten_ticks_at_once_write_each_step_once(real_db):
    for _ in range(60):
        made.obligation(due_in=7)
    found = at_once(10, lambda _: scan().written)
    assert sum(found) == 60
    assert ObligationStep.objects.count() == Message.objects.count() == 60
    assert scan().written == 0
    assert breaches() == []
