"""Thin tasks: delivery asks the database what waits."""

from celery import shared_task

from vetting.jobs.services import beat
from vetting.outbox.services.deliver import deliver

SECONDS = 45  # far below the broker's visibility timeout: the rest leaves in the next run


@shared_task(name="vetting.outbox.deliver")
def send_waiting() -> None:
    """Sent by beat: sends what waits."""
    beat("outbox")
    deliver(seconds=SECONDS)
