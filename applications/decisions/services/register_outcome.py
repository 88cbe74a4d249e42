"""The secretary registers what a board did with an item, then records the decision (docs/domain.md §4.2, §7)."""

import uuid
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from applications.cases import executor
from applications.cases.locking import lock_for
from applications.cases.models import Case
from applications.decisions import selectors
from applications.decisions.choices import DECIDING
from applications.decisions.models import BoardItem
from applications.decisions.proposals import board_facts
from applications.decisions.rules.board import decided_outcome
from applications.decisions.subjects import described, subject_of
from vetting.accounts.actors import Actor
from vetting.accounts.roles import Permission
from vetting.audit.services import record
from vetting.kernel import clock
from vetting.kernel.errors import NotNow, Stale

WRITTEN = (
    "outcome",
    "paragraph",
    "own_outcome",
    "own_reason_class",
    "own_amount",
    "own_text",
    "present",
    "closed_doors",
)


def register_outcome(
    *, case: Case, actor: Actor, values: Mapping[str, Any], expected_version: int, key: uuid.UUID | None = None
) -> BoardItem:
    """Writes the outcome on the open item. A sitting that decided nothing in the matter moves the case at once.

    The decision itself is recorded by `record_board_decision`, when nothing is missing any more. Raises NotNow, Stale.
    """
    with transaction.atomic():
        fresh = lock_for(case=case, actor=actor, permission=Permission.REGISTER_BOARD)
        item = _item(fresh)
        if item.version != expected_version:
            raise Stale(
                _("Somebody else registered on this item in the meantime."), seen=expected_version, current=item.version
            )
        moment = clock.now()
        for name in WRITTEN:
            if name in values:
                setattr(item, name, values[name])
        item.registered_by, item.registered_at, item.version = actor.reference, moment, item.version + 1
        item.save()
        record(
            actor=actor,
            verb="board.outcome_registered",
            case=fresh.key,
            district=fresh.district.code,
            subject=f"board_item:{item.pk}",
            data={"outcome": item.outcome, "paragraph": item.paragraph, "version": item.version},
            payload={"own_text": item.own_text, "present": item.present} if item.own_text or item.present else None,
            at=moment,
        )
        if item.outcome and item.outcome not in DECIDING:
            action = subject_of(fresh).board_actions[item.outcome]
            executor.perform(
                subject=fresh,
                action=action,
                actor=actor,
                data={"paragraph": item.paragraph, "item": item.pk},
                comment=str(values.get("instruction", "")),
                key=key,
            )
            item.refresh_from_db()
    return item


def record_board_decision(*, case: Case, actor: Actor, expected_version: int, key: uuid.UUID | None = None) -> None:
    """Records the registered outcome as the decision: the row of the case that fits what the board decided."""
    item = _item(case)
    action = board_action(case, item)
    executor.perform(
        subject=case, action=action, actor=actor, expected_version=expected_version, key=key, data={"item": item.pk}
    )


def board_action(case: Case, item: Any) -> str:
    """The step of the case's workflow that the registered outcome takes. Raises NotNow while there is none."""
    outcome = decided_outcome(board_facts(item, item.proposal, described(case)))
    action = subject_of(case).actions.get(outcome, "")
    if not action:
        raise NotNow(_("Register what the board decided first."), code="no_outcome")
    return action


def _item(case: Case) -> Any:
    item = selectors.open_item(case.pk)
    if item is None:
        raise NotNow(_("The case stands on no meeting's list."), code="no_item")
    return item
