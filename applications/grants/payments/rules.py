"""Guards of a payment row: pure predicates that answer with a reason, or None (docs/domain.md §8.1; §6.2 F3, F9).

On a button (`data["preview"]`) what only the step's form can give is not asked for.
"""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from applications.decisions.choices import Outcome
from applications.grants.payments.picture import Picture, picture_on
from vetting.kernel.clock import stockholm
from vetting.kernel.errors import Reason
from vetting.kernel.text import day, kronor
from vetting.kernel.workflow import Move

STAYED = "stayed"
FINAL = "final"
APPEALED = "appealed"
BOUND = ("certified", "released", "paid")
PLANNED = ("planned", *BOUND)


def _lack(code: str, text: Any, field: str) -> Reason:
    return Reason(code, text, data={"field": field})


def decision_in_force(move: Move) -> Reason | None:
    """The decision the row was planned under is in force, and nobody is reconsidering it."""
    picture, url = picture_on(move), reverse("show-decisions", args=[move.case.key])
    if not picture.carries(move.subject):
        text: Any = _("The decision behind this payment is no longer in force, so it is not paid.")
        return Reason("no_force", text, url)
    if move.case.state != "granted":
        return Reason("reconsidered", _("The case is being reconsidered. Nothing is paid meanwhile."), url)
    return None


def conditions_met(move: Move) -> Reason | None:
    """Every condition of the row is met: a revised budget, an approved report (docs/domain.md §8.1, grant)."""
    open_ones = [one for one in picture_on(move).row(move.subject.pk).conditions.all() if one.met_on is None]
    if not open_ones:
        return None
    url = reverse("meet-payment-condition", args=[open_ones[0].key])
    text = _("A condition is not met yet: %(what)s.") % {"what": open_ones[0].get_code_display().lower()}
    return Reason("condition", text, url)


def giro_in_use(move: Move) -> Reason | None:
    """The association has a giro that a second person confirmed; the chosen one is such a one (§6.2 F9)."""
    giros = picture_on(move).giros
    if not giros:
        url = reverse("show-association", args=[move.case.association.key]) if move.case.association_id else ""
        text: Any = _("The association has no giro that a second person has confirmed.")
        return Reason("no_giro", text, url)
    chosen = move.data.get("giro_id") or giros[0].pk
    if chosen not in {one.pk for one in giros}:
        return _lack("giro", _("That giro is no longer in use. Choose one that is."), "giro")
    move.facts["giro_id"] = chosen
    return None


def giro_still_in_use(move: Move) -> Reason | None:
    """What was certified is what is paid to: a giro changed since then needs a new certification."""
    if move.subject.giro_id in {one.pk for one in picture_on(move).giros}:
        return None
    text = _("The giro that was certified is no longer in use. Hold the payment and let it go: it is certified anew.")
    return Reason("giro_changed", text)


def within_granted(move: Move) -> Reason | None:
    """What is certified, on its way and paid never comes to more than is granted. The database holds it too."""
    return _fits(move, BOUND)


def fits_the_plan(move: Move) -> Reason | None:
    """Beside what is planned, certified, on its way and paid there is room for the row."""
    return _fits(move, PLANNED)


def _fits(move: Move, states: tuple[str, ...]) -> Reason | None:
    picture: Picture = picture_on(move)
    left = picture.granted - picture.total(*states, but=move.subject.pk)
    if move.subject.amount <= left:
        return None
    text = _("%(left)s is left of what is granted, and this payment is %(amount)s.") % {
        "left": kronor(max(left, left * 0)),
        "amount": kronor(move.subject.amount),
    }
    return Reason("over_granted", text)


def not_who_prepared(move: Move) -> Reason | None:
    """Whoever handles the case or wrote the proposal neither certifies nor releases (docs/domain.md §7)."""
    track = picture_on(move).track
    wrote = track is not None and track.decision.presented_by == move.actor.reference
    if wrote or (move.actor.user_id is not None and move.case.officer_id == move.actor.user_id):
        return Reason("prepared", _("You prepared this case. Others certify and pay."))
    return None


