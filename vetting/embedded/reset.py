"""`make demo-reset`: the demo's data gone, so that the next start begins afresh."""

import fcntl
import shutil

from vetting.embedded.binaries import shelter_for
from vetting.embedded.data_dir import DataDir, StartError
from vetting.embedded.screen import say


def reset(data: DataDir) -> int:
    """Remove the data directory and what the shelter keeps for it.

    Raises `StartError` while anybody uses the servers, or when something cannot be removed.
    """
    if data.root.exists():
        if not data.lock.exists() and any(data.root.iterdir()):
            raise StartError(f"{data.root} is not a data directory of the demo; nothing was removed.")
        with data.lock.open("a") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise StartError("The demo or a command is using the data. Stop it first (Ctrl-C).") from None
            try:
                shutil.rmtree(data.root)
                shutil.rmtree(shelter_for(data.root), ignore_errors=True)
            except OSError as error:
                raise StartError(f"Cannot remove {error.filename} ({error.strerror}).") from error
    say("Demons data är borttagna", "the demo's data are removed")
    return 0
