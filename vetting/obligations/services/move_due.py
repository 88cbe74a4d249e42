"""`move_due()`: a new last day, with its own steps of reminders."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from vetting.audit.services import HasReference
from vetting.kernel import clock
from vetting.kernel.errors import Invalid
from vetting.obligations.models import STANDING, Obligation
from vetting.obligations.plan import next_day, steps_of
from vetting.obligations.services.change import log, standing


def move_due(
    *,
    obligation: Obligation,
    due_on: date,
    actor: HasReference,
    words: str = "",
    expected_version: int | None = None,
) -> Obligation:
    """Sets a new last day from today on; the steps are counted from it anew, those behind are not owed.

    Raises Invalid for a day that lies behind or is the same, NotNow when it has ended, Stale.
    """
    with standing(obligation, *STANDING, expected_version=expected_version) as fresh:
        before = fresh.due_on
        if due_on == before:
            text = _("That is the last day already.")
            raise Invalid(text, fields={"due_on": [text]}, code="same_day")
        set_due(fresh, due_on)
        log("moved", fresh, actor, data={"before": before}, words=words)
    return fresh


def set_due(fresh: Obligation, due_on: date) -> None:
    """A new last day and a new turn of steps, on a locked obligation."""
    today = clock.today()
    if due_on < today:
        text = _("The new last day lies behind us. Choose today or a later day.")
        raise Invalid(text, fields={"due_on": [text]}, code="day_behind")
    fresh.due_on, fresh.turn = due_on, fresh.turn + 1
    fresh.next_on = next_day(steps_of(fresh.plan.content), due_on, on_or_after=today)
    fresh.attempts, fresh.retry_at, fresh.trouble = 0, None, ""
