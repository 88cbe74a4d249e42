"""The table of scenes is whole, and each act takes effect when it is done once."""

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.db import connection, transaction

from applications.examples.scenarios.grant_case import days_of
from tests.factories import grants
from tests.workflow.scenes import OUT_OF_REACH, RACED_ELSEWHERE, SCENES, Scene, all_declare, branches
from vetting.kernel import clock
from vetting.kernel.workflow import kinds


def test_every_row_of_every_machine_from_every_source_has_its_scene():
    rows = {
        (name, row.action, source)
        for name, kind in kinds.items()
        if kind.model.__module__.startswith("applications.") and name not in RACED_ELSEWHERE
        for row in kind.workflow.rows
        for source in row.sources
    }
    told = Counter((scene.machine, scene.action, scene.source) for scene in SCENES)
    assert set(told) | set(OUT_OF_REACH) == rows
    assert [name for name, count in told.items() if count > 1 or name in OUT_OF_REACH] == []


@contextmanager
def undone() -> Iterator[None]:
    """What is done inside is checked by the constraints that wait for a commit, and taken back."""
    with transaction.atomic():
        yield
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")
        transaction.set_rollback(True)


@pytest.mark.django_db
def test_each_act_takes_effect_when_it_is_done_once(settings, tmp_path):
    """All scenes in one walk: where two routes part, the one is taken back before the other goes on."""
    settings.FILES_ROOT = tmp_path
    walk, wrong = grants.grant(grants.office()), []

    def play(scene: Scene) -> None:
        all_declare(walk)
        subject = scene.subject(walk)
        before = scene.effects(subject)
        assert subject.state == scene.source
        scene.act(walk)
        assert scene.effects(subject) == before + 1

    def go_on(scenes: Sequence[Scene], depth: int, ahead: int) -> None:
        here, onward = branches(scenes, depth)
        for scene in here:
            with attempt([scene], ahead), undone():
                play(scene)
        for step, some in onward.items():
            days = ahead + days_of(step)
            with attempt(some, days), undone():
                step(walk)
                go_on(some, depth + 1, days)

    @contextmanager
    def attempt(scenes: Sequence[Scene], ahead: int) -> Iterator[None]:
        try:
            with clock.shifted(timedelta(days=ahead)):
                yield
        except Exception as error:
            wrong.extend(f"{scene.name}: {error!r}" for scene in scenes)

    go_on(SCENES, 0, 0)
    assert wrong == []
