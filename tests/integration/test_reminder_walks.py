"""Any order of pauses, moved days, stops and scans: no step twice, none before its day, every rule holds."""

from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import given
from hypothesis import settings as hypothesis
from hypothesis import strategies as st

from tests.factories import obligations as made
from vetting.kernel import clock
from vetting.kernel.errors import DomainError
from vetting.kernel.workflow import invariants
from vetting.obligations.models import Obligation, ObligationStep
from vetting.obligations.selectors import watched
from vetting.obligations.services.end import meet
from vetting.obligations.services.move_due import move_due
from vetting.obligations.services.pause import pause, resume
from vetting.obligations.services.remind import scan
from vetting.outbox.models import Message

DAY = timedelta(days=1)
ACTS = st.one_of(
    st.tuples(st.just("wait"), st.integers(1, 45)),
    st.tuples(st.just("scan"), st.just(0)),
    st.tuples(st.just("pause"), st.just(0)),
    st.tuples(st.just("resume"), st.just(0)),
    st.tuples(st.just("resume by"), st.integers(-3, 60)),
    st.tuples(st.just("move"), st.integers(-3, 60)),
    st.tuples(st.just("meet"), st.just(0)),
)


class BackAgain(Exception):
    """Takes one walk's rows back."""


@pytest.mark.django_db
@hypothesis(max_examples=25)
@given(st.lists(ACTS, min_size=3, max_size=14), st.integers(-5, 60))
def test_no_walk_breaks_a_rule(acts, due_in):
    try:
        with transaction.atomic():
            walk(acts, due_in)
            raise BackAgain
    except BackAgain:
        pass


def walk(acts, due_in):
    row, ahead = made.obligation(due_in=due_in), 0
    for act, number in acts:
        ahead += number if act == "wait" else 0
        with clock.shifted(ahead * DAY):
            before = Obligation.objects.get(pk=row.pk)
            try:
                do(act, number, before)
            except DomainError:
                after = Obligation.objects.get(pk=row.pk)
                assert (after.version, after.state, after.due_on) == (before.version, before.state, before.due_on)
            assert not ObligationStep.objects.filter(owed_on__gt=clock.today()).exists()
            if act == "scan":
                assert scan().written == 0
                after = Obligation.objects.get(pk=row.pk)
                assert after.state != "open" or after.next_on is None or after.next_on > clock.today()
    broken = [
        text for name in invariants if name.startswith(("obligations.", "outbox.")) for text in invariants[name]()
    ]
    assert broken == []
    written = ObligationStep.objects.filter(outcome="written").count()
    assert Message.objects.values("about").distinct().count() == written
    (shown,) = watched(Obligation.objects.filter(pk=row.pk))
    assert sum(reminder.outcome == "written" for reminder in shown.reminders) == written


def do(act, number, row):
    match act:
        case "scan":
            scan()
        case "pause":
            pause(obligation=row, actor=made.ACTOR)
        case "resume":
            resume(obligation=row, actor=made.ACTOR)
        case "resume by":
            resume(obligation=row, actor=made.ACTOR, due_on=clock.today() + number * DAY)
        case "move":
            move_due(obligation=row, due_on=clock.today() + number * DAY, actor=made.ACTOR)
        case "meet":
            meet(obligation=row, actor=made.ACTOR)
