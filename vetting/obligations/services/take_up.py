"""`take_up()`: a person has a reminder that could not be written tried again."""

from vetting.accounts.actors import Actor
from vetting.accounts.pages import must_have
from vetting.accounts.roles import Permission
from vetting.obligations.models import STANDING, Obligation
from vetting.obligations.services.change import log, standing


def take_up(*, obligation: Obligation, actor: Actor) -> Obligation:
    """The next tick tries again, with all its attempts. Raises NotAllowed, NotNow when the obligation has ended."""
    must_have(actor, Permission.HANDLE_MESSAGES, obligation.district_id)
    with standing(obligation, *STANDING) as fresh:
        fresh.attempts, fresh.retry_at, fresh.trouble = 0, None, ""
        log("taken_up", fresh, actor)
    return fresh
