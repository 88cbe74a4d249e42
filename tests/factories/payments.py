"""Grants with payments in several parts, and payers, for tests of the payments."""

from decimal import Decimal
from typing import Any

from applications.cases.services.jav import declare_jav
from applications.examples.scenarios.grant_case import GrantCase
from applications.grants.models import Payment
from tests.factories import grants, people, programmes
from vetting.accounts.actors import Actor
from vetting.accounts.roles import Role

HALVES = [{"percent": 50, "when": "on_decision"}, {"percent": 50, "when": "on_decision"}]


def in_parts(plan: list[dict[str, Any]], *, amount: Decimal = Decimal(45000), code: str = "foreningsstod") -> GrantCase:
    """A granted case under a programme that pays by `plan`."""
    staff = grants.office()
    version = programmes.published(at=staff.district, payment=plan, code=code)
    case = grants.grant(staff, call=programmes.call(version), amount=amount)
    case.walk("granted")
    return case


def payer(case: GrantCase, *, role: Role = Role.PAYER) -> Actor:
    """A new person in the role who has declared no conflict of interest in the case."""
    actor = people.actor(role, at=case.staff.district)
    declare_jav(case=case.case, actor=actor, answer="none")
    return actor


def rows(case: GrantCase) -> list[Payment]:
    return list(Payment.objects.filter(case_id=case.pk).order_by("position"))
