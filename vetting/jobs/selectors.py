"""Reads of heartbeats and jobs."""

from datetime import datetime

from vetting.jobs.models import Heartbeat


def heartbeats() -> dict[str, datetime]:
    """Name → moment of the last sign of life, for `worker` and `beat`."""
    return dict(Heartbeat.objects.values_list("name", "at"))