def not_who_certified(move: Move) -> Reason | None:
    """Certifier and releaser are two persons, always (design: §2.5)."""
    if move.subject.certified_by_id == move.actor.user_id:
        return Reason("same_person", _("You certified this payment. Another person releases it."))
    return None


def day_has_come(move: Move) -> Reason | None:
    """An instalment with a day of its own is not released before it."""
    from_day = move.subject.payable_from
    if from_day is None or from_day <= move.today:
        return None
    return Reason("too_early", _("It is paid from %(day)s.") % {"day": day(from_day)})


def early_answer(picture: Picture, row: Any) -> Any:
    """The newest answer to KL 13:14 that still holds for the row: one given before an appeal does not survive it."""
    track = picture.track
    answers = sorted(picture.row(row.pk).early_answers.all(), key=lambda one: -one.pk)
    for answer in answers[:1]:
        if track is not None and (track.state != APPEALED or answer.track_state == APPEALED):
            return answer
    return None


def is_final(picture: Picture) -> bool:
    """Legal force; a decision fully the applicant's way has it only when it is confirmed, as any other."""
    return picture.track is not None and picture.track.state == FINAL


def may_be_executed(move: Move) -> Reason | None:
    """Before legal force somebody answers, by name and with a reason: can it be put right if annulled? (KL 13:14)"""
    picture = picture_on(move)
    if is_final(picture):
        return None
    if picture.track is not None and picture.track.state == STAYED:
        url = reverse("show-decisions", args=[move.case.key])
        return Reason("stayed", _("The court has stayed the decision: it is not executed."), url)
    if move.data.get("preview") or early_answer(picture, move.subject) is not None:
        return None
    said = move.data.get("can_be_put_right")
    if said == "no":
        text: Any = _("Then the payment waits for legal force. Hold it, with the reason.")
        return _lack("not_put_right", text, "can_be_put_right")
    if said != "yes":
        text = _("The decision has no legal force yet. Answer whether the payment can be put right if it is annulled.")
        return _lack("early", text, "can_be_put_right")
    if not str(move.data.get("early_reason", "")).strip():
        return _lack("early_reason", _("Write how it can be put right, and why it should not wait."), "early_reason")
    return None


def payment_evidenced(move: Move) -> Reason | None:
    """A payment is registered as paid with the day and the reference of the city's ledger."""
    if move.data.get("preview"):
        return None
    if not str(move.data.get("reference", "")).strip():
        return _lack("reference", _("Write the reference of the payment in the ledger."), "reference")
    paid_on = move.data.get("paid_on")
    if paid_on is None or paid_on > move.today:
        return _lack("paid_on", _("Write the day it was paid, today at the latest."), "paid_on")
    released = stockholm(move.subject.released_at).date()
    if paid_on < released:
        text = _("It was released %(day)s and cannot have been paid before.") % {"day": day(released)}
        return _lack("paid_too_early", text, "paid_on")
    return None


def may_be_cancelled(move: Move) -> Reason | None:
    """Money that a decision in force grants is cancelled only at the association's own written request.

    Anything else would take back a decision without deciding. A row whose decision lost its force just ends.
    """
    if move.data.get("preview") or not picture_on(move).carries(move.subject):
        return None
    document = move.data.get("document_id")
    if document and move.case.documents.filter(pk=document, direction="in").exists():
        return None
    text = _(
        "The decision is in force, so the money is the association's. Name its own written request, or let the "
        "decision be changed first."
    )
    return _lack("no_request", text, "document")


def is_partial(decision: Any) -> bool:
    """Granted less than applied for: the association sends a revised budget before the first payment."""
    if decision.outcome == Outcome.PART:
        return True
    return decision.requested is not None and decision.amount is not None and decision.amount < decision.requested
