"""Effects of the grant's and the decision's rows on its payments, run by the executor inside its transaction."""

from decimal import Decimal
from typing import Any

from django.db.models import Max, Q, Sum
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from applications.cases import executor, panels
from applications.decisions import selectors as decisions
from applications.grants.models import EarlyExecution, Payment, PaymentCondition
from applications.grants.payments.picture import picture_on
from applications.grants.payments.plan import Part, parts
from applications.grants.payments.rules import is_final, is_partial
from applications.grants.payments.workflow import ENDED
from applications.grants.programmes.terms.stored import terms_of
from vetting.accounts.actors import system_actor
from vetting.audit.services import store_payload
from vetting.kernel import clock
from vetting.kernel.errors import Reason
from vetting.kernel.workflow import Move

SYSTEM = system_actor("grants.payments")
COLUMN = "payments"
# Kept in the record, in the language of the record.
NO_LONGER = "Beslutet gäller inte längre. Det som inte är på väg hålls inne."
OUT = Q(state__in=["released", "paid"])


def plan(move: Move) -> None:
    """`payment.plan`: the rows that pay out what the decision just recorded grants, less what is paid already."""
    track = decisions.in_force(move.case.pk)
    granted = track.decision.amount if track is not None else None
    if track is None or granted is None:
        return
    application, decision = move.subject, track.decision
    known: dict[str, Any] = Payment.objects.filter(case=move.case.pk).aggregate(
        out=Sum("amount", filter=OUT), last=Max("position")
    )
    planned = parts(
        granted,
        _instalments(application),
        period_from=application.period_from or application.round.period_from,
        already=known["out"] or Decimal(0),
        revised_budget=is_partial(decision),
    )
    for position, part in enumerate(planned, (known["last"] or 0) + 1):
        _plan_one(move, decision, position, part)


def _instalments(application: Any) -> Any:
    """The plan of the form applied under where it has one, else the programme's; none: all at once."""
    terms = terms_of(application.round.programme_version)
    form = next((one for one in terms.forms if one.code == application.form_code), None)
    return form.payment if form is not None and form.payment else terms.payment


def _plan_one(move: Move, decision: Any, position: int, part: Part) -> None:
    row = Payment(
        case=move.case,
        decision=decision,
        position=position,
        amount=part.amount,
        payable_from=part.payable_from,
        planned_at=clock.now(),
    )
    row.enter("planned", move.today)
    executor.create(subject=row, actor=move.actor, data={"amount": part.amount, "decision": str(decision.key)})
    PaymentCondition.objects.bulk_create(PaymentCondition(payment=row, code=code) for code in part.conditions)


def hold_what_is_left(move: Move) -> None:
    """A decision was annulled or replaced: what is planned or certified under it is held, what is on its way is not."""
    rows = Payment.objects.filter(decision_id=move.subject.decision_id, state__in=["planned", "certified"])
    for row in rows.order_by("position"):
        executor.perform(subject=row, action="hold", actor=SYSTEM, comment=NO_LONGER)


def early_answered(move: Move) -> None:
    """`payment.early_answered`: the answer to KL 13:14 as it was given with the step, where one was owed."""
    picture, reason = picture_on(move), str(move.data.get("early_reason", "")).strip()
    if is_final(picture) or picture.track is None or move.data.get("can_be_put_right") != "yes" or not reason:
        return
    content = {"reason": reason}
    payload, promise = store_payload(content, district=move.case.district.code, at=move.at)
    EarlyExecution.objects.create(
        payment=move.subject,
        track_state=picture.track.state,
        by_id=move.actor.person_id,
        at=move.at,
        payload_id=payload.pk,
        commitment=promise,
    )
    move.log["early"] = picture.track.state


def settled(move: Move) -> Reason | None:
    """Guard `payment.settled` of the grant's close: every payment is paid or cancelled (docs/domain.md §8.1)."""
    states = open_states(move.case)
    if not states:
        return None
    text = _("A payment is not settled yet. Each is paid or cancelled before the case is closed.")
    return Reason("payments_open", text, reverse("show-payments", args=[move.case.key]))


def open_states(case: Any) -> list[str]:
    """The states of the rows that are neither paid nor cancelled; from the page's own question where there was one."""
    if hasattr(case, panels.PREFIX + COLUMN):
        return [row["state"] for row in panels.column(case, COLUMN) if row["state"] not in ENDED]
    return list(Payment.objects.filter(case=case.pk).exclude(state__in=ENDED).values_list("state", flat=True))
