"""Thin tasks: the tick asks the database what is due."""

from celery import shared_task

from vetting.jobs.services import beat
from vetting.obligations.services.remind import scan

SECONDS = 45  # far below the broker's visibility timeout: a long scan goes on in the next tick


@shared_task(name="vetting.obligations.tick")
def tick() -> None:
    """Sent by beat: writes the reminders that are owed."""
    beat("obligations")
    scan(seconds=SECONDS)
