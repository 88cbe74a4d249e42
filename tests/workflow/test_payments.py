"""Payment rows: who may do what from which state, what speaks against a step, what a decision's end does to them."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection, transaction
from django.db.utils import IntegrityError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from applications.cases import executor
from applications.cases.invariants import breaches
from applications.cases.models import DocumentKind
from applications.examples.scenarios.payment_steps import EARLY
from applications.grants.models import EarlyExecution, GrantSums, Payment, PaymentCondition, Repayment
from applications.grants.payments.invariants import INVARIANTS
from applications.grants.payments.services.meet_condition import meet_condition
from applications.grants.payments.services.register_repayment import register_repayment, undo_repayment
from applications.grants.payments.workflow import PAYMENT
from tests.factories import grants, payments, people
from vetting.accounts.roles import Role
from vetting.audit.models import Event
from vetting.kernel import clock
from vetting.kernel.errors import Invalid, NotAllowed, NotNow, Stale

pytestmark = pytest.mark.django_db

YES = {"can_be_put_right": "yes", "early_reason": EARLY}
ROUTE = {state.code: f"granted_with_payment_{state.code}" for state in PAYMENT.states}


@pytest.fixture(autouse=True)
def _files(settings, tmp_path):
    settings.FILES_ROOT = tmp_path


def at_commit():
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")


def in_state(state):
    return grants.walked(ROUTE[state])


def given_with(action, case):
    """What each step asks for, so that only state, role and the people speak against it."""
    data = {"certify": YES, "release": YES, "confirm_paid": {"paid_on": clock.today(), "reference": "LB-1"}}
    found = dict(data.get(action, {}))
    if action == "cancel":
        found["document_id"] = case.case.documents.order_by("-id")[0].pk
    return found


def take(case, action, actor, **more):
    executor.perform(
        subject=case.payment,
        action=action,
        actor=actor,
        data=given_with(action, case) | more,
        comment="Skälet.",
    )


def codes(refused):
    return [reason.code for reason in refused.value.reasons]


@pytest.mark.parametrize("state", ROUTE)
def test_every_action_in_every_state_by_every_role(state):
    case = in_state(state)
    case.have_giro()
    roles = {role: people.actor(role, at=case.staff.district) for role in Role}
    roles |= {role: payments.payer(case, role=role) for role in (Role.PAYER, Role.GRANT_OFFICER, Role.UNIT_HEAD)}
    for action in PAYMENT.actions():
        row = PAYMENT.row(action, state)
        for role, actor in roles.items():
            with transaction.atomic():
                try:
                    take(case, action, actor)
                except NotAllowed:
                    answer = "not allowed"
                except NotNow as error:
                    answer = error.code
                else:
                    at_commit()
                    answer = case.payment.state if row is None or isinstance(row.target, str) else "back"
                transaction.set_rollback(True)
            if row is None:
                assert answer == "wrong_state", (action, role)
            elif role not in row.who:
                assert answer == "not allowed", (action, role)
            else:
                assert answer == (row.target if isinstance(row.target, str) else "back"), (action, role)


def test_the_decision_plans_one_payment_with_the_sums():
    case = grants.walked("granted")
    (row,) = payments.rows(case)
    sums = GrantSums.objects.get(case=case.pk)
    assert (row.state, row.amount, row.decision.case_id) == ("planned", case.amount, case.pk)
    assert (sums.granted, sums.paid) == (case.amount, 0)
    assert row.due_on == clock.today() + timedelta(days=14)
    assert not row.conditions.exists()


def test_a_refusal_plans_nothing():
    assert payments.rows(grants.walked("refused")) == []


def test_instalments_follow_the_programmes_plan():
    case = payments.in_parts(
        [{"percent": 40, "when": "on_decision"}, {"percent": 60, "when": "after_report"}], amount=Decimal("33333.33")
    )
    first, second = payments.rows(case)
    assert (first.amount, second.amount) == (Decimal("13333.33"), Decimal("20000.00"))
    assert [one.code for one in second.conditions.all()] == ["approved_report"]


def test_less_than_applied_for_waits_for_a_revised_budget():
    case = grants.walked("granted_with_payment_waiting")
    case.have_giro()
    payer = payments.payer(case)
    with pytest.raises(NotNow) as refused:
        take(case, "certify", payer)
    assert codes(refused) == ["condition"]
    condition = PaymentCondition.objects.get(payment=case.payment)
    with pytest.raises(NotAllowed):
        meet_condition(condition=condition, document_id=1, met_on=clock.today(), actor=payer)
    with pytest.raises(Invalid):
        meet_condition(condition=condition, document_id=0, met_on=clock.today(), actor=case.staff.officer)
    case.meet_conditions()
    with pytest.raises(NotNow):
        meet_condition(condition=condition, document_id=1, met_on=clock.today(), actor=case.staff.officer)
    take(case, "certify", payer)
    assert case.payment.state == "certified"


def test_one_person_never_certifies_and_releases():
    case = in_state("certified")
    with pytest.raises(NotNow) as refused:
        take(case, "release", case.staff.payer)
    assert codes(refused) == ["same_person"]
    case.release()
    row = case.payment
    assert row.certified_by_id != row.released_by_id


def test_who_prepared_the_case_does_not_pay_it():
    case = grants.walked("granted_with_payment_planned")
    both = people.also(
        type(case.case.officer).objects.get(pk=case.staff.officer.user_id), Role.PAYER, at=case.staff.district
    )
    with pytest.raises(NotNow) as refused:
        take(case, "certify", both)
    assert codes(refused) == ["prepared"]


def test_a_payer_declares_on_conflicts_first():
    case = grants.walked("granted_with_payment_planned")
    with pytest.raises(NotNow) as refused:
        take(case, "certify", case.staff.payer)
    assert codes(refused) == ["jav_missing"]


def test_nothing_is_paid_to_a_giro_that_nobody_confirmed():
    case = grants.walked("granted")
    with pytest.raises(NotNow) as refused:
        take(case, "certify", payments.payer(case))
    assert codes(refused) == ["no_giro"]


def test_a_giro_changed_after_the_certification_stops_the_release():
    case = in_state("certified")
    case.payment.giro.association.giro_accounts.update(ended_at=clock.now())
    with pytest.raises(NotNow) as refused:
        take(case, "release", payments.payer(case))
    assert codes(refused) == ["giro_changed"]
    take(case, "hold", case.staff.payer)
    case.have_giro()
    take(case, "resume", case.staff.payer)
    assert (case.payment.state, case.payment.certified_by_id, case.payment.giro_id) == ("planned", None, None)


def test_a_held_payment_goes_back_to_where_it_was():
    case = in_state("certified")
    before = case.payment
    take(case, "hold", case.staff.payer)
    take(case, "resume", case.staff.payer)
    after = case.payment
    assert (after.state, after.certified_by_id, after.giro_id) == ("certified", before.certified_by_id, before.giro_id)


def test_before_legal_force_somebody_answers_by_name():
    case = grants.walked("granted_with_payment_planned")
    payer = payments.payer(case)
    for said, code in (
        ({}, "early"),
        ({"can_be_put_right": "no"}, "not_put_right"),
        ({"can_be_put_right": "yes", "early_reason": "  "}, "early_reason"),
    ):
        with pytest.raises(NotNow) as refused:
            executor.perform(subject=case.payment, action="certify", actor=payer, data=said)
        assert codes(refused) == [code]
    take(case, "certify", payer)
    answer = EarlyExecution.objects.get()
    assert (answer.by_id, answer.track_state) == (payer.user_id, "decided")
    assert EARLY.encode() not in bytes(Event.objects.latest("id").canonical)
    executor.perform(subject=case.payment, action="release", actor=payments.payer(case))  # the answer still holds


def test_an_appeal_asks_for_a_new_answer_and_a_stay_stops_all():
    case = in_state("certified")
    payer = payments.payer(case)
    executor.perform(
        subject=case.track, action="appeal", actor=case.staff.registrar, data={"arrived_on": clock.today()}
    )
    with pytest.raises(NotNow) as refused:
        executor.perform(subject=case.payment, action="release", actor=payer)
    assert codes(refused) == ["early"]
    executor.perform(subject=case.track, action="stay", actor=case.staff.registrar)
    with pytest.raises(NotNow) as refused:
        take(case, "release", payer)
    assert codes(refused) == ["stayed"]
    executor.perform(subject=case.track, action="lift_stay", actor=case.staff.registrar)
    take(case, "release", payer)
    assert case.payment.state == "released"


def annul(case):
    registrar = case.staff.registrar
    executor.perform(subject=case.track, action="appeal", actor=registrar, data={"arrived_on": clock.today()})
    said = {"judged_on": clock.today(), "ground": "Fel organ beslutade."}
    executor.perform(subject=case.track, action="annul", actor=registrar, data=said)
    at_commit()


def test_an_annulled_decision_holds_what_is_not_on_its_way():
    case = payments.in_parts(payments.HALVES)
    case.certify()
    case.release()
    annul(case)
    assert [row.state for row in payments.rows(case)] == ["released", "held"]
    assert GrantSums.objects.get(case=case.pk).granted == Decimal(22500)  # what is on its way has left
    executor.perform(
        subject=payments.rows(case)[0],
        action="confirm_paid",
        actor=case.staff.payer,
        data={"paid_on": clock.today(), "reference": "LB-1"},
    )
    with pytest.raises(NotNow) as refused:
        executor.perform(subject=payments.rows(case)[1], action="resume", actor=case.staff.payer)
    assert "no_force" in codes(refused)
    executor.perform(subject=payments.rows(case)[1], action="cancel", actor=case.staff.payer, comment="Upphävt.")
    at_commit()
    assert [row.state for row in payments.rows(case)] == ["paid", "cancelled"]
    assert list(breaches(list(INVARIANTS))) == []


def test_a_new_decision_replaces_the_plan_and_counts_what_is_paid():
    case = payments.in_parts(payments.HALVES)
    case.certify()
    case.release()
    case.confirm_paid()
    case.perform("reconsider", case.staff.unit_head, comment="Nya uppgifter.")
    with pytest.raises(NotNow) as refused:
        take(case, "certify", payments.payer(case))
    assert "reconsidered" in codes(refused)
    case.propose(amount=Decimal(30000), outcome="part", reason_class="priority", lines=[], **PART)
    case.submit()
    case.read()
    case.decide()
    at_commit()
    found = payments.rows(case)
    assert [(row.state, row.amount) for row in found] == [
        ("paid", Decimal(22500)),
        ("held", Decimal(22500)),
        ("planned", Decimal(7500)),
    ]
    assert GrantSums.objects.get(case=case.pk).granted == Decimal(30000)
    assert [one.code for one in found[2].conditions.all()] == ["revised_budget"]


PART = {
    "principle_reason": "Samma fördelning gäller alla.",
    "facts": "Stödet räcker inte till hela beloppet.",
    "facts_from": "register",
    "priority_note": "Ledararvodena går före materialet, som i övriga ansökningar.",
    "assessment": "Verksamheten uppfyller villkoren och arvodena bär den.",
}


def test_money_of_a_decision_in_force_is_cancelled_only_at_own_request():
    case = grants.walked("granted_with_payment_planned")
    head = payments.payer(case, role=Role.UNIT_HEAD)
    with pytest.raises(NotNow) as refused:
        executor.perform(subject=case.payment, action="cancel", actor=head, comment="Vi behöver pengarna.")
    assert codes(refused) == ["no_request"]
    with pytest.raises(NotNow) as refused:
        executor.perform(subject=case.payment, action="cancel", actor=head, data=given_with("cancel", case))
    assert codes(refused) == ["comment_missing"]
    take(case, "cancel", head)
    assert case.payment.state == "cancelled"


def test_an_instalment_is_not_released_before_its_day():
    plan = [{"percent": 100, "when": "quarter_in_advance", "quarter": 4}]
    case = payments.in_parts(plan)
    case.certify()
    with pytest.raises(NotNow) as refused:
        take(case, "release", payments.payer(case))
    assert codes(refused) == ["too_early"]
    assert case.payment.due_on == case.payment.payable_from


def test_a_failed_payment_is_planned_certified_and_released_anew():
    case = in_state("failed")
    take(case, "plan_again", case.staff.payer)
    assert (case.payment.certified_by_id, case.payment.released_by_id) == (None, None)
    take(case, "certify", case.staff.second_payer)
    take(case, "release", case.staff.payer)
    take(case, "confirm_paid", case.staff.payer)
    at_commit()
    assert GrantSums.objects.get(case=case.pk).paid == case.amount


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"paid_on": None}, "paid_on"),
        ({"paid_on": clock.today() + timedelta(days=1)}, "paid_on"),
        ({"paid_on": clock.today() - timedelta(days=1)}, "paid_too_early"),
        ({"reference": " "}, "reference"),
    ],
)
def test_paid_needs_day_and_reference(said, code):
    case = in_state("released")
    with pytest.raises(NotNow) as refused:
        take(case, "confirm_paid", case.staff.payer, **said)
    assert codes(refused) == [code]


def test_a_stale_page_does_not_pay():
    case = in_state("certified")
    with pytest.raises(Stale):
        executor.perform(
            subject=case.payment, action="release", actor=payments.payer(case), data=YES, expected_version=1
        )


def test_a_case_is_not_closed_while_a_payment_is_open():
    case = in_state("released")
    closer = payments.payer(case, role=Role.REGISTRAR)
    with pytest.raises(NotNow) as refused:
        case.perform("close", closer)
    assert "payments_open" in codes(refused)
    case.confirm_paid()
    with pytest.raises(NotNow) as refused:
        case.perform("close", closer)
    assert codes(refused) == ["not_final"]


def test_a_refusal_after_a_grant_holds_what_was_planned():
    case = grants.walked("granted_with_payment_planned")
    case.reconsider()
    case.propose_refusal()
    case.submit()
    case.read()
    case.decide()
    at_commit()
    assert [row.state for row in payments.rows(case)] == ["held"]
    assert GrantSums.objects.get(case=case.pk).granted == 0
    with pytest.raises(NotNow) as refused:
        take(case, "resume", payments.payer(case))
    assert "no_force" in codes(refused)


def test_with_legal_force_nobody_is_asked_before():
    case = grants.walked("granted_and_final")
    case.have_giro()
    executor.perform(subject=case.payment, action="certify", actor=payments.payer(case))
    assert not EarlyExecution.objects.exists()


def test_a_voluntary_repayment_is_counted_and_can_be_undone():
    case = in_state("paid")
    said = {
        "case": case.case,
        "received_on": clock.today(),
        "giro_kind": "bankgiro",
        "giro": "5050-1055",
        "reference": "INB-7",
        "actor": case.staff.payer,
    }
    row = register_repayment(amount=Decimal("1000.50"), **said)
    assert GrantSums.objects.get(case=case.pk).repaid == Decimal("1000.50")
    for wrong in ({"amount": case.amount}, {"amount": Decimal(0)}, {"amount": Decimal(1), "giro": "5050-1056"}):
        with pytest.raises(Invalid):
            register_repayment(**{**said, "amount": Decimal(1)} | wrong)
    with pytest.raises(NotAllowed):
        register_repayment(**{**said, "amount": Decimal(1), "actor": case.staff.officer})
    undo_repayment(repayment=row, actor=case.staff.payer)
    with pytest.raises(NotNow):
        undo_repayment(repayment=row, actor=case.staff.payer)
    at_commit()
    assert GrantSums.objects.get(case=case.pk).repaid == 0
    assert Repayment.objects.count() == 2


def test_nothing_is_repaid_that_was_not_paid():
    case = in_state("released")
    with pytest.raises(Invalid):
        register_repayment(
            case=case.case,
            amount=Decimal(1),
            received_on=clock.today(),
            giro_kind="bankgiro",
            giro="5050-1055",
            reference="INB-7",
            actor=case.staff.payer,
        )


# A model of two payments: what each step may do, and the sums that follow.
STEPS = ("certify", "release", "confirm_paid", "fail", "plan_again", "hold", "resume", "cancel", "repay")


class Model:
    """Two rows with their state, who certified, where they were held from; paid and repaid in kr."""

    def __init__(self, amounts):
        self.amounts, self.states = amounts, ["planned", "planned"]
        self.certifier, self.held_from = [None, None], [None, None]
        self.paid = self.repaid = Decimal(0)

    def allows(self, action, place, who):
        if action == "repay":
            return self.paid - self.repaid >= 1000
        if PAYMENT.row(action, self.states[place]) is None:
            return False
        return not (action == "release" and self.certifier[place] == who)

    def take(self, action, place, who):
        if action == "repay":
            self.repaid += 1000
            return
        if action == "certify":
            self.certifier[place] = who
        if action == "hold":
            self.held_from[place] = self.states[place]
        if action == "confirm_paid":
            self.paid += self.amounts[place]
        target = PAYMENT.row(action, self.states[place]).target
        self.states[place] = self.held_from[place] if action == "resume" else target


def test_random_walks_follow_the_model():
    case = payments.in_parts(payments.HALVES)
    case.have_giro()
    case.paper(DocumentKind.OTHER)
    payers = [payments.payer(case) for _ in range(3)]
    keys = [row.pk for row in payments.rows(case)]
    step = st.tuples(st.sampled_from(STEPS), st.integers(0, 1), st.integers(0, 2))

    @settings(max_examples=25, suppress_health_check=list(HealthCheck))
    @given(st.lists(step, min_size=8, max_size=20))
    def walk(steps):
        with transaction.atomic():
            _walk(case, payers, keys, steps)
            transaction.set_rollback(True)

    walk()


def _walk(case, payers, keys, steps):
    model = Model([row.amount for row in payments.rows(case)])
    for action, place, who in steps:
        expected = model.allows(action, place, who)
        try:
            with transaction.atomic():
                _one(case, action, keys[place], payers[who])
        except (NotNow, Invalid):
            assert not expected, (action, place, who)
        else:
            assert expected, (action, place, who)
            model.take(action, place, who)
        at_commit()
        sums = GrantSums.objects.get(case=case.pk)
        assert [row.state for row in payments.rows(case)] == model.states
        assert (sums.granted, sums.paid, sums.repaid) == (case.amount, model.paid, model.repaid)
    assert list(breaches([*INVARIANTS, "cases.state_rows_follow_each_other"])) == []


def _one(case, action, pk, actor):
    if action == "repay":
        register_repayment(
            case=case.case,
            amount=Decimal(1000),
            received_on=clock.today(),
            giro_kind="bankgiro",
            giro="5050-1055",
            reference="INB",
            actor=actor,
        )
        return
    row, data = Payment.objects.get(pk=pk), given_with(action, case)
    executor.perform(subject=row, action=action, actor=actor, data=data, comment="Skäl.")


def test_the_database_counts_by_itself():
    case = payments.in_parts(payments.HALVES)
    with pytest.raises(IntegrityError), transaction.atomic():
        Payment.objects.filter(case_id=case.pk).update(amount=1)
