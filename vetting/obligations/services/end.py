"""`meet()` and `cancel()`: nothing is owed any more. What was sent stays as it was."""

from vetting.audit.services import HasReference
from vetting.kernel import clock
from vetting.obligations.models import STANDING, Obligation, ObligationState
from vetting.obligations.services.change import log, standing


def meet(*, obligation: Obligation, actor: HasReference, expected_version: int | None = None) -> Obligation:
    """What was owed has been given. Raises NotNow when it has ended already, Stale."""
    return _end(obligation, ObligationState.MET, actor, "", expected_version)


def cancel(
    *, obligation: Obligation, actor: HasReference, words: str = "", expected_version: int | None = None
) -> Obligation:
    """It is not owed any more, whatever was given; `words` say why. Raises NotNow when it has ended already, Stale."""
    return _end(obligation, ObligationState.CANCELLED, actor, words, expected_version)


def _end(
    obligation: Obligation, state: ObligationState, actor: HasReference, words: str, expected_version: int | None
) -> Obligation:
    with standing(obligation, *STANDING, expected_version=expected_version) as fresh:
        fresh.state, fresh.ended_at, fresh.next_on = state, clock.now(), None
        fresh.trouble, fresh.retry_at = "", None
        log(state.value, fresh, actor, words=words)
    return fresh
