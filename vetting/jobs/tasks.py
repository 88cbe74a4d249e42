"""Thin tasks: the tick asks the database what is to be done."""

from celery import shared_task

from vetting.jobs import services


@shared_task(name="vetting.jobs.tick")
def tick() -> None:
    """Sent by beat every two seconds: takes waiting jobs until none is left."""
    services.beat("beat")
    while job := services.take_one():
        services.run(job)


@shared_task(name="vetting.jobs.heartbeat")
def heartbeat() -> None:
    """Says that a worker lives."""
    services.beat("worker")
