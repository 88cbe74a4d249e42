"""What must never happen is refused by the database itself, tried as raw SQL with real commits."""

import psycopg
import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError, IntegrityError

from applications.cases import executor
from tests.factories import people
from tests.workflow import trial
from vetting.accounts.roles import Role

pytestmark = pytest.mark.race


@pytest.fixture
def case(real_db):
    trial.install()
    officer = people.actor(Role.GRANT_OFFICER)
    with transaction.atomic():
        return trial.new_case(officer)


def run(*statements: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


ROW = (
    "INSERT INTO cases_statechange (key, subject_type, subject_id, case_id, version, action, from_state, to_state,"
    " actor, role, ground, at, commitment) VALUES (gen_random_uuid(), 'case', {pk}, {pk}, {version}, 'submit',"
    " '{before}', '{after}', 'user:x', '', '', '2026-01-01', '')"
)


def test_a_state_without_its_row_is_refused(case):
    with pytest.raises(IntegrityError, match="without a state row"):
        run(f"UPDATE cases_case SET state = 'received', version = version + 1 WHERE id = {case.pk}")


def test_there_and_back_is_refused(case):
    with pytest.raises(IntegrityError, match="without a state row"):
        run(
            f"UPDATE cases_case SET state = 'done', version = 2 WHERE id = {case.pk}",
            f"UPDATE cases_case SET state = 'draft', version = 3 WHERE id = {case.pk}",
        )


def test_a_row_of_an_earlier_transaction_does_not_serve(case):
    run(ROW.format(pk=case.pk, version=2, before="draft", after="received"))
    with pytest.raises(IntegrityError, match="without a state row"):
        run(f"UPDATE cases_case SET state = 'received', version = 2 WHERE id = {case.pk}")


def test_a_case_cannot_be_born_without_its_row(case):
    with pytest.raises(IntegrityError, match="without a state row"):
        run(
            "INSERT INTO cases_case (key, kind, state, version, district_id, association_id, number, channel,"
            " state_since, due_on, is_open, created_at, created_by) SELECT gen_random_uuid(), kind, 'received', 1,"
            " district_id, association_id, '', '', state_since, due_on, true, created_at, created_by"
            f" FROM cases_case WHERE id = {case.pk}"
        )


@pytest.mark.parametrize("table", ["audit_event", "audit_payload", "cases_statechange", "cases_javdeclaration"])
@pytest.mark.parametrize("verb", ["UPDATE {} SET at = at", "DELETE FROM {}", "TRUNCATE {} CASCADE"])
def test_append_only_rows_are_refused_to_the_app(case, table, verb):
    with pytest.raises(DatabaseError, match="permission denied|only added"):
        run(verb.format(table))


@pytest.mark.parametrize("verb", ["UPDATE {} SET at = at", "DELETE FROM {}", "TRUNCATE {} CASCADE"])
def test_append_only_rows_are_refused_to_the_owner_too(case, real_db, verb):
    from tests.database import owner_url

    with (
        psycopg.connect(owner_url(real_db)) as owner,
        pytest.raises(psycopg.errors.RestrictViolation, match="only added|without a disposal decision"),
    ):
        owner.execute(verb.format("cases_statechange"))


def test_a_case_is_not_deleted(case):
    with pytest.raises(DatabaseError, match="permission denied"):
        run("DELETE FROM cases_case")


def test_a_number_once_given_stays(case):
    executor.perform(subject=case, action="submit", actor=people.actor(Role.GRANT_OFFICER))
    with pytest.raises(IntegrityError, match="is given and stays"):
        run(f"UPDATE cases_case SET number_seq = 77, number = 'KUN 2026/0077' WHERE id = {case.pk}")


def test_a_trigger_cannot_be_switched_off_by_the_app(case):
    for statement in ("ALTER TABLE cases_case DISABLE TRIGGER ALL", "SET session_replication_role = replica"):
        with pytest.raises(DatabaseError, match="permission denied|must be owner"):
            run(statement)
