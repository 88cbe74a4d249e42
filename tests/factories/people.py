"""Districts and people for tests. Names are invented roles, never persons."""

from datetime import date
from itertools import count

from applications.associations.models import Association
from applications.examples.names import orgnr
from vetting.accounts.actors import Actor, actor_for
from vetting.accounts.models import District, Membership, User
from vetting.accounts.roles import Role
from vetting.kernel import clock

_numbers = count(1)


def district(code: str = "KUN") -> District:
    """A district by its code; the same one when asked for again."""
    found, _ = District.objects.get_or_create(
        code=code, defaults={"name": f"{code} stadsdelsförvaltning", "board_name": f"{code} stadsdelsnämnd"}
    )
    return found


def user(
    *roles: Role, at: District | None = None, username: str = "", since: date = date(2020, 1, 1), scope: str = "all"
) -> User:
    """A person with open-ended roles in one district."""
    number = next(_numbers)
    person = User.objects.create_user(username or f"person{number}", name=f"Person {number}", password="hemligt-ord-1")
    for role in roles:
        Membership.objects.create(user=person, district=at or district(), role=role, scope=scope, valid_from=since)
    return person


def actor(*roles: Role, at: District | None = None) -> Actor:
    """The actor of a new person with the roles."""
    return actor_for(user(*roles, at=at), on=clock.today())


def also(person: User, *roles: Role, at: District) -> Actor:
    """The person's actor with roles in one more district."""
    for role in roles:
        Membership.objects.create(user=person, district=at, role=role, valid_from=date(2020, 1, 1))
    return actor_for(person, on=clock.today())


def association(name: str = "") -> Association:
    number = next(_numbers)
    return Association.objects.create(name=name or f"Kvartersförening {number}", orgnr=orgnr(number))
