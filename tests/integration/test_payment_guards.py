"""What must never happen to a grant's money is refused by the database itself: raw SQL and races with real commits."""

from collections import Counter
from decimal import Decimal

import psycopg
import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.db.utils import DatabaseError, IntegrityError

from applications.cases import executor
from applications.grants.models import GrantSums, Payment
from applications.grants.payments.invariants import INVARIANTS
from applications.grants.payments.services.register_repayment import register_repayment
from tests.database import owner_url
from tests.factories import grants, payments
from tests.threads import at_once
from tests.workflow.test_payments import YES
from vetting.kernel import clock

pytestmark = pytest.mark.race
THREADS = 8

STATE = (
    "INSERT INTO cases_statechange (key, subject_type, subject_id, case_id, version, action, from_state, to_state,"
    " actor, role, ground, at, commitment) SELECT gen_random_uuid(), 'payment', id, case_id, version + 1, 'x', state,"
    " '{after}', 'user:x', '', '', '2026-01-01', '' FROM grants_payment WHERE {which}"
)
COPY = (
    "INSERT INTO grants_payment SELECT (jsonb_populate_record(null::grants_payment, to_jsonb(p) || jsonb_build_object("
    "'id', nextval(pg_get_serial_sequence('grants_payment', 'id')), 'key', gen_random_uuid(), 'state', 'planned',"
    " 'version', 1, 'position', {position}, 'amount', {amount}, 'certified_by_id', null, 'released_by_id', null,"
    " 'giro_id', null, 'confirmed_by_id', null, 'paid_on', null)"
    " || '{more}'::jsonb)).* FROM grants_payment p ORDER BY id LIMIT 1 RETURNING id"
)
BORN = (
    "INSERT INTO cases_statechange (key, subject_type, subject_id, case_id, version, action, from_state, to_state,"
    " actor, role, ground, at, commitment) SELECT gen_random_uuid(), 'payment', id, case_id, 1, 'create', '',"
    " 'planned', 'user:x', '', '', '2026-01-01', '' FROM grants_payment WHERE id = {pk}"
)


