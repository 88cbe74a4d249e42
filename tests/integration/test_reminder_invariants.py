"""What the guards refuse, done past them by the owner of the tables: `check_invariants` names each."""

from datetime import timedelta

import psycopg
import pytest
from django.db import transaction

from tests.database import owner_url
from tests.factories import obligations as made
from vetting.kernel import clock
from vetting.kernel.workflow import invariants
from vetting.obligations.invariants import OWN as OBLIGATIONS
from vetting.obligations.services.remind import scan
from vetting.outbox.invariants import OWN as OUTBOX

pytestmark = pytest.mark.race
BREAKS = {
    "obligations.written_steps_have_their_mail": "UPDATE outbox_message SET about = 'step:0'",
    "obligations.next_step_fits_the_plan": "UPDATE obligations_obligation SET next_on = next_on + 1",
    "obligations.passed_over_steps_have_a_later_one": (
        "UPDATE obligations_obligationstep SET outcome = 'in_pause' WHERE outcome = 'written'"
    ),
    "outbox.messages_have_their_words": "UPDATE outbox_message SET payload_id = gen_random_uuid()",
    "outbox.what_left_is_in_the_log": "UPDATE outbox_message SET state = 'sent', sent_at = created_at",
}


@pytest.fixture
def sound(real_db):
    """One obligation of which two steps were missed and a third was written."""
    with transaction.atomic():
        made.obligation(due_in=31)
    with clock.shifted(timedelta(days=31)):
        assert scan().passed_over == 2
    return real_db


def broken() -> set[str]:
    return {name for name in BREAKS for _sentence in invariants[name]()}


def test_every_invariant_of_the_two_rooms_has_its_breach_here(sound):
    assert set(BREAKS) == set(OBLIGATIONS) | set(OUTBOX)
    assert broken() == set()


@pytest.mark.parametrize("name", sorted(BREAKS))
def test_what_is_broken_past_all_guards_is_named(sound, name):
    with psycopg.connect(owner_url(sound)) as owner:
        for table in ("outbox_message", "obligations_obligation", "obligations_obligationstep"):
            owner.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        owner.execute(BREAKS[name])
    assert name in broken()
