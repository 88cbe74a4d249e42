"""Reads of the list of payments: one question for the counts and sums, one for the page."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum

from applications.cases.models import Case
from applications.grants.models import Payment
from applications.grants.payments.workflow import PAYMENT
from vetting.accounts.actors import Actor
from vetting.accounts.roles import Permission
from vetting.kernel.workflow import State

PAGE = 50
ALL = "alla"
# The views of the list, in the order of the work: address, states.
VIEWS: Mapping[str, tuple[str, ...]] = {
    "attestera": ("planned",),
    "betala-ut": ("certified",),
    "obekraftade": ("released",),
    "misslyckade": ("failed",),
    "innehallna": ("held",),
    "betalda": ("paid",),
    ALL: tuple(state.code for state in PAYMENT.states),
}


@dataclass(frozen=True, slots=True)
class Total:
    """How many payments a view has, and what they come to in kr."""

    view: str
    count: int
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Line:
    """One payment of the list: its case, whose it is, what is next."""

    payment: Any
    state: State


def visible(actor: Actor) -> QuerySet[Payment]:
    """The payments of the cases the person may see; none of one a conflict of interest keeps the person out of."""
    cases = Case.objects.for_user(actor, Permission.SEE_PAYMENTS)
    return Payment.objects.filter(case__in=cases)


def found(actor: Actor, text: str) -> QuerySet[Payment]:
    """Those whose case's number, association or organisation number holds `text`, or whose reference is it."""
    rows = visible(actor)
    if not text:
        return rows
    wanted = Q(case__number__icontains=text) | Q(case__association__name__icontains=text) | Q(reference__iexact=text)
    digits = "".join(filter(str.isdigit, text))
    if len(digits) >= 4:
        wanted |= Q(case__association__orgnr__contains=digits)
    return rows.filter(wanted)


def totals(rows: QuerySet[Payment]) -> dict[str, Total]:
    """Of each view how many and how much; one question."""
    by_state = {one["state"]: one for one in rows.values("state").annotate(count=Count("id"), amount=Sum("amount"))}
    answer = {}
    for view, states in VIEWS.items():
        here = [by_state[state] for state in states if state in by_state]
        answer[view] = Total(view, sum(one["count"] for one in here), sum((one["amount"] for one in here), Decimal(0)))
    return answer


# What awaits somebody who pays, in the order of the work.
PAYERS = ("attestera", "betala-ut", "obekraftade", "misslyckade")


def payments_due(actor: Actor) -> list[Total]:
    """What the person's districts have to certify, release, confirm and find out about: the views that hold any."""
    found = totals(visible(actor))
    return [found[view] for view in PAYERS if found[view].count]


def page_of(rows: QuerySet[Payment], view: str, number: int) -> list[Line]:
    """Fifty of a view's payments: what is due first on top, of the paid ones the newest."""
    order = ("-paid_on", "-id") if view == "betalda" else ("due_on", "id")
    asked = rows.filter(state__in=VIEWS[view]).select_related(
        "case__association", "case__district", "certified_by", "released_by", "giro"
    )
    start = (number - 1) * PAGE
    return [Line(row, PAYMENT.state(row.state)) for row in asked.order_by(*order)[start : start + PAGE]]
