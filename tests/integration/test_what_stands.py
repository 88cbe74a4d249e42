"""For every table: which columns may change, and may a row go? Everything else plain SQL is refused.

`MAY_CHANGE` is the whole list. A new table, or a new column of a listed one, fails here until somebody has asked
which change of it would be a lie. What a column may change *to*, and when, stands in the tests of its room.
"""

import uuid
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from applications.cases.services.assign import assign_officer
from applications.cases.services.jav import declare_jav, rule_on_jav
from applications.cases.services.links import link_cases
from applications.decisions.models import Announcement, Appeal
from applications.examples.scenarios.grant_case import ROUTES
from applications.grants.models import OtherSupport
from applications.grants.services.enter_application import EDITABLE
from tests.factories import grants, obligations, people, register
from vetting.accounts.models import Unit, User
from vetting.accounts.roles import Role
from vetting.jobs import services as jobs
from vetting.jobs.idempotency import once
from vetting.jobs.kinds import job_kinds
from vetting.kernel import clock
from vetting.outbox.services import put

pytestmark = pytest.mark.django_db

# Not records: sessions, sign-in's own tables, the frameworks', what is computed anew from other rows.
FREE = {
    "account_emailaddress",
    "account_emailconfirmation",
    "accounts_cache",
    "auth_group",
    "auth_group_permissions",
    "auth_permission",
    "cases_casesearch",
    "django_content_type",
    "django_session",
    "jobs_heartbeat",
    "mfa_authenticator",
    "socialaccount_socialaccount",
    "socialaccount_socialapp",
    "socialaccount_socialtoken",
}

# Rooms still being built: a room takes its name away when its tables are in the list below.
YOUNG_ROOMS = ("rentals_", "followup_", "reclaims_")

VERSION = "status digest valid_from valid_to published_by published_at is_example"
MAY_CHANGE: dict[str, str] = {
    "accounts_district": "name board_name is_example letter_facts",
    "accounts_membership": "valid_to",
    "accounts_unit": "name",
    "accounts_user": "password last_login username name email is_active",
    "associations_association": (
        "name legal_form registered_date status status_date seat area confirmed_at confirmed_against version"
        " updated_at confirmed_by_id confirmed_district_id"
    ),
    "associations_associationdocument": "signed result note checked_at version checked_by_id",
    "associations_districtassociation": (
        "members members_in_area women counted_on website email phone postal_address main_activity"
        " protected_activity version updated_at"
    ),
    "associations_giroaccount": "confirmed_at ended_at confirmed_by_id confirmed_district_id",
    "associations_representative": "valid_to",
    "cases_assignment": "ended_on",
    "cases_case": (
        "state version number number_year number_seq channel received_at received_date state_since due_on is_open"
        " officer_id unit_id"
    ),
    "cases_caselink": "ended_at",
    "cases_completion": "ended_at ended_as ended_by arrived_on answer_payload_id answer_commitment",
    "cases_consultation": "ended_at ended_as ended_by answered_on own_answer answer_payload_id answer_commitment",
    "cases_diarycounter": "last",
    "cases_hearing": "ended_at ended_as ended_by waiver waiver_payload_id waiver_commitment",
    "cases_recusal": "lifted_at allowed_action allowed_until",
    "checklists_checklistversion": VERSION,
    "checklists_review": "lane refusal_considered state revision completed_at",
    "decisions_announcement": "taken_down_on",
    "decisions_appeal": "forwarded_on court_number judged_on judgment ground",
    "decisions_boarditem": (
        "closed_doors paragraph outcome own_outcome own_reason_class own_amount own_text present version"
        " registered_by registered_at ended_at"
    ),
    "decisions_boardmeeting": "date place",
    "decisions_decisiontrack": "state version due_on",
    "decisions_delegationversion": VERSION,
    "decisions_lettertemplateversion": f"{VERSION} signed_by signed_at",
    "decisions_proposal": "*",  # until it is decided; then nothing (test_decision_guards)
    "grants_budgetline": "-",  # written anew while the application may be corrected, below
    "grants_othersupport": "-",
    "grants_grantapplication": "preparer_id contact_name contact_email language help_given",
    "grants_indepthlane": "finding closed_by closed_at",
    "grants_payment": (
        "state version due_on giro_id certified_by_id certified_at released_by_id released_at confirmed_by_id paid_on"
        " reference"
    ),
    "grants_paymentcondition": "met_on met_by_id document_id",
    "grants_programme": "name_sv name_en is_example",
    "grants_programmeversion": f"{VERSION} content edited_by revision source",
    "grants_round": (
        "kind name_sv name_en form_codes opens_on closes_on closes_time period_from period_to meeting_on pot_kr"
        " cancelled_at cancel_reason version"
    ),
    "jobs_idempotencykey": "answer",
    "jobs_job": "state done_steps all_steps result error_code error_payload_id attempts run_after lease_until ended_at",
    "obligations_obligation": "due_on turn next_on state version ended_at attempts retry_at trouble",
    "obligations_reminderplan": VERSION,
    "outbox_message": "state attempts not_before lease_until sent_at error_code error_payload_id tried_at",
}
ELSEWHERE = frozenset({"grants_paymentcondition"})  # no row in the world below: tried in test_payment_guards
DELETABLE = frozenset({"grants_budgetline", "grants_othersupport"})

