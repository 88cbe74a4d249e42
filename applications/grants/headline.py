"""What stands in the header of a grant case: what is applied for, and until when."""

from typing import Any

from django.utils.translation import gettext as _

from applications.cases.header import due_text
from applications.cases.panels import Headline
from applications.grants.naming import inside
from vetting.kernel import text

DECIDED = frozenset({"granted", "refused", "dismissed", "withdrawn", "closed"})


def what(application: Any) -> str:
    return _("Application for %(programme)s") % {"programme": inside(str(application.round.programme))}


def facts(application: Any) -> list[tuple[Any, Any]]:
    """The sum applied for and, until it is decided, the day on which the board is to decide where the round has one."""
    amount = application.applied_amount
    found: list[tuple[Any, Any]] = [
        (_("Applied for"), text.kronor(amount) if amount is not None else _("not stated yet"))
    ]
    if application.is_open and application.round.meeting_on and application.state not in DECIDED:
        found.append((_("Decision"), due_text(application.round.meeting_on)))
    return found


GRANT_HEADLINE = Headline(
    what=what,
    facts=facts,
    related=("grantapplication__round__programme", "grantapplication__round__programme_version"),
)
