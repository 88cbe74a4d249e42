"""Where a review is shown and who may touch it: told by the rooms above, which the checklist never imports.

A host is what people come from (a case): it gives the page its head, the reviews to show together and the way back. A
gate speaks against changing a review (a conflict of interest, a case that has moved on); every service asks all gates.
"""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from checklists.models.review import Review
from vetting.accounts.actors import Actor
from vetting.kernel.errors import Reason
from vetting.kernel.registry import Registry


@dataclass(frozen=True, slots=True, kw_only=True)
class HostPage:
    """One host as the review page needs it. `reviews` in the order they are shown, all of one district."""

    title: str
    district_id: int
    reviews: tuple[Review, ...]  # read with version and district
    back_url: str
    back_label: str
    header_template: str  # the page's band; it sees `header`
    header: Any = None
    case: uuid.UUID | None = None  # under which the log shows what is done here
    completion_url: str = ""  # where the applicant is asked to complete something
    lane_url: str = ""  # where the unit head opens or closes the in-depth lane
    next_url: str = ""  # where one goes when the reviews are complete
    open_again: Callable[[Actor, str], None] | None = None  # how the host opens its signed reviews again, with a reason


# Loads the host for this person; raises NotFound when it does not exist for them.
Host = Callable[[Actor, uuid.UUID], HostPage]
# Says why this person may not do this to this review now; None when nothing speaks against it.
Gate = Callable[[Review, Actor, str], Reason | None]

hosts: Registry[Host] = Registry("review host")
gates: Registry[Gate] = Registry("review gate")


def reasons_against(review: Review, actor: Actor, verb: str) -> list[Reason]:
    """What the rooms above have against it. `verb` is the log verb, or `see`."""
    found = (gate(review, actor, verb) for _, gate in gates.items())
    return [reason for reason in found if reason is not None]
