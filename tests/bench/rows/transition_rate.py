"""Transitions a second through the executor, one after the other in one process, each with its own commit."""

import time
import uuid
from collections.abc import Callable, Iterable
from typing import Any

from django.db import connection

from applications.cases import executor
from tests.bench import machine
from tests.bench.row import Result, Row
from tests.bench.world import World
from tests.factories import people
from vetting.accounts.actors import Actor
from vetting.accounts.roles import Role

CASES, ROUNDS, WARM = 50, 20, 50
RATE, STATEMENTS = 100, 14


def run(world: World) -> Iterable[Result]:
    machine.install()
    with world.empty():
        officer = people.actor(Role.GRANT_OFFICER)
        cases = machine.cases(CASES, officer)
        steps = [(case, ("go", "back")[turn % 2]) for turn in range(ROUNDS) for case in cases]
        for case, action in steps[:WARM]:
            step(case, action, officer)
        statements = counted(lambda: step(steps[WARM][0], steps[WARM][1], officer))
        rest = steps[WARM + 1 :]
        began = time.perf_counter()
        for case, action in rest:
            step(case, action, officer)
        rate = len(rest) / (time.perf_counter() - began)
    yield Result(round(rate), "/s", rate >= RATE, f"{len(rest)} moves, each committed")
    yield Result(statements, "statements", statements <= STATEMENTS, "with comment, key and outbox", "statements")


def step(case: Any, action: str, officer: Actor) -> None:
    executor.perform(subject=case, action=action, actor=officer, comment="Anteckning", key=uuid.uuid4())


def counted(do: Callable[[], Any]) -> int:
    """Statements sent, without BEGIN and COMMIT, which Django does not send through a cursor."""
    sent: list[str] = []

    def count(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        sent.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(count):
        do()
    return len(sent)


ROW = Row("transition_rate", "one transition through the executor", "≥ 100/s in one process, ≤ 14 statements", run)
