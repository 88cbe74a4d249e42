"""Every row of every machine, tried by fifty threads at once, twenty rounds each: never more than one effect."""

import itertools
import os
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import connections, transaction
from psycopg import sql

from applications.cases import executor
from applications.cases.models import JavDeclaration, StateChange
from applications.decisions.models import DecisionTrack
from applications.examples.scenarios.grant_case import ROUTES, GrantCase
from tests import database
from tests.bench.row import Result, Row
from tests.bench.world import World
from tests.factories import grants
from tests.threads import at_once
from vetting.accounts.actors import Actor, actor_for
from vetting.accounts.models import Membership
from vetting.kernel import clock
from vetting.kernel.workflow import Row as Step
from vetting.kernel.workflow import kinds

THREADS, ROUNDS = 50, 20


def run(world: World) -> Iterable[Result]:
    settings.FILES_ROOT = tempfile.mkdtemp(prefix="vetting-race-")
    tried, won, doubled = 0, 0, 0
    for state in ("draft", *(name for name in ROUTES if name not in {"draft", "granted_by_board"})):
        with _walked(world, state) as (name, walk):
            with world.using(name):
                steps = _rows(walk)
            for subject, step in steps:
                tried += 1
                effects = [_round(world, name, walk, subject, step)]
                if any(effects):  # what a guard refuses to all fifty needs no second round
                    effects += [_round(world, name, walk, subject, step) for _ in range(ROUNDS - 1)]
                won += any(effects)
                doubled += sum(count > 1 for count in effects)
    rows = sum(len(row.sources) for _, kind in kinds.items() for row in kind.workflow.rows)
    detail = f"{tried} of {rows} rows × {THREADS} threads; {won} took effect ({ROUNDS} rounds), {tried - won} refused"
    yield Result(doubled, "doubled effects", doubled == 0 and tried > 0, detail)


@contextmanager
def _walked(world: World, state: str) -> Iterator[tuple[str, GrantCase]]:
    """A database in which one case has been walked to `state` by the right people."""
    name = f"vetting_bench_{os.getpid()}_race"
    database.clone(name)
    try:
        with world.using(name):
            walk = grants.grant(grants.office())
            for step in ROUTES[state]:
                with transaction.atomic():
                    step(walk)
            _declare_all(walk)
        yield name, walk
    finally:
        database.drop(name)


def _declare_all(walk: GrantCase) -> None:
    """Nobody has a conflict, so that a refusal is never for want of a declaration."""
    staff = walk.staff
    done = set(JavDeclaration.objects.filter(case_id=walk.pk).values_list("user_id", flat=True))
    for person in (staff.officer, staff.colleague, staff.reader, staff.unit_head, staff.secretary, staff.registrar):
        if person.user_id not in done:
            done.add(person.user_id or 0)
            walk.declare(person)


def _rows(walk: GrantCase) -> list[tuple[Any, Step]]:
    """What can be tried here: the case's rows from its state, and those of its decision's track."""
    case = walk.case
    found: list[tuple[Any, Step]] = [(case, row) for row in kinds["grant"].workflow.rows_from(case.state)]
    track = DecisionTrack.objects.filter(case_id=walk.pk).first()
    if track is not None:
        found += [(track, row) for row in kinds["decision"].workflow.rows_from(track.state)]
    return found


_numbers = itertools.count(1)


def _round(world: World, source: str, walk: GrantCase, subject: Any, step: Step) -> int:
    """How many of the threads' attempts took effect, on a copy of the walked database."""
    name = f"vetting_bench_{os.getpid()}_round{next(_numbers)}"
    connections.close_all()
    with database.as_owner() as admin:
        admin.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(source)))
    try:
        with world.using(name):
            actor = _actor(walk, step)
            before = StateChange.objects.filter(action=step.action).count()
            data = _data(walk)
            at_once(THREADS, lambda _: _attempt(subject, step, actor, data))
            return StateChange.objects.filter(action=step.action).count() - before
    finally:
        database.drop(name)


def _attempt(subject: Any, step: Step, actor: Actor, data: dict[str, Any]) -> None:
    executor.perform(subject=subject, action=step.action, actor=actor, comment="Försök", data=data)


def _actor(walk: GrantCase, step: Step) -> Actor:
    """Somebody who holds one of the row's roles and did not prepare the case, where there is one."""
    held = Membership.objects.filter(district=walk.staff.district, role__in=step.who).order_by("-id")
    row = held.select_related("user").first()
    return actor_for(row.user, on=clock.today()) if row else walk.staff.officer


def _data(walk: GrantCase) -> dict[str, Any]:
    """Everything any step may want to be given."""
    later = clock.today() + timedelta(days=21)
    return {
        "due_on": later,
        "last_day": later,
        "items": ["Revisionsberättelsen"],
        "received": [0],
        "officer_id": walk.staff.officer.user_id,
        "facts": [{"text": "En uppgift", "source": "Besök", "evidence_key": ""}],
        "asked_of": "coordinator",
        "circumstance": "En konkret omständighet",
        "question": "Vad är känt?",
        "scope": ["A14"],
        "finding": "Inget framkom.",
        "answer": "Inget är känt.",
        "basis": "Egna anteckningar.",
        "own": True,
        "document_id": 1,
    }


ROW = Row("transition_race", "every transition, 50 threads", "never more than one effect", run)
