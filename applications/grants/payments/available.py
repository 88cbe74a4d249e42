"""Which steps of a payment can be taken now, by whom, and what speaks against each: as for a case (ui.md, Case)."""

from typing import Any

from django.urls import reverse

from applications.cases.available import PREVIEW, Step
from applications.cases.executor import SYSTEM, reasons_against
from applications.cases.people import by_role, in_words
from applications.grants.payments.picture import Picture
from applications.grants.payments.workflow import PAYMENT
from vetting.accounts.actors import Actor
from vetting.kernel import clock
from vetting.kernel.workflow import Move


def steps_of(row: Any, case: Any, picture: Picture, actor: Actor) -> list[Step]:
    """The rows from the payment's state, in the table's order. Asks the database nothing: the picture is given.

    `case` is a page's case (`cases.selectors.page_case`).
    """
    held = {role.value for role in actor.roles_in(case.district_id)}
    names = by_role((post["role"], post["name"]) for post in case.posts_now)
    found: list[Step] = []
    for step in PAYMENT.rows_from(row.state):
        mine = bool(held & set(step.who))
        reasons: tuple[Any, ...] = ()
        if mine:
            facts = {"payments": picture, "jav": case.my_standing}
            move = Move(row, case, step, actor, clock.now(), clock.today(), PREVIEW, facts=facts)
            reasons = tuple(reasons_against(move))
        roles = [role for role in step.who if role != SYSTEM]
        found.append(
            Step(
                row=step,
                url=reverse(step.form, args=[row.key]),
                mine=mine,
                reasons=reasons,
                who=() if mine else tuple(in_words([role], names) for role in roles),
                primary=mine and not reasons and not step.minor and not any(one.primary for one in found),
            )
        )
    return found
