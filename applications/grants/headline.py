"""What stands in the header of a grant case: what is applied for, and until when."""

from typing import Any

from django.utils.translation import gettext as _

from applications.cases.header import due_text
from applications.cases.panels import Headline
from vetting.kernel import text


def what(application: Any) -> str:
    name = str(application.round.programme)
    return _("Application for %(programme)s") % {"programme": name[:1].lower() + name[1:]}


def facts(application: Any) -> list[tuple[Any, Any]]:
    """The sum applied for and, where the round has one, the day on which the board is to decide."""
    amount = application.applied_amount
    found: list[tuple[Any, Any]] = [
        (_("Applied for"), text.kronor(amount) if amount is not None else _("not stated yet"))
    ]
    if application.is_open and application.round.meeting_on:
        found.append((_("Decision"), due_text(application.round.meeting_on)))
    return found


GRANT_HEADLINE = Headline(
    what=what,
    facts=facts,
    related=("grantapplication__round__programme", "grantapplication__round__programme_version"),
)