def run(*statements):
    with transaction.atomic(), connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def plan_one(amount, position, more="{}"):
    """A planned row past the services, as whole as raw SQL can make it."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(COPY.format(amount=amount, position=position, more=more))
        cursor.execute(BORN.format(pk=cursor.fetchone()[0]))


def moved(after, *columns, which="true"):
    """The statements of a raw move with its state row."""
    values = ", ".join((f"state = '{after}'", "version = version + 1", *columns))
    return STATE.format(after=after, which=which), f"UPDATE grants_payment SET {values} WHERE {which}"


@pytest.fixture
def walked(real_db, settings, tmp_path):
    settings.FILES_ROOT = tmp_path

    def do(state):
        with transaction.atomic():
            return grants.walked(state)

    return do


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE grants_grantsums SET paid = 1",
        "UPDATE grants_grantsums SET granted = granted",
        "INSERT INTO grants_grantsums (case_id, granted, paid, repaid, reclaimed, waived)"
        " SELECT id, 1, 0, 0, 0, 0 FROM cases_case",
        "DELETE FROM grants_grantsums",
        "TRUNCATE grants_grantsums",
        "DELETE FROM grants_payment",
        "DELETE FROM grants_repayment",
        "UPDATE grants_repayment SET reference = 'x'",
        "UPDATE grants_earlyexecution SET track_state = 'final'",
    ],
)
def test_the_app_lacks_the_privilege(walked, statement):
    walked("granted_with_payment_repaid")
    with pytest.raises(DatabaseError, match="permission denied"):
        run(statement)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE grants_grantsums SET paid = 1",
        "UPDATE grants_payment SET reference = 'x'",
        "UPDATE grants_repayment SET reference = 'x'",
        "DELETE FROM grants_payment",
        "DELETE FROM grants_grantsums",
    ],
)
def test_the_owner_is_refused_too(walked, real_db, statement):
    walked("granted_with_payment_repaid")
    with psycopg.connect(owner_url(real_db)) as owner, pytest.raises(psycopg.errors.RestrictViolation):
        owner.execute(statement)


def test_no_way_past_the_table_of_rows(walked):
    case = walked("granted_with_payment_certified")
    plain = "UPDATE grants_payment SET state = 'released', version = version + 1, released_at = '2026-01-01',"
    plain += f" released_by_id = {case.staff.second_payer.user_id}"
    with pytest.raises(IntegrityError, match="without a state row"):
        run(plain)
    same = f"released_by_id = {case.staff.payer.user_id}"
    with pytest.raises(IntegrityError, match="two_people"):
        run(*moved("released", same, "released_at = '2026-01-01'"))
    with pytest.raises(IntegrityError, match="whole"):
        run(*moved("released"))
    for state in ("paid", "failed"):
        with pytest.raises(IntegrityError, match="is no way"):
            run(*moved(state))
    with pytest.raises(IntegrityError, match="are final"):
        run("UPDATE grants_payment SET amount = 1")
    with pytest.raises(IntegrityError, match="no giro"):
        run(*moved("released", "giro_id = null", f"released_by_id = {case.staff.second_payer.user_id}"))


def test_a_paid_row_is_never_changed(walked):
    case = walked("granted_with_payment_paid")
    for change in ("reference = 'x'", "due_on = '2026-01-01'", "paid_on = '2020-01-01'"):
        with pytest.raises(IntegrityError, match="stays as it is"):
            run(f"UPDATE grants_payment SET {change}")
    with pytest.raises(IntegrityError, match="stays as it is"):
        run(*moved("held"))
    assert GrantSums.objects.get(case=case.pk).paid == case.amount


def test_a_row_is_born_planned_within_what_is_granted(walked):
    walked("granted")
    with pytest.raises(IntegrityError, match=r"come to 45000\.01, granted is 45000"):
        plan_one("0.01", 2)
    with pytest.raises(IntegrityError, match="begins planned"):
        plan_one(1, 2, '{"state": "paid"}')
    with pytest.raises(IntegrityError, match="rests on a decision"):
        plan_one(1, 2, '{"case_id": 999}')
    with pytest.raises(IntegrityError, match="amount"):
        plan_one(-1, 2)


def test_a_repayment_beyond_what_is_paid_is_refused(walked):
    case = walked("granted_with_payment_repaid")
    insert = (
        "INSERT INTO grants_repayment (key, case_id, amount, received_on, giro_kind, giro_digits, reference,"
        f" registered_by_id, at) VALUES (gen_random_uuid(), {case.pk}, {{}}, '2026-01-01', 'bankgiro', '1', 'x',"
        f" {case.staff.payer.user_id}, '2026-01-01')"
    )
    with pytest.raises(IntegrityError, match="grants_sums_back"):
        run(insert.format("40500.01"))
    with pytest.raises(IntegrityError, match="repayment_amount"):
        run(insert.format("-1"))
    run(insert.format("40500"))
    assert GrantSums.objects.get(case=case.pk).repaid == Decimal(45000)


def test_eight_who_plan_at_once_never_exceed_what_is_granted(walked):
    """Raw inserts, without the executor's lock of the case: the sums' own row holds them."""
    case = walked("granted_with_payment_cancelled")
    outcomes = Counter(
        type(outcome).__name__ for outcome in at_once(THREADS, lambda index: plan_one(10000, 10 + index))
    )
    assert outcomes == {"NoneType": 4, "IntegrityError": 4}
    assert sum(row.amount for row in payments.rows(case) if row.state == "planned") == 40000


def test_eight_who_pay_at_once_pay_once(walked):
    case = walked("granted_with_payment_released")
    row, said = case.payment, {"paid_on": clock.today(), "reference": "LB-1"}
    actors = (case.staff.payer, case.staff.second_payer)

    def do(index):
        return executor.perform(subject=row, action="confirm_paid", actor=actors[index % 2], data=said)

    outcomes = Counter(type(outcome).__name__ for outcome in at_once(THREADS, do))
    assert outcomes == {"Done": 1, "NotNow": 7}
    assert GrantSums.objects.get(case=case.pk).paid == case.amount


def test_of_two_who_certify_and_release_at_once_nobody_does_both(walked):
    with transaction.atomic():
        case = walked("granted_with_payment_planned")
        case.declare(case.staff.payer, case.staff.second_payer)
    actors = (case.staff.payer, case.staff.second_payer)

    def do(index):
        for action in ("certify", "release"):
            executor.perform(subject=Payment.objects.get(), action=action, actor=actors[index % 2], data=YES)

    at_once(THREADS, do)
    row = Payment.objects.get()
    assert row.state in ("certified", "released")
    assert row.certified_by_id != row.released_by_id


def test_eight_repayments_at_once_never_exceed_what_is_paid(walked):
    case = walked("granted_with_payment_paid")

    def do(index):
        return register_repayment(
            case=case.case,
            amount=Decimal(10000),
            received_on=clock.today(),
            giro_kind="bankgiro",
            giro="5050-1055",
            reference=f"INB-{index}",
            actor=case.staff.payer,
        )

    outcomes = Counter(type(outcome).__name__ for outcome in at_once(THREADS, do))
    assert outcomes == {"Repayment": 4, "Invalid": 4}
    assert GrantSums.objects.get(case=case.pk).repaid == Decimal(40000)


BREAKS = {
    "payments.sums_are_the_rows": ("grants_grantsums", "UPDATE grants_grantsums SET paid = 1"),
    "payments.grants_have_their_sums": (
        "grants_grantsums",
        "UPDATE grants_grantsums SET granted = 1, paid = 0, repaid = 0",
    ),
    "payments.two_people_paid": (
        "cases_statechange",
        "UPDATE cases_statechange SET actor = 'user:x' WHERE action IN ('certify', 'release')",
    ),
    "payments.paid_to_the_associations_giro": (
        "associations_giroaccount",
        "UPDATE associations_giroaccount SET confirmed_by_id = NULL, confirmed_at = NULL, confirmed_district_id = NULL",
    ),
}


def breaches_of(capsys, name):
    try:
        call_command("check_invariants", f"--only={name}")
    except CommandError:
        return capsys.readouterr().out.splitlines()
    capsys.readouterr()
    return []


def test_what_is_broken_past_all_guards_is_named(walked, real_db, capsys):
    walked("granted_with_payment_repaid")
    assert set(BREAKS) == set(INVARIANTS)
    assert [name for name in BREAKS if breaches_of(capsys, name)] == []
    for name, (table, statement) in BREAKS.items():
        with psycopg.connect(owner_url(real_db)) as owner:
            owner.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
            owner.execute("ALTER TABLE grants_grantsums DROP CONSTRAINT IF EXISTS grants_sums_back")
            owner.execute(statement)
        assert breaches_of(capsys, name), name
