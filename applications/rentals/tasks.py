"""Thin tasks: the tick asks the database what is to be done."""

from celery import shared_task

from applications.rentals.services.reserve import lapse_expired


@shared_task(name="applications.rentals.lapse")
def lapse() -> None:
    """Sent by beat every minute: what nobody confirmed in time lapses."""
    lapse_expired()
