"""What the room's pages share: loading a venue, the week around a slot, telling a conflict."""

import uuid
from typing import Any

from applications.cases.models import Recusal
from applications.rentals.models import Venue
from applications.rentals.selectors import Free, alternatives
from applications.rentals.services.claims import SlotTaken
from applications.rentals.slots.slot import told
from vetting.accounts.actors import Actor
from vetting.accounts.pages import Page
from vetting.accounts.roles import Permission
from vetting.kernel import clock


class VenuePage(Page):
    """A page about one venue, loaded from the districts where the person may see venues."""

    permission = Permission.SEE_VENUES
    venue: Venue

    def load(self, key: uuid.UUID, **kwargs: Any) -> None:
        rows = Venue.objects.select_related("district", "unit").prefetch_related("rooms", "opening")
        self.venue = rows.for_user_or_404(self.actor, self.permission, key=key)
        self.must_be_allowed(self.venue.district_id)


def locked_out(actor: Actor) -> frozenset[int]:
    """Cases whose names the calendar keeps from a person with a conflict of interest."""
    out = Recusal.objects.filter(user_id=actor.user_id or 0).locked_out_on(clock.today())
    return frozenset(out.values_list("case_id", flat=True))


def conflict(error: Any) -> dict[str, Any] | None:
    """The conflict panel: what stands in the way, and the nearest free times; None for another error."""
    if not isinstance(error, SlotTaken):
        return None
    room, slot = error.data["room"], error.data["slot"]
    return {"text": error.text, "free": [free_line(one) for one in alternatives(room, slot, clock.now())]}


def free_line(one: Free) -> dict[str, Any]:
    """A free time as a button's value and in words."""
    begins, ends = clock.stockholm(one.slot.begins), clock.stockholm(one.slot.ends)
    return {
        "text": f"{one.room.name}, {told(one.slot.begins, one.slot.ends)}",
        "value": f"{one.room.pk} {begins:%Y-%m-%d %H.%M} {ends:%H.%M}",
        "venue": one.room.venue,
        "room": one.room,
    }
