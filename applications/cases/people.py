"""Who holds a role in a district today, so that a message can say whom to ask."""

from collections.abc import Iterable, Mapping

from vetting.accounts.models import Membership, MembershipQuerySet
from vetting.accounts.roles import ROLES, Role
from vetting.kernel import clock

SHOWN = 3


def posts_today() -> MembershipQuerySet:
    """The roles that people with an account in use hold today."""
    return Membership.objects.valid_on(clock.today()).filter(user__is_active=True)


def holders(roles: Iterable[str], district_id: int) -> dict[str, list[str]]:
    """Role → names of those who hold it in the district today, in the order of their memberships; one query."""
    rows = posts_today().filter(district_id=district_id, role__in=set(roles)).order_by("id")
    return by_role(rows.values_list("role", "user__name"))


def by_role(posts: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    """Role → names, in the order given."""
    found: dict[str, list[str]] = {}
    for role, name in posts:
        found.setdefault(role, []).append(name)
    return found


def in_words(roles: Iterable[str], names: Mapping[str, list[str]]) -> str:
    """`granskare (Eva Berg), enhetschef (Bo Ek, Ida Lund m.fl.)`: titles, with the first names of each role."""
    return ", ".join(_one(role, names.get(role, [])) for role in dict.fromkeys(roles))


def _one(role: str, names: list[str]) -> str:
    title = str(ROLES[Role(role)].label).lower()
    if not names:
        return title
    more = " …" if len(names) > SHOWN else ""
    return f"{title} ({', '.join(names[:SHOWN])}{more})"
