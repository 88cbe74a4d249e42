"""What the verbs share: the obligation locked and read again, one save, one event."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from vetting.audit.services import HasReference, record
from vetting.kernel.errors import NotNow, Stale
from vetting.obligations.models import Obligation


@contextmanager
def standing(obligation: Obligation, *states: str, expected_version: int | None = None) -> Iterator[Obligation]:
    """One transaction with the obligation locked and read again; its version is raised.

    Raises NotNow (`wrong_state`) when it is in none of `states`, Stale when somebody changed it since.
    """
    with transaction.atomic():
        fresh = (
            Obligation.objects.select_for_update(of=("self",), no_key=True)
            .select_related("district", "plan")
            .get(pk=obligation.pk)
        )
        if expected_version is not None and fresh.version != expected_version:
            raise Stale(_("Somebody else changed this in between."), seen=expected_version, current=fresh.version)
        if fresh.state not in states:
            raise NotNow(_("This last day is not watched any more, or it rests."), code="wrong_state")
        fresh.version += 1
        yield fresh
        fresh.save()


def log(
    verb: str, obligation: Obligation, actor: HasReference, *, data: Mapping[str, Any] | None = None, words: str = ""
) -> None:
    """One event on the obligation. `words` are somebody's own and go to a payload."""
    record(
        actor=actor,
        verb=f"obligation.{verb}",
        case=obligation.case,
        district=obligation.district.code,
        subject=f"obligation:{obligation.key}",
        data={"kind": obligation.kind, "due_on": obligation.due_on, **(data or {})},
        payload={"words": words} if words else None,
    )
