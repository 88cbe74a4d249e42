"""The case's last days and the reminders of them: what left and when, what was passed over, what comes."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from applications.cases.pages import CasePage
from vetting.accounts.roles import Permission
from vetting.kernel import text
from vetting.kernel.workflow import Shape
from vetting.obligations.models import ObligationState, StepOutcome
from vetting.obligations.selectors import Reminder, Watched, reminders_of

STATES = {
    ObligationState.OPEN: (gettext_lazy("Awaited"), Shape.WAIT),
    ObligationState.PAUSED: (gettext_lazy("Rests"), Shape.STOP),
    ObligationState.MET: (gettext_lazy("Handed in"), Shape.DONE),
    ObligationState.CANCELLED: (gettext_lazy("Not awaited any more"), Shape.CLOSED),
}
LATE = (gettext_lazy("Late"), Shape.LATE)


class ShowRemindersView(CasePage):
    """GET /arenden/<key>/paminnelser/: for everybody who may see the case."""

    template = "cases/reminders.html"
    title = gettext_lazy("Last days and reminders")
    http_method_names = ("get", "head")

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        may_handle = self.actor.may(Permission.HANDLE_MESSAGES, self.case.district_id)
        return self.page(watched=[_told(row) for row in reminders_of(self.case.key)], may_handle=may_handle)


def _told(watched: Watched) -> dict[str, Any]:
    word, shape = LATE if watched.is_late else STATES[ObligationState(watched.obligation.state)]
    rows = [(reminder, what_became(reminder)) for reminder in watched.reminders]
    return {"row": watched.obligation, "label": watched.label, "word": word, "shape": shape, "reminders": rows}


def what_became(reminder: Reminder) -> str:
    """What happened to the step, in one sentence."""
    if reminder.outcome == StepOutcome.PASSED_OVER:
        return _("Passed over: a later reminder was owed too and was sent instead.")
    if reminder.outcome == StepOutcome.IN_PAUSE:
        return _("Not sent: its day fell while reminders rested.")
    if reminder.outcome == StepOutcome.WRITTEN:
        return _mails(reminder)
    return _("To come")


def _mails(reminder: Reminder) -> str:
    if reminder.parked:
        return _("Could not be sent and waits for somebody.")
    if reminder.sent < reminder.mails or reminder.sent_at is None:
        return _("Written, waits to be sent.")
    number = ngettext("to %(number)d recipient", "to %(number)d recipients", reminder.sent) % {"number": reminder.sent}
    return _("Sent %(day)s %(number)s.") % {"day": text.moment(reminder.sent_at), "number": number}
