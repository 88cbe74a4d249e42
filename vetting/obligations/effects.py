"""What workflow rows may name: `obligation.<kind>` begins one, the four others act on what stands.

An effect runs inside the executor's transaction. It acts on the obligations of the row that moves; where that row is
the case itself, on all of the case.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from vetting.kernel.labels import Label
from vetting.kernel.workflow import Effect, Move, effects, promises
from vetting.obligations.kinds import ObligationKind, kinds
from vetting.obligations.models import STANDING, Obligation, ObligationState
from vetting.obligations.services.begin import begin
from vetting.obligations.services.end import cancel, meet
from vetting.obligations.services.pause import pause, resume


@dataclass(frozen=True, slots=True)
class Begin:
    """Effect `obligation.<kind>`: begins what the kind reads from the step."""

    kind: ObligationKind

    def __call__(self, move: Move) -> None:
        assert self.kind.begins is not None  # noqa: S101 - registered with it
        for terms in self.kind.begins(move):
            begin(
                kind=self.kind.code,
                district=district_of(move),
                subject_type=terms.subject_type,
                subject_key=terms.subject_key,
                due_on=terms.due_on,
                case=terms.case or (move.case.key if move.case is not None else None),
                actor=move.actor,
            )


def district_of(move: Move) -> Any:
    return (move.case if move.case is not None else move.subject).district


def concerned(move: Move, *states: str) -> Iterator[Obligation]:
    """The obligations of the row that moves, in a fixed order so that two steps never wait for each other."""
    whose = Q(subject_key=move.subject.key)
    if move.case is not None and move.subject.key == move.case.key:
        whose |= Q(case=move.case.key)
    yield from Obligation.objects.filter(whose, state__in=states).order_by("id")


def _effect(do: Callable[..., Any], *states: str) -> Effect:
    def effect(move: Move) -> None:
        for obligation in concerned(move, *states):
            do(obligation=obligation, actor=move.actor)

    return effect


OWN: tuple[tuple[str, Effect, str, str], ...] = (
    (
        "obligation.met",
        _effect(meet, *STANDING),
        "Det som skulle lämnas är lämnat: påminnelserna upphör.",
        "What was owed has been given: reminders end.",
    ),
    (
        "obligation.cancelled",
        _effect(cancel, *STANDING),
        "Det som skulle lämnas bevakas inte längre: påminnelserna upphör.",
        "What was owed is not watched any more: reminders end.",
    ),
    (
        "obligation.paused",
        _effect(pause, ObligationState.OPEN),
        "Påminnelserna vilar så länge.",
        "Reminders rest meanwhile.",
    ),
    (
        "obligation.resumed",
        _effect(resume, ObligationState.PAUSED),
        "Påminnelserna går vidare.",
        "Reminders go on.",
    ),
)


RESERVED = tuple(name.partition(".")[2] for name, *_rest in OWN)


def register_kind(owner: str, kind: ObligationKind) -> None:
    """Called in the owning room's AppConfig.ready(), after the models. Raises ValueError for an effect's name."""
    if kind.code in RESERVED:
        raise ValueError(f"obligation kind {kind.code!r}: the name is an effect of its own")
    kinds.register(kind.code, kind, owner=owner)
    if kind.begins is not None:
        effects.register(f"obligation.{kind.code}", Begin(kind), owner=owner)
        promises.register(f"obligation.{kind.code}", kind.promise, owner=owner)


def register_all(owner: str) -> None:
    for name, effect, sv, en in OWN:
        effects.register(name, effect, owner=owner)
        promises.register(name, Label(sv, en), owner=owner)
