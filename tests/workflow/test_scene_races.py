"""The main line's steps, each by eight at once (trust F2). The bench races every scene by fifty."""

from datetime import timedelta

import pytest
from django.db import transaction

from applications.cases.invariants import breaches
from applications.examples.scenarios.grant_case import GrantCase, days_of
from tests.factories import grants
from tests.threads import racers
from tests.workflow.racing import raced
from tests.workflow.scenes import SCENES, Scene, all_declare
from vetting.kernel import clock

pytestmark = pytest.mark.race
THREADS = 8
CENTRAL = {
    "grant.submit from draft",
    "grant.start_review from formal_check",
    "grant.submit_review from review",
    "grant.confirm_review from second_reading",
    "grant.grant from proposed",
    "grant.grant from before_board",
    "decision.announce from decided",
    "payment.release from certified",
}


def brought(scene: Scene, walk: GrantCase) -> int:
    """Walks to the scene, each step committed; returns how many days that took."""
    ahead = 0
    for step in (*scene.route, all_declare):
        ahead += days_of(step)
        with clock.shifted(timedelta(days=ahead)), transaction.atomic():
            step(walk)
    return ahead


def test_one_of_eight_takes_effect_and_the_others_are_refused(real_db, settings, tmp_path):
    settings.FILES_ROOT = tmp_path
    with transaction.atomic():
        office = grants.office()
    scenes = [scene for scene in SCENES if scene.name in CENTRAL]
    assert len(scenes) == len(CENTRAL)
    with racers(THREADS) as race:
        for scene in scenes:
            with transaction.atomic():
                walk = grants.grant(office)
            found = raced(scene, walk, race, ahead=brought(scene, walk))
            assert (found.effects, found.refused, found.faults) == (1, THREADS - 1, []), scene.name
    assert list(breaches()) == []
