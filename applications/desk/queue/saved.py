"""The saved views: what officers ask for every day, each answered by an index."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from applications.desk.states import codes_with
from vetting.accounts.actors import Actor
from vetting.accounts.roles import Role
from vetting.kernel import clock
from vetting.kernel.workflow import Shape


@dataclass(frozen=True, slots=True)
class SavedView:
    """`code` stands in the address. `narrow` says which of the open cases belong to it."""

    code: str
    label: Any
    text: Any
    narrow: Callable[[Actor], Q]


MINE = SavedView(
    "mina", _("Mine"), _("My open cases, the ones due first on top."), lambda actor: Q(officer_id=actor.user_id)
)
OPEN = SavedView("oppna", _("All open"), _("Every open case, the ones due first on top."), lambda actor: Q())
VIEWS: tuple[SavedView, ...] = (
    MINE,
    SavedView("otilldelade", _("Unassigned"), _("Cases that nobody handles yet."), lambda actor: Q(officer_id=None)),
    SavedView(
        "forsenade",
        _("Overdue"),
        _("Cases whose next step should have been taken."),
        lambda actor: Q(due_on__lt=clock.today()),
    ),
    SavedView(
        "vantar",
        _("Awaiting an answer"),
        _("Cases that wait for somebody else: the association, a consultation, the next meeting."),
        lambda actor: Q(state__in=codes_with(Shape.WAIT)),
    ),
    SavedView(
        "beslut",
        _("For decision"),
        _("Cases with a proposal, ready for whoever decides."),
        lambda actor: Q(state__in=codes_with(Shape.DECIDE)),
    ),
    OPEN,
)
BY_CODE = {view.code: view for view in VIEWS}


def first_view(actor: Actor) -> SavedView:
    """Where the queue opens: with one's own cases for those who handle cases, with all for the others."""
    handles = {Role.GRANT_OFFICER, Role.PREMISES_OFFICER}
    return MINE if handles & {post.role for post in actor.posts} else OPEN
