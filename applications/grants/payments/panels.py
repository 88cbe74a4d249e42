"""What the payments add to every page of a grant case: the tab, the short row, the next day."""

from decimal import Decimal
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef, Subquery, TextField
from django.db.models.functions import Cast, JSONObject

from applications.cases import panels
from applications.cases.panels import Deadline, Tab, Track, TrackLine
from applications.grants.models import Payment
from applications.grants.payments.effects import COLUMN
from applications.grants.payments.workflow import ENDED, PAYMENT
from vetting.accounts.roles import Permission
from vetting.kernel import text
from vetting.kernel.labels import Label

KINDS = ("grant",)


def payment_rows() -> Any:
    """State and sum of each row, in the plan's order, each with what is granted in all."""
    found = Payment.objects.filter(case=OuterRef("pk")).order_by("position")
    granted = F("case__grant_sums__granted")
    sums = {"amount": Cast("amount", TextField()), "granted": Cast(granted, TextField())}
    return ArraySubquery(found.values(row=JSONObject(state="state", **sums)))


def payment_due() -> Any:
    found = Payment.objects.filter(case=OuterRef("pk"), due_on__isnull=False).order_by("due_on")
    return Subquery(found.values("due_on")[:1])


def line(case: Any) -> TrackLine | None:
    """Where the first payment that is not settled stands, and how much is paid."""
    found = panels.column(case, COLUMN)
    if not found:
        return None
    state = next((row["state"] for row in found if row["state"] not in ENDED), "")
    if not state:
        state = "paid" if any(row["state"] == "paid" for row in found) else "cancelled"
    paid = sum((Decimal(row["amount"]) for row in found if row["state"] == "paid"), Decimal(0))
    shown = text.kronor(paid, unit=False), text.kronor(Decimal(found[0]["granted"]))
    note = Label(f"{shown[0]} av {shown[1]} betalt", f"{shown[0]} of {shown[1]} paid")
    return TrackLine(state=PAYMENT.state(state), note=str(note))


def register_all(owner: str) -> None:
    panels.columns.register(COLUMN, payment_rows, owner=owner)
    panels.columns.register("payment_due", payment_due, owner=owner)
    panels.tabs.register(
        "payments",
        Tab(70, Label("Utbetalning", "Payment"), "show-payments", Permission.SEE_CASES, kinds=KINDS),
        owner=owner,
    )
    panels.tracks.register("payments", Track(20, Label("Utbetalning", "Payment"), line, kinds=KINDS), owner=owner)
    panels.deadlines.register(
        "payments",
        Deadline(
            45,
            Label("Utbetalningens nästa steg", "The payment's next step"),
            "payment_due",
            "show-payments",
            kinds=KINDS,
        ),
        owner=owner,
    )
