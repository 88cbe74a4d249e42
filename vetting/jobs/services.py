"""Asking for long work, taking it, finishing it. The row is the truth; the broker only wakes the worker."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import structlog
from django.db import connection, transaction
from django.db.models import F

from vetting.audit.services import store_payload
from vetting.jobs.kinds import job_kinds
from vetting.jobs.models import Heartbeat, Job, JobState
from vetting.kernel import clock
from vetting.kernel.logs import place_of

log = structlog.get_logger(__name__)
LEASE = timedelta(minutes=5)
MAX_ATTEMPTS = 5


def ask(*, kind: str, actor: str, district_id: int | None, arguments: Mapping[str, Any]) -> Job:
    """Puts work in the queue inside the caller's transaction; a worker takes it within about two seconds."""
    job_kinds[kind]
    return Job.objects.create(kind=kind, asked_by=actor, district_id=district_id, arguments=dict(arguments))


def beat(name: str) -> None:
    """Writes a sign of life."""
    Heartbeat.objects.update_or_create(name=name, defaults={"at": clock.now()})


def carry_signs(time: timedelta) -> None:
    """Signs of life follow a clock that is moved forward: a leap in time is no silence."""
    Heartbeat.objects.update(at=F("at") + time)


def silence(name: str) -> None:
    """Takes the sign of life away: the process is ending in good order."""
    Heartbeat.objects.filter(name=name).delete()


@contextmanager
def alone(machine: str) -> Iterator[bool]:
    """Whether nobody else on `machine` works on jobs, for as long as the block lasts.

    A lock of the session: it ends with the process, however that ends.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(hashtext(%s))", [f"vetting.jobs:{machine}"])
        free = bool(cursor.fetchone()[0])
    try:
        yield free
    finally:
        if free and connection.is_usable():
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(hashtext(%s))", [f"vetting.jobs:{machine}"])


def take_one() -> Job | None:
    """Claims the next job for `LEASE`: a waiting one, or one whose worker died. Two workers never get the same."""
    with transaction.atomic():
        moment = clock.now()
        job = (
            Job.objects.select_for_update(skip_locked=True, no_key=True)
            .filter(state__in=[JobState.WAITING, JobState.RUNNING], run_after__lte=moment)
            .exclude(state=JobState.RUNNING, lease_until__gt=moment)
            .order_by("run_after", "id")
            .first()
        )
        if job is None:
            return None
        job.state, job.lease_until, job.attempts = JobState.RUNNING, moment + LEASE, job.attempts + 1
        job.save(update_fields=["state", "lease_until", "attempts"])
        return job


def run(job: Job) -> None:
    """Runs a claimed job. A failure is retried with back-off, then kept as failed with its code; others go on."""

    def progress(done: int, of_all: int) -> None:
        Job.objects.filter(pk=job.pk).update(done_steps=done, all_steps=of_all, lease_until=clock.now() + LEASE)

    try:
        result = job_kinds[job.kind](dict(job.arguments), progress)
    except Exception as error:
        connection.close_if_unusable_or_obsolete()
        _failed(job, error)
        return
    Job.objects.filter(pk=job.pk).update(state=JobState.DONE, result=result, ended_at=clock.now(), lease_until=None)


def _failed(job: Job, error: Exception) -> None:
    """Tries again later, or gives up. The log gets class, place and job; the words, which may name people, are kept
    in a payload row that whoever asked for the work can read on its page."""
    code = getattr(error, "code", "") or type(error).__name__
    final = job.attempts >= MAX_ATTEMPTS
    log.warning(
        "job.failed",
        job=str(job.key),
        kind=job.kind,
        code=code,
        error=type(error).__name__,
        place=place_of(error),
        attempt=job.attempts,
        final=final,
    )
    moment = clock.now()
    with transaction.atomic():
        words = (
            store_payload({"text": str(error)}, district=job.district.code if job.district else "") if final else None
        )
        Job.objects.filter(pk=job.pk).update(
            state=JobState.FAILED if final else JobState.WAITING,
            error_code=code[:64],
            error_payload_id=words[0].pk if words else None,
            lease_until=None,
            run_after=moment + timedelta(seconds=5 * 2**job.attempts),
            ended_at=moment if final else None,
        )
