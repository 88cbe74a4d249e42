"""A host for reviews that stands for a case: its reviews are those about one subject key."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager

from checklists.hosts import HostPage, hosts
from checklists.models import Review
from vetting.accounts.actors import Actor
from vetting.accounts.roles import Permission
from vetting.kernel.errors import NotFound

NAME = "prov"


def load(actor: Actor, key: uuid.UUID) -> HostPage:
    """The reviews whose subject ends with the key, of a district the actor may see."""
    seen = Review.objects.for_user(actor, Permission.SEE_CHECKLIST).select_related("version", "district")
    newest = {review.template: review for review in seen.filter(subject__endswith=str(key)).order_by("id")}
    mine = sorted(newest.values(), key=lambda review: review.pk)
    if not mine:
        raise NotFound("Sidan finns inte.")
    return HostPage(
        title="Årsta Kvarterslag",
        district_id=mine[0].district_id,
        reviews=tuple(mine),
        back_url="/",
        back_label="Till ärendet",
        header_template="components/_facts.html",
    )


@contextmanager
def registered() -> Iterator[str]:
    """The host's name, for the time of a test."""
    hosts.register(NAME, load, owner="tests")
    try:
        yield NAME
    finally:
        hosts._entries.pop(NAME)
        hosts._owners.pop(NAME)
