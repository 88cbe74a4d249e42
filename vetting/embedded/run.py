"""`python -m vetting.embedded run -- COMMAND`: a command with real servers under it, and its exit code."""

import os
import signal
import subprocess
from collections.abc import Sequence

from vetting.embedded import environment
from vetting.embedded.data_dir import DataDir, StartError
from vetting.embedded.processes import die_with_parent
from vetting.embedded.tenancy import servers


def run(command: Sequence[str], durable: bool) -> int:
    """Run the command with `DATABASE_URL`, `DATABASE_OWNER_URL` and `REDIS_URL` set; returns its exit code.

    Servers that the environment names already are used as they are. A command ended by signal N gives 128 + N.
    """
    if os.environ.get("DATABASE_URL") and os.environ.get("REDIS_URL"):
        return call(command, dict(os.environ))
    with servers(DataDir.chosen(".test-data"), durable) as state:
        given = dict(os.environ)
        if given.get("DATABASE_URL"):  # an own database, and only the broker is ours: never mix two databases
            return call(command, given | {"REDIS_URL": state.redis_url})
        return call(command, given | environment.servers(state))


def call(command: Sequence[str], env: dict[str, str]) -> int:
    """Run the command to its end; signals that end us are handed on, Ctrl-C reaches it from the terminal."""
    parent = os.getpid()
    try:
        process = subprocess.Popen(
            command,
            env=env,
            preexec_fn=lambda: die_with_parent(signal.SIGTERM, parent),
        )
    except OSError as error:
        raise StartError(f"Cannot run {command[0]}: {error.strerror}.") from error
    former = signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, lambda *_: process.terminate())
    signal.signal(signal.SIGHUP, lambda *_: process.terminate())
    code = process.wait()
    signal.signal(signal.SIGINT, former)
    return 128 - code if code < 0 else code
