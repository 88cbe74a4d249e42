"""Reminders under kill -9 of a real worker, with a real sink: counted afterwards, none lost and none doubled."""

import random
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.core.management import call_command

from tests.chaos.house import House, house
from tests.chaos.relay import Moody, counted, served
from tests.factories import obligations
from tests.programs import free_port, wait_until
from vetting.obligations.models import Obligation
from vetting.outbox.models import Message, MessageState

LEASE_MINUTES = 6  # past the lease of what a killed worker held
PATIENCE = 60.0  # seconds in which the next message must move


@dataclass(frozen=True, slots=True)
class Outcome:
    """`in_window`: kills that fell between the last byte and our note of it, where a mail could be doubled."""

    wanted: int
    taken: Counter[str]
    kills: int
    in_window: int

    @property
    def lost(self) -> int:
        return self.wanted - len(self.taken)

    @property
    def doubled(self) -> int:
        return sum(times - 1 for times in self.taken.values())


def kills(name: str, folder: Path, *, reminders: int, kills: int, seed: int = 1) -> Outcome:
    """Obligations due today, a worker that writes and sends their reminders, and so many kill -9 meanwhile."""
    dice = random.Random(seed)
    mood = Moody(folder / "mail")
    with house(name, folder, free_port()) as here, served(mood, here.smtp_port):
        settings.CLOCK_OFFSET_FILE = str(here.clock)
        # Most of a conversation is spent around the keeping of the mail, so that kills fall there.
        mood.before, mood.after = 0.01, 0.04
        for _ in range(reminders):
            obligations.obligation(due_in=7)
        here.beat()
        windows = 0
        for number in range(kills):
            windows += _kill_one(here, dice, leave=reminders - (number + 1) * reminders // (kills + 1))
        mood.before = mood.after = 0.0
        here.worker()
        wait_until(lambda: _left() == 0, "the last reminder", PATIENCE)
        call_command("check_invariants")
        return Outcome(reminders, counted(here.mail), kills, windows)


def _kill_one(here: House, dice: random.Random, *, leave: int) -> int:
    """Lets a worker work until `leave` reminders are left, kills it, and lets its lease run out."""
    worker = here.worker()
    wait_until(lambda: _left() <= leave, f"{leave} reminders left", PATIENCE)
    time.sleep(dice.random() * 0.05)
    here.kill(worker)
    held = list(Message.objects.filter(state=MessageState.SENDING).values_list("message_id", flat=True))
    taken = counted(here.mail)
    here.later(minutes=LEASE_MINUTES)
    return sum(taken[message] for message in held)


def _left() -> int:
    """Reminders that have not left."""
    unwritten = Obligation.objects.filter(steps__isnull=True).count()
    return unwritten + Message.objects.exclude(state=MessageState.SENT).count()
