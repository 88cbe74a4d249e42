"""The people of one district as a scenario needs them: one actor per role."""

from dataclasses import dataclass

from vetting.accounts.actors import Actor, actor_for
from vetting.accounts.models import District, Membership
from vetting.accounts.roles import Role
from vetting.kernel import clock


@dataclass(frozen=True, slots=True)
class Staff:
    """`officer` prepares, `colleague` is a second grant officer; the rest carry their role's name."""

    district: District
    officer: Actor
    colleague: Actor
    reader: Actor
    unit_head: Actor
    secretary: Actor
    registrar: Actor
    coordinator: Actor


def staff_of(district: District) -> Staff:
    """The district's people by role, first come first; raises LookupError naming the role nobody holds."""

    def holders(role: Role) -> list[Actor]:
        rows = (
            Membership.objects.valid_on(clock.today())
            .filter(district=district, role=role, user__is_active=True)
            .select_related("user")
            .order_by("id")
        )
        found = [actor_for(row.user, on=clock.today()) for row in rows]
        if not found:
            raise LookupError(f"nobody in {district.code} is {role.value}")
        return found

    officers = holders(Role.GRANT_OFFICER)
    return Staff(
        district=district,
        officer=officers[0],
        colleague=officers[-1],
        reader=holders(Role.SECOND_READER)[0],
        unit_head=holders(Role.UNIT_HEAD)[0],
        secretary=holders(Role.BOARD_SECRETARY)[0],
        registrar=holders(Role.REGISTRAR)[0],
        coordinator=holders(Role.COORDINATOR)[0],
    )
