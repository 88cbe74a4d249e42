"""Real workers, beats, broker and sink: killed, doubled, emptied (trust F5, F6, F8, F9)."""

from datetime import timedelta

import pytest

from tests.chaos import drill
from tests.chaos.house import house
from tests.chaos.relay import Moody, counted, served
from tests.factories import obligations
from tests.programs import free_port, wait_until
from vetting.jobs.models import Heartbeat
from vetting.kernel import clock
from vetting.obligations.models import ObligationStep
from vetting.outbox.models import Message

pytestmark = [pytest.mark.slow, pytest.mark.race]


@pytest.fixture
def here(real_db, tmp_path, settings):
    with house(real_db, tmp_path / "house", free_port()) as made:
        settings.CLOCK_OFFSET_FILE = str(made.clock)
        with served(Moody(made.mail), made.smtp_port):
            yield made


def test_killed_workers_lose_nothing_and_double_nothing(real_db, tmp_path, settings):
    outcome = drill.kills(real_db, tmp_path / "house", reminders=60, kills=5)
    assert (outcome.lost, outcome.doubled) == (0, 0)


def test_two_beats_and_a_broker_that_forgets_send_each_step_once(here):
    """One obligation through all its steps as the clock moves, a day missed, with two beats and a FLUSHALL."""
    row = obligations.obligation(due_in=31)
    here.worker(processes=2)
    here.beat()
    here.beat()
    # (days to move, mails there then): the day before each step nothing comes; one step is met a day late.
    for days, mails in ((1, 1), (22, 1), (1, 2), (7, 3), (6, 3), (2, 5), (13, 7)):
        here.later(days=days)
        here.forget()
        seen = clock.now()
        wait_until(lambda seen=seen: _looked_since(seen), "both ticks after the move")
        wait_until(lambda mails=mails: sum(counted(here.mail).values()) >= mails, f"{mails} mails")
        assert sum(counted(here.mail).values()) == mails
    assert set(counted(here.mail).values()) == {1}
    steps = ObligationStep.objects.filter(obligation=row).values_list("step", "outcome")
    assert dict(steps) == dict.fromkeys(["before_30", "before_7", "due", "after_7", "after_21"], "written")
    late = ObligationStep.objects.get(step="after_7")
    assert clock.stockholm(late.at).date() == late.owed_on + timedelta(days=1)
    assert not Message.objects.exclude(state="sent").exists()


def _looked_since(moment) -> bool:
    """Both ticks have begun anew since: what was due then has been seen."""
    later = moment + timedelta(seconds=1)
    return Heartbeat.objects.filter(name__in=["obligations", "outbox"], at__gt=later).count() == 2
