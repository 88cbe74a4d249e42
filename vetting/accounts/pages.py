"""The base of every signed-in page: a permission is stated, checked before anything is loaded, and listed.

An architecture test walks the URL table: a view that is neither a `Page` nor on the short public list fails it,
and so does a URL missing from the access matrix (tests/access/matrix.csv).
"""

from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext_lazy as _
from django.views import View

from vetting.accounts.actors import Actor
from vetting.accounts.roles import ROLES, Permission, Role, roles_with
from vetting.kernel.errors import NotAllowed


def must_have(actor: Actor, permission: Permission, district_id: int | None = None) -> None:
    """Raises NotAllowed, naming the roles that may, when the actor lacks `permission` in the district."""
    if not actor.may(permission, district_id):
        raise NotAllowed(
            _("Your roles do not include this. It can be done by: %(who)s.") % {"who": who_may(roles_with(permission))},
            who=sorted(roles_with(permission)),
            code=permission.value,
        )


def who_may(roles: frozenset[Role] | tuple[str, ...]) -> str:
    """The roles' titles in the reader's language, for a sentence that says whom to ask."""
    return ", ".join(str(ROLES[Role(role)].label).lower() for role in sorted(roles))


class Page(View):
    """Load in `load()`, check in `dispatch()`, one domain call per post.

    `permission` is what it takes to see what the page is about; `post_permission`, where set, what its form takes. It
    is asked as soon as the page is opened: whoever may see and not act is told who may before anything is typed.
    """

    permission: Permission
    post_permission: Permission | None = None

    @property
    def actor(self) -> Actor:
        return self.request.actor  # type: ignore[attr-defined]

    def load(self, *args: Any, **kwargs: Any) -> None:
        """Loads the page's objects, starting from `for_user`; raises NotFound for what the person cannot see.

        A base calls `must_be_allowed` as soon as the object's district is known.
        """

    def must_be_allowed(self, district_id: int | None = None) -> None:
        """Raises NotAllowed, naming who may, unless the person may do in the district what the page is for."""
        must_have(self.actor, self.post_permission or self.permission, district_id)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        must_have(self.actor, self.permission)
        self.load(**kwargs)
        self.must_be_allowed()
        return super().dispatch(request, *args, **kwargs)
