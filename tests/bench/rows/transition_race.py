"""Every row of the grant's machines from every source, by fifty threads at once, twenty rounds: one effect in each.

Twenty cases are walked together along the tree of the scenes' routes, one step after the other. Where routes part,
the database is copied: every step is walked once for all scenes behind it. A scene then races its act on each of the
twenty, in a copy of its own, with threads that keep their connections.
"""

import itertools
import os
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta

from django.conf import settings
from django.db import transaction

from applications.cases.invariants import breaches
from applications.examples.scenarios.grant_case import GrantCase, days_of
from tests import database
from tests.bench.row import Result, Row
from tests.bench.world import World
from tests.factories import grants
from tests.threads import racers
from tests.workflow.racing import Raced, raced
from tests.workflow.scenes import RACED_ELSEWHERE, SCENES, Scene, Step, all_declare, branches
from vetting.kernel import clock
from vetting.kernel.workflow import kinds

THREADS, ROUNDS = 50, 20


@dataclass(slots=True)
class Races:
    """The races so far, and what they were run with."""

    world: World
    threads: int
    walks: list[GrantCase]
    found: dict[str, list[Raced]] = field(default_factory=dict)
    broken: list[str] = field(default_factory=list)

    def wrong(self) -> list[str]:
        """The scenes in which anything but one effect and refusals came of a race."""
        good = {"effects": 1, "refused": self.threads - 1}
        return [
            name
            for name, races in self.found.items()
            if any(one.faults or {"effects": one.effects, "refused": one.refused} != good for one in races)
        ]


def run(world: World) -> Iterable[Result]:
    settings.FILES_ROOT = tempfile.mkdtemp(prefix="vetting-race-")
    races = race_all(world, SCENES, threads=THREADS, rounds=ROUNDS)
    every = [one for found in races.found.values() for one in found]
    doubled = sum(one.effects > 1 for one in every)
    met = not doubled and not races.wrong() and not races.broken and len(races.found) == len(SCENES)
    yield Result(doubled, "doubled effects", met, told(races))


def told(races: Races) -> str:
    """What was raced, of how much, and what came of it."""
    every = [one for found in races.found.values() for one in found]
    faults = Counter(type(fault).__name__ for one in every for fault in one.faults)
    pairs = {name: sum(len(row.sources) for row in kind.workflow.rows) for name, kind in kinds.items()}
    left = ", ".join(f"{name} {pairs[name]}" for name in RACED_ELSEWHERE if name in pairs)
    return (
        f"{len(races.found)} of {sum(pairs.values())} (row, source) pairs × {races.threads} threads × "
        f"{len(races.walks)} rounds; {sum(one.effects == 1 for one in every)} of {len(every)} races had one effect, "
        f"{sum(one.refused for one in every)} attempts were refused, {sum(faults.values())} failed otherwise"
        + (f" ({dict(faults)})" if faults else "")
        + (f"; wrong: {', '.join(races.wrong())}" if races.wrong() else "")
        + (f"; invariants broken: {'; '.join(races.broken[:3])}" if races.broken else "")
        + (f"; not raced here: {left}" if left else "")
    )


def race_all(world: World, scenes: Sequence[Scene], *, threads: int, rounds: int) -> Races:
    name = _name()
    database.clone(name)
    try:
        with world.using(name), transaction.atomic():
            office = grants.office()
            races = Races(world, threads, [grants.grant(office) for _ in range(rounds)])
        _visit(races, name, scenes, depth=0, ahead=0)
    finally:
        database.drop(name)
    return races


def _visit(races: Races, name: str, scenes: Sequence[Scene], *, depth: int, ahead: int) -> None:
    """Races the scenes that stand here and walks on to the others. The last of them may use up the database."""
    here, onward = branches(scenes, depth)
    ways: list[tuple[Step | None, list[Scene]]] = [(None, [scene]) for scene in here] + list(onward.items())
    for place, (step, some) in enumerate(ways, 1):
        with _copy(name) if place < len(ways) else _as_it_is(name) as mine:
            if step is None:
                _race(races, mine, some[0], ahead)
                continue
            days = ahead + days_of(step)
            with races.world.using(mine):
                _each(races, step, days)
            _visit(races, mine, some, depth=depth + 1, ahead=days)


def _race(races: Races, name: str, scene: Scene, ahead: int) -> None:
    with races.world.using(name):
        _each(races, all_declare, ahead)
        with racers(races.threads) as race:
            races.found[scene.name] = [raced(scene, walk, race, ahead=ahead) for walk in races.walks]
        with clock.shifted(timedelta(days=ahead)):
            races.broken += [f"{scene.name}: {breach}" for breach in breaches()]
    races.world.say(f"{len(races.found)} {scene.name}")


def _each(races: Races, step: Step, ahead: int) -> None:
    """One step of all the cases, each committed by itself."""
    for walk in races.walks:
        with clock.shifted(timedelta(days=ahead)), transaction.atomic():
            step(walk)


_numbers = itertools.count(1)


def _name() -> str:
    return f"vetting_bench_{os.getpid()}_race{next(_numbers)}"


@contextmanager
def _copy(source: str) -> Iterator[str]:
    name = _name()
    database.clone(name, source)
    try:
        yield name
    finally:
        database.drop(name)


@contextmanager
def _as_it_is(name: str) -> Iterator[str]:
    yield name


ROW = Row("transition_race", "every transition, 50 threads", "one effect in every race", run)
