"""Into which payments a granted sum falls: to the öre, whatever the plan."""

from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from applications.grants.payments.plan import APPROVED_REPORT, REVISED_BUDGET, parts
from applications.grants.programmes.terms.amounts import Payment
from applications.grants.programmes.terms.choices import PayWhen


def part(percent, when=PayWhen.ON_DECISION, quarter=None):
    return Payment(percent=Decimal(percent), when=when, quarter=quarter)


HALVES = (part(50), part(50, PayWhen.AFTER_REPORT))
QUARTERS = tuple(part(25, PayWhen.QUARTER_IN_ADVANCE, quarter) for quarter in (1, 2, 3, 4))


def plan(amount, instalments=(), **more):
    return parts(Decimal(amount), instalments, period_from=date(2027, 1, 1), **more)


def test_without_instalments_it_is_one_payment():
    assert [(one.amount, one.payable_from, one.conditions) for one in plan(45000)] == [(Decimal(45000), None, ())]


def test_halves_after_the_report_wait_for_it():
    first, second = plan("45000.01", HALVES)
    assert (first.amount, second.amount) == (Decimal("22500.01"), Decimal("22500.00"))
    assert (first.conditions, second.conditions) == ((), (APPROVED_REPORT,))


def test_quarters_have_their_first_days():
    assert [one.payable_from for one in plan(100, QUARTERS)] == [
        date(2027, 1, 1),
        date(2027, 4, 1),
        date(2027, 7, 1),
        date(2027, 10, 1),
    ]


def test_a_revised_budget_binds_the_first_payment_that_is_left():
    assert [one.conditions for one in plan(100, HALVES, revised_budget=True)] == [
        (REVISED_BUDGET,),
        (APPROVED_REPORT,),
    ]
    (left,) = plan(100, HALVES, revised_budget=True, already=Decimal(60))
    assert (left.amount, left.conditions) == (Decimal(40), (REVISED_BUDGET, APPROVED_REPORT))


def test_what_is_paid_already_is_taken_from_the_first():
    assert plan(100, already=Decimal(100)) == ()
    assert plan(100, already=Decimal(130)) == ()
    assert [one.amount for one in plan(100, HALVES, already=Decimal(20))] == [Decimal(30), Decimal(50)]


@given(
    st.decimals(min_value="0.01", max_value="9999999.99", places=2),
    st.lists(st.integers(1, 60), min_size=1, max_size=7),
    st.decimals(min_value="0", max_value="9999999.99", places=2),
)
def test_the_parts_make_the_sum(amount, weights, already):
    total = sum(weights)
    shares = [part(Decimal(100 * one) / total) for one in weights]
    found = parts(amount, shares, period_from=None, already=already)
    assert sum((one.amount for one in found), Decimal(0)) == max(amount - already, Decimal(0))
    assert all(one.amount > 0 and one.amount == one.amount.quantize(Decimal("0.01")) for one in found)
