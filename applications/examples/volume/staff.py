"""Who handled the volume's cases: twelve officers, a reader, a unit head and a secretary per district."""

from applications.examples import base
from applications.examples.volume.load import Staff
from vetting.accounts.models import District, Membership
from vetting.accounts.roles import Role

OFFICERS = 12
OTHERS = (Role.SECOND_READER, Role.UNIT_HEAD, Role.BOARD_SECRETARY, Role.REGISTRAR)


def staff_of(district: District) -> Staff:
    """The district's officers and one person per other role; those who are missing are made, without a password."""
    if district.code in {code for code, *_names in base.DISTRICTS}:
        base.ensure_accounts(base.ensure_districts(), None)
    base.ensure_rules([district])
    for number in range(1, OFFICERS + 1):
        username = f"volym-{district.pk}-{number}"
        user = base.ensure_user(username, f"Handläggare {district.code} {number}", None)
        base.ensure_role(user, district, Role.GRANT_OFFICER)
    for role in OTHERS:
        if not _holders(district, role):
            user = base.ensure_user(f"volym-{district.pk}-{role}", f"{role} {district.code}", None)
            base.ensure_role(user, district, role)
    officers = [row.user for row in _holders(district, Role.GRANT_OFFICER)]
    return Staff(tuple(officers), {str(role): _holders(district, role)[0].user.reference for role in OTHERS})


def _holders(district: District, role: Role) -> list[Membership]:
    return list(
        Membership.objects.filter(district=district, role=role, valid_to=None).select_related("user").order_by("id")
    )