OTHER = {
    "ARRAY": "array_append({c}, NULL)",
    "boolean": "NOT coalesce({c}, false)",
    "jsonb": "coalesce({c}, '{{}}') || '{{\"x\": 1}}'",
    "uuid": "gen_random_uuid()",
    "date": "coalesce({c}, '2020-01-01') + 1",
    "timestamp with time zone": "coalesce({c}, '2020-01-01') + interval '1 day'",
    "time without time zone": "'03:14'",
    "text": "'~' || substr(coalesce({c}, ''), 2)",
    "character varying": "'~' || substr(coalesce({c}, ''), 2)",
}


def ask(statement: str, *values: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall() if cursor.description else []


def is_refused(statement: str) -> bool:
    """Whether the database refuses it by a guard or a missing privilege, and by nothing else."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
            changed = cursor.rowcount
            transaction.set_rollback(True)
    except DatabaseError as error:
        state = getattr(error.__cause__, "sqlstate", "")
        assert not state.startswith("42") or state == "42501", f"{statement}: {error}"
        return state in {"23001", "42501"}
    assert changed, f"no row: {statement}"
    return False


def columns_of(table: str) -> dict[str, str]:
    return dict(
        ask(
            "SELECT quote_ident(column_name), data_type FROM information_schema.columns WHERE table_schema = 'public'"
            " AND table_name = %s AND is_generated = 'NEVER'",
            table,
        )
    )


def changeable_tables() -> set[str]:
    """Every table of which the app's role may change or delete rows."""
    rows = ask(
        "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
        " AND (has_table_privilege(oid, 'UPDATE') OR has_table_privilege(oid, 'DELETE'))"
    )
    return {name for (name,) in rows}


def test_every_table_has_been_asked():
    asked = {name for name in changeable_tables() - FREE if not name.startswith(YOUNG_ROOMS)}
    assert asked == set(MAY_CHANGE), "say in MAY_CHANGE which columns of a new table may change; FREE is no record"


@pytest.mark.parametrize("table", sorted(MAY_CHANGE))
def test_the_list_names_columns_that_exist(table):
    assert set(MAY_CHANGE[table].split()) - set(columns_of(table)) - {"*", "-"} == set()


@pytest.fixture
def world(settings, tmp_path):
    """At least one row in every table of the list."""
    settings.FILES_ROOT = tmp_path
    office = grants.office()
    for state in ("granted_by_board", "in_depth", "consultation", "hearing", "completion"):
        grants.grant(office).walk(state)
    other = grants.grant(office)
    other.walk("formal_check")
    colleague = User.objects.get(pk=office.colleague.user_id)
    assign_officer(case=other.case, officer=colleague, actor=office.unit_head)
    declare_jav(case=other.case, actor=office.colleague, answer="yes")
    walk = grants.grant(office)
    walk.walk("draft")
    OtherSupport.objects.create(application=walk.case, giver="Staden", amount=Decimal(1))
    for step in ROUTES["granted"][1:]:
        step(walk)
    today = clock.today()
    Appeal.objects.create(track=walk.track, arrived_on=today, registered_by=office.registrar.reference)
    Announcement.objects.create(
        track=walk.track,
        notice_of="own_record",
        approved_on=today,
        announced_on=today,
        last_day=today + timedelta(days=21),
        force_from=today + timedelta(days=22),
        address="https://exempel.invalid/1",
        registered_by=office.registrar.reference,
    )
    link_cases(case=walk.case, number=other.case.number, why="same_matter", actor=office.officer, key=uuid.uuid4())
    register.well_known_association()
    Unit.objects.create(district=office.district, name="Enheten")
    obligations.obligation(district=office.district)
    put(
        kind="notice",
        district=office.district,
        recipient="styrelsen@example.org",
        subject="Ny handling",
        body="Logga in.",
        identity="notice:1",
        case=None,
    )
    kind = next(iter(job_kinds))
    jobs.ask(kind=kind, actor="user:x", district_id=office.district.pk, arguments={"a": 1})
    once(actor="user:x", key=uuid.uuid4(), purpose="prov", do=lambda: {"a": 1})
    return office


@pytest.mark.usefixtures("world")
def test_nothing_else_changes_and_nothing_goes():
    taken: list[str] = []
    for table, allowed in MAY_CHANGE.items():
        if not ask(f"SELECT 1 FROM {table} LIMIT 1"):
            if table not in ELSEWHERE:
                taken.append(f"{table}: no row to try")
            continue
        first = next(iter(columns_of(table)))
        one = f"{first} = (SELECT max({first}) FROM {table})"
        if table not in DELETABLE and not is_refused(f"DELETE FROM {table} WHERE {one}"):
            taken.append(f"{table}: DELETE")
        if allowed == "*":
            continue
        for column, kind in columns_of(table).items():
            if column in allowed.split():
                continue
            other = OTHER.get(kind, "coalesce({c}, 0) + 1").format(c=column)
            if not is_refused(f"UPDATE {table} SET {column} = {other} WHERE {one}"):
                taken.append(f"{table}.{column}")
    assert not taken, "\n".join(taken)


class TestWhatWasAppliedFor:
    """Correctable while nobody has proposed anything, and not a day longer."""

    STATEMENTS = (
        "UPDATE grants_grantapplication SET applied_amount = 1 WHERE case_ptr_id = {pk}",
        "UPDATE grants_grantapplication SET purpose = 'Annat' WHERE case_ptr_id = {pk}",
        "UPDATE cases_case SET received_date = '2020-01-01' WHERE id = {pk}",
        "DELETE FROM grants_budgetline WHERE application_id = {pk}",
        "INSERT INTO grants_budgetline (position, cost, amount, applied, application_id) VALUES (9, 'x', 1, 1, {pk})",
    )

    @pytest.mark.parametrize("statement", STATEMENTS)
    def test_after_a_decision_it_stands(self, statement):
        assert is_refused(statement.format(pk=grants.walked("granted").pk))

    @pytest.mark.parametrize("statement", STATEMENTS)
    def test_before_a_proposal_it_is_corrected(self, statement):
        assert not is_refused(statement.format(pk=grants.walked("review").pk))

    def test_never_in_another_call_or_of_another_association(self):
        pk = grants.walked("draft").pk
        assert is_refused(f"UPDATE grants_grantapplication SET round_id = round_id + 1 WHERE case_ptr_id = {pk}")
        assert is_refused(f"UPDATE cases_case SET association_id = association_id + 1 WHERE id = {pk}")

    def test_the_database_and_the_service_mean_the_same_states(self):
        body = ask("SELECT prosrc FROM pg_proc WHERE proname = 'grants_application_open'")[0][0]
        assert set(body.split("'")[1::2]) == EDITABLE


class TestARecusal:
    def test_is_not_lifted_without_a_ruling(self):
        walk = grants.walked("formal_check")
        declare_jav(case=walk.case, actor=walk.staff.officer, answer="yes")
        assert is_refused("UPDATE cases_recusal SET lifted_at = '2026-01-01'")
        assert is_refused("UPDATE cases_recusal SET allowed_action = 'grant', allowed_until = '2099-01-01'")

    def test_is_lifted_by_one(self):
        walk = grants.walked("formal_check")
        declare_jav(case=walk.case, actor=walk.staff.officer, answer="yes")
        head = people.actor(Role.UNIT_HEAD, at=walk.staff.district)
        declare_jav(case=walk.case, actor=head, answer="none")
        rule_on_jav(
            case=walk.case,
            person=User.objects.get(pk=walk.staff.officer.user_id),
            actor=head,
            ruling="allowed",
            reason="Ingen annan finns.",
            action="start_review",
            until=clock.today() + timedelta(days=1),
        )
        rule_on_jav(
            case=walk.case,
            person=User.objects.get(pk=walk.staff.officer.user_id),
            actor=head,
            ruling="lifted",
            reason="Släktskapet gällde en annan förening.",
        )
        assert ask("SELECT count(*) FROM cases_recusal WHERE lifted_at IS NOT NULL") == [(1,)]


def test_work_that_has_ended_stays_ended():
    kind = next(iter(job_kinds))
    job = jobs.ask(kind=kind, actor="user:x", district_id=None, arguments={})
    ask("UPDATE jobs_job SET state = 'done', result = '{\"file\": 1}', ended_at = '2026-01-01'")
    for change in ("state = 'waiting'", "result = '{}'", "error_code = 'x'"):
        assert is_refused(f"UPDATE jobs_job SET {change} WHERE id = {job.pk}")


def test_an_intent_is_answered_once():
    once(actor="user:x", key=uuid.uuid4(), purpose="prov", do=lambda: {"a": 1})
    assert is_refused("UPDATE jobs_idempotencykey SET answer = '{\"a\": 2}'")


def test_a_role_that_has_ended_does_not_hold_again():
    person = people.user(Role.GRANT_OFFICER)
    person.memberships.update(valid_to=clock.today())
    assert is_refused("UPDATE accounts_membership SET valid_to = NULL")
    assert is_refused("UPDATE accounts_membership SET valid_to = '2099-12-31'")
