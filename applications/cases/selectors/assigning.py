"""What a bulk assignment would do: which cases change hands, and which are left out and why."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from applications.cases.assigning import reason_to_leave, taker_of
from applications.cases.executor import kind_of
from applications.cases.models import Case
from applications.cases.services.assign import HAS_IT
from vetting.accounts.actors import Actor
from vetting.accounts.models import User
from vetting.accounts.roles import Permission
from vetting.kernel.errors import Reason
from vetting.kernel.workflow import State


@dataclass(frozen=True, slots=True)
class Chosen:
    """One case of the check page; `reason` says why it is left as it is."""

    case: Case
    reason: Reason | None

    @property
    def name(self) -> str:
        """Who applies; nothing for a private person, whose name is not for lists."""
        return self.case.association.name if self.case.association else _("Private person")

    @property
    def state(self) -> State:
        return kind_of(self.case).workflow.state(self.case.state)


@dataclass(frozen=True, slots=True)
class Plan:
    """In the order they were chosen. `missing`: how many the person may not see, or that are not there."""

    officer: User
    given: Sequence[Chosen]
    left: Sequence[Chosen]
    missing: int


def assignment_plan(actor: Actor, keys: Sequence[uuid.UUID], officer: User) -> Plan:
    """What would become of each of the chosen cases; three questions to the database for any number of them."""
    cases = chosen_cases(actor, keys)
    taker = taker_of(officer, [case.pk for case in cases])
    has_it = Reason(HAS_IT, _("%(name)s handles the case already.") % {"name": officer.name})
    lines = [
        Chosen(case, reason_to_leave(case, taker, actor) or (has_it if case.officer_id == officer.pk else None))
        for case in cases
    ]
    return Plan(
        officer=officer,
        given=[line for line in lines if line.reason is None],
        left=[line for line in lines if line.reason is not None],
        missing=len(keys) - len(cases),
    )


def chosen_cases(actor: Actor, keys: Sequence[uuid.UUID]) -> list[Case]:
    """Those of the keys' cases that the person may see, in the order of the keys."""
    rows = Case.objects.for_user(actor, Permission.SEE_CASES).filter(key__in=keys)
    found = {case.key: case for case in rows.select_related("district", "association", "officer")}
    return [found[key] for key in keys if key in found]
