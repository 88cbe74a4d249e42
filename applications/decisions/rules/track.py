"""Guards of the decision's track: what must be there before a step, each with its reason (docs/domain.md §4.2)."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from applications.decisions.choices import CourtAnswer
from applications.decisions.freezing import is_intact
from applications.decisions.rules.clocks import legal_force_from
from vetting.kernel.errors import Reason
from vetting.kernel.text import day
from vetting.kernel.workflow import Move


def _lack(code: str, text: Any, place: str) -> Reason:
    return Reason(code, text, data={"field": place})


def reasons_frozen(move: Move) -> Reason | None:
    """The reasons stand frozen with their hash, and the payload still gives that hash."""
    if is_intact(move.subject.decision):
        return None
    return Reason("not_frozen", _("The frozen text of the decision does not match its checksum. Call system support."))


def notice_whole(move: Move) -> Reason | None:
    """The notice as registered: address, approval day and announcement day, in order, none in the future."""
    if move.data.get("preview"):
        return None  # the button is shown; the form asks
    approved, announced = move.data.get("approved_on"), move.data.get("announced_on")
    if not (approved and announced and move.data.get("address")):
        text: Any = _("Register approval day, announcement day and the address of the notice.")
        return _lack("notice_missing", text, "announced_on")
    decided = move.subject.decision.decided_on
    if approved < decided:
        text = _("The minutes cannot be approved before the decision, %(day)s.") % {"day": day(decided)}
        return _lack("approved_too_early", text, "approved_on")
    if announced < approved:
        text = _("The announcement cannot come before the minutes are approved.")
        return _lack("announced_too_early", text, "announced_on")
    if announced > move.today:
        return _lack("announced_ahead", _("Register the notice when it stands there."), "announced_on")
    return None


def force_may_be_confirmed(move: Move) -> Reason | None:
    """The appeal time is out, the notice stood through its last day, and the court answered that nothing came."""
    waits_for_time = move.subject.state == "announced"
    notice = move.subject.announcements.first()
    if waits_for_time and (reason := _notice_speaks_against(notice, move)):
        return reason
    if move.data.get("preview"):
        return None
    if move.data.get("answer") == CourtAnswer.APPEALED:
        return _lack("appealed", _("The court says it is appealed. Register the appeal instead."), "answer")
    asked, answered = move.data.get("asked_on"), move.data.get("answered_on")
    if not (asked and answered and move.data.get("answer") and move.data.get("reference")):
        text: Any = _(
            "Write when the administrative court was asked, when it answered and how. The own inbox cannot show it."
        )
        return _lack("court_not_asked", text, "asked_on")
    if answered < asked:
        return _lack("answered_too_early", _("The answer cannot come before the question."), "answered_on")
    if answered > move.today:
        return _lack("answered_ahead", _("Register the answer when it has come."), "answered_on")
    if waits_for_time and answered <= notice.last_day:
        text = _("The court answered before the appeal time was out. Ask again.")
        return _lack("asked_too_early", text, "answered_on")
    return None


def _notice_speaks_against(notice: Any, move: Move) -> Reason | None:
    if notice is None:
        return Reason("no_notice", _("No announcement is registered: the appeal time has not begun to run."))
    if notice.fell_early:
        return Reason("notice_fell", _("The notice came down early: the appeal time has not run (KL 13:5)."))
    force_from = legal_force_from(notice.last_day)
    if move.today < force_from:
        days = {"day": day(notice.last_day), "force": day(force_from)}
        text: Any = _("The appeal time runs until %(day)s. Legal force can be confirmed from %(force)s.")
        return Reason("too_early", text % days)
    return None


def fault_named(move: Move) -> Reason | None:
    """An annulled decision comes with the court's ground: a new one must avoid that fault (KL 13:8)."""
    if move.data.get("preview") or str(move.data.get("ground", "")).strip():
        return None
    return _lack("ground", _("Write the fault the court named: a new decision must avoid it."), "ground")


def replaced_by_a_new_one(move: Move) -> Reason | None:
    """A decision is replaced only by another that points at it."""
    proposal = move.data.get("proposal")
    if proposal is not None and proposal.corrects_id == move.subject.decision_id:
        return None
    return Reason("no_new_decision", _("A decision is corrected by a new decision that points at it."))
