"""How late a stored application came in, by what its round states (docs/domain.md §4.1). Pure reads of a loaded row."""

from typing import Any

from applications.grants.programmes.rules.lateness import IN_TIME, Lateness, deadline_of, lateness_on
from applications.grants.programmes.terms.stored import terms_of
from vetting.kernel.clock import stockholm


def lateness_of(application: Any) -> Lateness:
    """In time while the arrival is not entered. Paper counted to an earlier day has no hour to hold against it."""
    if application.received_date is None or application.received_at is None:
        return IN_TIME
    reached = stockholm(application.received_at)
    hour = reached.time() if reached.date() == application.received_date else None
    round = application.round
    deadline = deadline_of(round, terms_of(round.programme_version), application.form_code)
    return lateness_on(deadline, application.received_date, hour)
