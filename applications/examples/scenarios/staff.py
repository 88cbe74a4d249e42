"""The people of one district as a scenario needs them: one actor per role."""

from dataclasses import dataclass

from vetting.accounts.actors import Actor, actor_for
from vetting.accounts.models import District, Membership
from vetting.accounts.roles import Role
from vetting.kernel import clock


@dataclass(frozen=True, slots=True)
class Staff:
    """`officer` prepares, `colleague` is a second grant officer, the payers are two persons, the rest by their role."""

    district: District
    officer: Actor
    colleague: Actor
    reader: Actor
    unit_head: Actor
    secretary: Actor
    registrar: Actor
    coordinator: Actor
    payer: Actor
    second_payer: Actor
    steward: Actor
    department_head: Actor


def staff_of(district: District) -> Staff:
    """The district's people by role, first come first. Raises LookupError for a district without a grant officer.

    A role nobody holds is given to the first officer: such a district's cases are only walked as far as officers go.
    """

    def holders(role: Role, otherwise: Actor | None = None) -> list[Actor]:
        rows = (
            Membership.objects.valid_on(clock.today())
            .filter(district=district, role=role, user__is_active=True)
            .select_related("user")
            .order_by("id")
        )
        found = [actor_for(row.user, on=clock.today()) for row in rows]
        if not found and otherwise is None:
            raise LookupError(f"nobody in {district.code} is {role.value}")
        return found or [otherwise] if otherwise else found

    officers = holders(Role.GRANT_OFFICER)
    payers = holders(Role.PAYER, officers[0])
    return Staff(
        district=district,
        officer=officers[0],
        colleague=officers[-1],
        reader=holders(Role.SECOND_READER, officers[0])[0],
        unit_head=holders(Role.UNIT_HEAD, officers[0])[0],
        secretary=holders(Role.BOARD_SECRETARY, officers[0])[0],
        registrar=holders(Role.REGISTRAR, officers[0])[0],
        coordinator=holders(Role.COORDINATOR, officers[0])[0],
        payer=payers[0],
        second_payer=payers[-1],
        steward=holders(Role.PREMISES_OFFICER, officers[0])[0],
        department_head=holders(Role.DEPARTMENT_HEAD, officers[0])[0],
    )
