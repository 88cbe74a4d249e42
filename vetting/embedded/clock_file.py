"""Writes the file from which `vetting.kernel.clock` reads how far the demo's time is ahead."""

import fcntl
import os
import tempfile
from datetime import timedelta
from pathlib import Path

from vetting.kernel import clock


def move_forward(path: Path, by: timedelta) -> timedelta:
    """Put the clock this much further ahead, for all processes at once; returns the whole offset.

    Raises ValueError for a step backward: rows would then be older than what they follow.
    """
    if by <= timedelta():
        raise ValueError("the clock moves forward only")
    with path.with_name(f"{path.name}.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        ahead = clock.offset() + by
        handle, partial = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(f"{int(ahead.total_seconds())}\n")
        Path(partial).replace(path)
    return ahead
