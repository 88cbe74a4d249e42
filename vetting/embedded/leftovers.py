"""Programs that a killed supervisor left behind: each holds an inherited lock, so they can be waited for and found."""

import fcntl
import os
import signal
import time
from pathlib import Path
from typing import IO

PATIENCE = 8.0  # seconds to end by themselves, which the kernel told them to


def wait_for_leftovers(path: Path) -> IO[str]:
    """The lock file, locked for us and our children alone; who still holds it after `PATIENCE` is killed."""
    lock = path.open("a")
    begun = time.monotonic()
    while True:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() - begun > PATIENCE:
                for pid in holders(path):
                    os.kill(pid, signal.SIGKILL)
            time.sleep(0.1)
        else:
            return lock


def holders(path: Path) -> list[int]:
    """The other processes that have the file open (Linux; elsewhere none can be seen)."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if any(file.readlink() == path for file in (folder / "fd").iterdir()):
                found.append(int(folder.name))
        except OSError:
            continue  # gone, or not ours to look at
    return [pid for pid in found if pid != os.getpid()]
