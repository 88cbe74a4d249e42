"""Many hands on one act: all of them saw the same page, and exactly one of them may take effect."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.core.exceptions import ObjectDoesNotExist

from applications.examples.scenarios.grant_case import GrantCase
from tests.threads import Race
from tests.workflow.scenes import Scene
from vetting.kernel import clock
from vetting.kernel.errors import DomainError

SEEN = ("case", "proposal", "item", "track", "payment")


class Seen(GrantCase):
    """A walk whose rows stay as they were when the page was opened, for whoever acts on them later."""

    case: Any = None
    proposal: Any = None
    item: Any = None
    track: Any = None
    payment: Any = None


def seen(walk: GrantCase) -> Seen:
    page = Seen(staff=walk.staff, association=walk.association, round=walk.round, amount=walk.amount)
    page.pk = walk.pk
    for name in SEEN:
        try:
            setattr(page, name, getattr(walk, name))
        except (ObjectDoesNotExist, IndexError):  # not there yet: no act of this scene asks for it
            setattr(page, name, None)
    return page


@dataclass(frozen=True, slots=True)
class Raced:
    """What came of one race: effects counted in the database, refusals, and faults (anything but a refusal)."""

    effects: int
    refused: int
    faults: Sequence[Exception]


def raced(scene: Scene, walk: GrantCase, race: Race, *, ahead: int) -> Raced:
    """Races the scene's act on a walk that stands there, `ahead` days from now."""
    subject, page = scene.subject(walk), seen(walk)
    if subject.state != scene.source:
        raise RuntimeError(f"{scene.name}: the walk stands at {subject.state}")
    before = scene.effects(subject)

    def act(_: int) -> None:
        with clock.shifted(timedelta(days=ahead)):
            scene.act(page)

    raised = [one for one in race(act) if isinstance(one, Exception)]
    faults = [one for one in raised if not isinstance(one, DomainError)]
    return Raced(scene.effects(subject) - before, len(raised) - len(faults), faults)
