"""`check_invariants`: silent over a sound database, one line for each thing that is broken past all guards."""

from datetime import timedelta

import psycopg
import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from applications.cases.invariants import OWN
from applications.cases.models import Case
from applications.cases.services.assign import assign_officer
from applications.cases.services.completion import ask_completion
from applications.cases.services.jav import declare_jav
from tests.database import owner_url
from tests.factories import people
from tests.workflow import handled
from vetting.accounts.models import User
from vetting.accounts.roles import Role
from vetting.kernel import clock
from vetting.kernel.workflow import invariants

pytestmark = pytest.mark.race


@pytest.fixture
def case(real_db):
    """A case that has been through much, and another beside it."""
    handled.install()
    officer, head = people.actor(Role.GRANT_OFFICER), people.actor(Role.UNIT_HEAD)
    with transaction.atomic():
        handled.received(officer)
        case = handled.in_review(officer)
    colleague = people.actor(Role.GRANT_OFFICER)
    for person in (colleague, officer):
        assign_officer(case=case, officer=User.objects.get(pk=person.user_id), actor=head)
    declare_jav(case=case, actor=colleague, answer="yes")
    ask_completion(case=case, items=["x"], last_day=clock.today() + timedelta(days=14), actor=officer)
    return case


def run(capsys, *options: str) -> list[str]:
    """The lines of one run; exit code 1 exactly when there is a breach."""
    try:
        call_command("check_invariants", *options)
    except CommandError as error:
        assert error.returncode == 1
        return capsys.readouterr().out.splitlines()
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 1
    return []


def test_a_sound_database_is_silent(case, capsys):
    assert run(capsys) == []


BREAKS = {
    "cases.state_rows_follow_each_other": (
        "cases_statechange",
        "UPDATE cases_statechange SET from_state = 'reading' WHERE to_state = 'completion'",
    ),
    "cases.present_state_is_the_last_row": ("cases_case", "UPDATE cases_case SET state = 'hearing' WHERE id = {case}"),
    "cases.states_are_of_the_machine": ("cases_case", "UPDATE cases_case SET state = 'dreaming' WHERE id = {case}"),
    "cases.diary_numbers_have_no_gap": (
        "cases_case",
        "UPDATE cases_case SET number = 'KUN 2026/0009', number_seq = 9 WHERE id = {case}",
    ),
    "cases.open_cases_are_due": ("cases_case", "UPDATE cases_case SET due_on = NULL WHERE id = {case}"),
    "cases.conflicts_lock_out": ("cases_recusal", "DELETE FROM cases_recusal"),
    "cases.locked_out_people_hold_no_case": (
        "cases_case",
        "UPDATE cases_case SET officer_id = (SELECT user_id FROM cases_recusal) WHERE id = {case}",
    ),
    "cases.officers_are_the_last_assigned": (
        "cases_case",
        "UPDATE cases_case SET officer_id = NULL WHERE id = {case}",
    ),
    "cases.side_tracks_fit_the_state": (
        "cases_completion",
        "UPDATE cases_completion SET ended_at = asked_at, ended_as = 'nothing', ended_by = 'x'",
    ),
}


def test_every_invariant_of_the_room_has_its_breach_here():
    assert set(BREAKS) == set(OWN)


@pytest.mark.parametrize("name", sorted(BREAKS))
def test_what_is_broken_past_all_guards_is_named(case, capsys, real_db, name):
    table, statement = BREAKS[name]
    with psycopg.connect(owner_url(real_db)) as owner:
        owner.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        if name == "cases.open_cases_are_due":
            owner.execute("ALTER TABLE cases_case DROP CONSTRAINT cases_case_due_or_final")
        owner.execute(statement.format(case=case.pk))
    lines = run(capsys, f"--only={name}")
    assert lines and all(line.startswith(f"{name}: ") for line in lines)
    assert any(line.startswith(f"{name}: ") for line in run(capsys))


def test_unknown_names_are_refused_and_all_are_listed(case, capsys):
    with pytest.raises(CommandError, match=r"cases\.nothing"):
        call_command("check_invariants", "--only=cases.nothing")
    call_command("check_invariants", "--list")
    assert capsys.readouterr().out.split() == list(invariants)


def test_it_writes_nothing(case, capsys):
    before = list(Case.objects.order_by("pk").values())
    call_command("check_invariants")
    assert list(Case.objects.order_by("pk").values()) == before
