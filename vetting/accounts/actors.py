"""Who acts. An actor is mandatory everywhere; timed work has a named system actor."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Self

from vetting.accounts.models import Membership, Scope, User
from vetting.accounts.roles import ROLES, Permission, Role, roles_with


@dataclass(frozen=True, slots=True)
class Post:
    """A membership as the actor holds it today."""

    district_id: int
    district_code: str
    role: Role
    unit_id: int | None = None
    formal_only: bool = False
    district_name: str = ""


@dataclass(frozen=True, slots=True)
class Actor:
    """A person with the roles of today, or the system under a name. Built by `actor_for` and `system_actor`."""

    reference: str
    name: str
    user_id: int | None = None
    posts: tuple[Post, ...] = ()

    @property
    def is_system(self) -> bool:
        return self.user_id is None

    @property
    def person_id(self) -> int:
        """The user's id, where only a person can act; RuntimeError for the system."""
        if self.user_id is None:
            raise RuntimeError(f"{self.reference} is not a person")
        return self.user_id

    def roles_in(self, district_id: int) -> frozenset[Role]:
        return frozenset(post.role for post in self.posts if post.district_id == district_id)

    def may(self, permission: Permission, district_id: int | None = None) -> bool:
        """Whether any role gives `permission` in the district (in any district when None)."""
        wanted = roles_with(permission)
        return any(p.role in wanted and district_id in (None, p.district_id) for p in self.posts)

    def districts_with(self, permission: Permission) -> frozenset[int]:
        """The ids of the districts in which the actor has `permission`: where every scoped read starts."""
        wanted = roles_with(permission)
        return frozenset(post.district_id for post in self.posts if post.role in wanted)

    def formal_only_in(self, district_id: int) -> bool:
        """A reader lent by another district sees the formal questions only (docs/domain.md §7)."""
        posts = [post for post in self.posts if post.district_id == district_id]
        return bool(posts) and all(post.formal_only for post in posts)

    @property
    def workplace(self) -> str:
        """The names of the administrations the actor works in today, for the foot of the page."""
        return ", ".join(dict.fromkeys(post.district_name for post in self.posts))

    @property
    def titles(self) -> str:
        return ", ".join(dict.fromkeys(str(ROLES[post.role].label) for post in self.posts))

    def shape(self) -> Any:
        """What decides how a scoped read is written (`kernel.statement`): the roles, and which share a district."""
        places = self._places()
        roles = tuple((places.index(post.district_id), post.role, post.formal_only) for post in self.posts)
        return self.is_system, len(places), roles

    def leaves(self) -> Sequence[int]:
        """What a scoped read binds: the districts in their order, then the person."""
        return [*self._places(), *([] if self.user_id is None else [self.user_id])]

    def with_leaves(self, leaves: Sequence[int]) -> Self:
        """Somebody with the same roles elsewhere. Units and names are made up: no read can rest on them unseen."""
        known = dict(zip(self._places(), leaves, strict=False))
        posts = tuple(
            replace(
                post,
                district_id=known[post.district_id],
                district_code=str(known[post.district_id]),
                district_name=str(known[post.district_id]),
                unit_id=None if post.unit_id is None else known[post.district_id] - 1,
            )
            for post in self.posts
        )
        return replace(self, user_id=None if self.user_id is None else leaves[-1], posts=posts)

    def _places(self) -> list[int]:
        return sorted({post.district_id for post in self.posts})


def posts_of(user_id: int, *, on: date) -> tuple[Post, ...]:
    """The roles a user holds on a day, read afresh (one query). A closed account holds none."""
    held = Membership.objects.valid_on(on).filter(user_id=user_id, user__is_active=True)
    rows: Iterable[Membership] = held.select_related("district").order_by("id")
    return tuple(
        Post(
            district_id=row.district_id,
            district_code=row.district.code,
            role=Role(row.role),
            unit_id=row.unit_id,
            formal_only=row.scope == Scope.FORMAL,
            district_name=row.district.name,
        )
        for row in rows
    )


def actor_for(user: User, *, on: date) -> Actor:
    """The actor of a signed-in user on a day in Stockholm."""
    return Actor(user.reference, user.name, user.pk, posts_of(user.pk, on=on))


def refreshed(actor: Actor, *, on: date) -> Actor:
    """The same person with the roles read afresh: one may have ended since the page was made."""
    return Actor(actor.reference, actor.name, actor.user_id, posts_of(actor.user_id or 0, on=on))


def system_actor(name: str) -> Actor:
    """The named actor of timed work, e.g. `system_actor("obligations.tick")`."""
    return Actor(f"system:{name}", name)
