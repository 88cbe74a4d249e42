"""How late a stored application came in, by what its round states (docs/domain.md §4.1). Pure reads of a loaded row."""

from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from applications.grants.programmes.rules.lateness import IN_TIME, Lateness, deadline_of, lateness_on
from applications.grants.programmes.terms.stored import terms_of
from vetting.kernel import text
from vetting.kernel.clock import stockholm


def lateness_of(application: Any) -> Lateness:
    """In time while the arrival is not entered. Paper counted to an earlier day has no hour to hold against it."""
    if application.received_date is None or application.received_at is None:
        return IN_TIME
    reached = stockholm(application.received_at)
    hour = reached.time() if reached.date() == application.received_date else None
    round = application.round
    deadline = deadline_of(round, terms_of(round.programme_version), application.form_code)
    return lateness_on(deadline, application.received_date, hour, application.postmarked_on)


def late_facts(application: Any) -> str:
    """The days of a late application as a decision's first draft of the facts, in the letter's language; "" in time."""
    late = lateness_of(application)
    if not late.is_late or late.reason is None:
        return ""
    with translation.override("sv"):
        days = {"last": text.day(application.round.closes_on), "came": text.day(application.received_date)}
        said = [_("The last day to apply was %(last)s. The application came in on %(came)s.") % days]
        said.append(str(late.reason.text))
        if application.postmarked_on:
            said.append(_("The letter is postmarked %(day)s.") % {"day": text.day(application.postmarked_on)})
        return " ".join(said)
