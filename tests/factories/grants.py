"""Grant cases for tests: a whole small office, and cases walked to a state by the right people."""

from datetime import date
from decimal import Decimal
from typing import Any

from applications.decisions.services.rule_versions import install_example_rules
from applications.examples.scenarios.grant_case import GrantCase
from applications.examples.scenarios.staff import Staff, staff_of
from applications.grants.models import Round
from tests.factories import decisions, people, programmes, reviews
from vetting.accounts.models import District
from vetting.accounts.roles import Role

ROLES = (
    Role.GRANT_OFFICER,
    Role.GRANT_OFFICER,
    Role.SECOND_READER,
    Role.UNIT_HEAD,
    Role.BOARD_SECRETARY,
    Role.REGISTRAR,
    Role.COORDINATOR,
    Role.PAYER,
    Role.PAYER,
)


def office(at: District | None = None) -> Staff:
    """The people of a district, its example rules and what its letters need."""
    at = at or people.district()
    at.letter_facts = dict(decisions.FACTS)
    at.save(update_fields=["letter_facts"])
    for role in ROLES:
        people.user(role, at=at)
    reviews.checklists()
    install_example_rules(district=at, valid_from=date(2020, 1, 1))
    return staff_of(at)


def grant(staff: Staff, *, call: Round | None = None, amount: Decimal = Decimal(45000), name: str = "") -> GrantCase:
    """An application not yet typed; `.walk("review")` takes it there."""
    call = call or Round.objects.filter(programme__district=staff.district).first()
    return GrantCase(
        staff=staff,
        association=people.association(name),
        round=call or programmes.call(programmes.published(at=staff.district)),
        amount=amount,
    )


def walked(state: str, **more: Any) -> GrantCase:
    case = grant(office(), **more)
    case.walk(state)
    return case
