"""Thin tasks: the tick asks the database what is to be done. The worker itself says that it lives."""

import socket
import threading
from typing import Any

import structlog
from celery import shared_task
from celery.signals import worker_ready, worker_shutdown
from django.db import Error, connection

from vetting.jobs import services

log = structlog.get_logger(__name__)
SIGN_EVERY = 5.0  # seconds
_ended = threading.Event()


@shared_task(name="vetting.jobs.tick")
def tick() -> None:
    """Sent by beat every two seconds: takes waiting jobs until none is left.

    One process of a machine works on jobs; the others stay free for what is due every few seconds.
    """
    services.beat("beat")
    with services.alone(socket.gethostname()) as free:
        while free and (job := services.take_one()):
            services.run(job)


@worker_ready.connect
def say_hello(**_more: Any) -> None:
    """The worker signs from a thread of its own: a silent beat, or a pool busy with long work, is not a dead worker."""
    _ended.clear()
    threading.Thread(target=_sign, name="sign-of-life", daemon=True).start()


@worker_shutdown.connect
def say_goodbye(**_more: Any) -> None:
    """Asked to stop, the worker takes its sign of life away; killed, it falls silent."""
    _ended.set()
    services.silence("worker")
    connection.close()


def _sign() -> None:
    while True:
        try:
            services.beat("worker")
        except Error as error:  # the database is away: said once it is back, by silence until then
            log.warning("worker.cannot_sign", error=type(error).__name__)
        connection.close()  # the pool's processes are forked from this one
        if _ended.wait(SIGN_EVERY):
            return
