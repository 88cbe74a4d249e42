"""Reads of heartbeats and jobs."""

from datetime import datetime, timedelta

from vetting.audit.models import Payload
from vetting.audit.services import read_payload
from vetting.jobs.models import Heartbeat, Job
from vetting.kernel import clock

# The worker signs every 5 seconds, beat's tick every 2, whatever else they do: three signs missed mean that something
# is wrong.
SILENT_AFTER = timedelta(seconds=15)
PARTS = ("worker", "beat")


def heartbeats() -> dict[str, datetime]:
    """Name → moment of the last sign of life, for `worker` and `beat`."""
    return dict(Heartbeat.objects.values_list("name", "at"))


def silent() -> list[str]:
    """The parts that have given no sign of life for `SILENT_AFTER`, or never."""
    signs, limit = heartbeats(), clock.now() - SILENT_AFTER
    return [name for name in PARTS if name not in signs or signs[name] < limit]


def error_text(job: Job) -> str:
    """What the failed work said, for whoever asked for it; nothing else shows it."""
    row = Payload.objects.filter(pk=job.error_payload_id).first() if job.error_payload_id else None
    return str(read_payload(row)["text"]) if row else ""
