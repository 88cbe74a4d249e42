"""Reads of what waits and of what could not leave."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Count, Min, Q, QuerySet

from vetting.accounts.actors import Actor
from vetting.accounts.roles import Permission
from vetting.kernel import clock
from vetting.kernel.registry import Registry
from vetting.outbox.models import OPEN, Message, MessageState

LATE_AFTER = timedelta(minutes=15)

# Which of these cases the person may see: registered by the room that owns cases. Mails of others are not shown.
case_readers: Registry[Callable[[Actor, Collection[UUID]], set[UUID]]] = Registry("reader of cases")


@dataclass(frozen=True, slots=True)
class Outbox:
    """`oldest` is when the oldest message that has not left was written; None when nothing waits."""

    waiting: int
    oldest: datetime | None
    parked: int

    @property
    def is_late(self) -> bool:
        return self.oldest is not None and clock.now() - self.oldest > LATE_AFTER


def outbox() -> Outbox:
    """How things stand over all districts; both questions are answered from an index of the few rows they are about."""
    found = Message.objects.filter(state__in=OPEN).aggregate(waiting=Count("id"), oldest=Min("created_at"))
    return Outbox(**found, parked=Message.objects.filter(state=MessageState.PARKED).count())


def parked_for(actor: Actor) -> "QuerySet[Message]":
    """The parked messages a person may handle, oldest first: of own districts, and of no case they are kept from."""
    rows = Message.objects.for_user(actor, Permission.HANDLE_MESSAGES).filter(state=MessageState.PARKED)
    seen = cases_seen(actor, rows.values_list("case", flat=True))
    return rows.filter(Q(case__isnull=True) | Q(case__in=seen)).order_by("created_at", "id")


def parked_in(actor: Actor) -> int:
    """How many messages could not leave from where the person handles them; no question is asked of who does not."""
    if not actor.may(Permission.HANDLE_MESSAGES):
        return 0
    return Message.objects.for_user(actor, Permission.HANDLE_MESSAGES).filter(state=MessageState.PARKED).count()


def cases_seen(actor: Actor, cases: Iterable[UUID | None]) -> set[UUID]:
    """Those of the cases that the person may see, asked of the rooms that own cases."""
    asked = {key for key in cases if key is not None}
    seen: set[UUID] = set()
    for _name, reader in case_readers.items():
        seen |= reader(actor, asked)
    return seen
