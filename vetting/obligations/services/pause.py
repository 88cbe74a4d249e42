"""`pause()` and `resume()`: nobody is reminded while a hearing or a request for more time runs."""

from datetime import date

from vetting.audit.services import HasReference
from vetting.kernel import clock
from vetting.obligations.models import Obligation, ObligationState, ObligationStep, StepOutcome
from vetting.obligations.plan import next_day, owed, steps_of
from vetting.obligations.services.change import log, standing
from vetting.obligations.services.move_due import set_due


def pause(
    *, obligation: Obligation, actor: HasReference, words: str = "", expected_version: int | None = None
) -> Obligation:
    """Reminders rest; the last day stands. Raises NotNow when it does not run, Stale."""
    with standing(obligation, ObligationState.OPEN, expected_version=expected_version) as fresh:
        fresh.state = ObligationState.PAUSED
        log("paused", fresh, actor, words=words)
    return fresh


def resume(
    *, obligation: Obligation, actor: HasReference, due_on: date | None = None, expected_version: int | None = None
) -> Obligation:
    """Reminders go on, with a new last day where one is given. Without one the steps whose day fell in the pause are
    recorded as that and not sent afterwards. Raises NotNow when it does not rest, Invalid for a day behind, Stale."""
    with standing(obligation, ObligationState.PAUSED, expected_version=expected_version) as fresh:
        fresh.state = ObligationState.OPEN
        if due_on is not None and due_on != fresh.due_on:
            set_due(fresh, due_on)
        else:
            _skip_what_fell_in_the_pause(fresh)
        log("resumed", fresh, actor)
    return fresh


def _skip_what_fell_in_the_pause(fresh: Obligation) -> None:
    today, steps = clock.today(), steps_of(fresh.plan.content)
    if fresh.next_on is None or fresh.next_on >= today:
        return
    ObligationStep.objects.bulk_create(
        ObligationStep(
            obligation=fresh,
            turn=fresh.turn,
            step=step.code,
            owed_on=step.owed_on(fresh.due_on),
            outcome=StepOutcome.IN_PAUSE,
        )
        for step in owed(steps, fresh.due_on, since=fresh.next_on, until=today)
        if step.owed_on(fresh.due_on) < today
    )
    fresh.next_on = next_day(steps, fresh.due_on, on_or_after=today)
