"""Using the embedded servers: whoever uses them holds a shared lock, and starts them when they are down."""

import fcntl
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, replace
from typing import IO

from vetting.embedded.data_dir import ROOT, DataDir, StartError, write_private
from vetting.embedded.guardian import STALE_LIMIT, START_LIMIT, State
from vetting.embedded.processes import open_log

LEAVE_LIMIT = 15.0  # seconds


class Tenancy:
    """One process's use of a data directory's servers, from `enter` to `leave`."""

    def __init__(
        self, data: DataDir, durable: bool, mail: bool = False, pause: Callable[[float], None] = time.sleep
    ) -> None:
        self.data, self.durable, self.mail, self.pause = data, durable, mail, pause
        self._lock: IO[str] | None = None
        self._guardian: subprocess.Popen[bytes] | None = None

    def enter(self) -> State:
        """Hold the lock and have the servers running.

        Raises `StartError` with one line for a person.
        """
        self.data.prepare()
        self._lock = self.data.lock.open("a")
        try:
            while not self._shared(self._lock):  # a guardian is stopping the servers
                self.pause(0.05)
            return self.ensure()
        except BaseException:
            self._lock.close()
            raise

    def ensure(self) -> State:
        """The running servers; started when they are down, also while others hold the lock."""
        deadline = time.monotonic() + START_LIMIT + STALE_LIMIT
        while time.monotonic() < deadline:
            state = State.read(self.data)
            if self.guardian_lives():
                if state and state.state == "ready":
                    return self.accepted(state)
            elif state and state.state == "failed" and self._guardian is not None:
                raise StartError(state.message)
            else:
                self._start_guardian()
            self.pause(0.03)
        raise StartError(f"The servers in {self.data.root} did not start in time; see {self.data.logs}.")

    def accepted(self, state: State) -> State:
        if (self.durable and not state.durable) or (self.mail and not state.smtp_port):
            raise StartError(
                f"The servers in {self.data.root} run for somebody's tests. Wait until those are done, "
                "or choose another folder with VETTING_DATA_DIR."
            )
        return state

    def guardian_lives(self) -> bool:
        """A guardian holds its lock from before its first breath until its last."""
        with self.data.guardian_lock.open("a") as lock:
            return not self._shared(lock)

    @staticmethod
    def _shared(lock: IO[str]) -> bool:
        try:
            fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def _start_guardian(self) -> None:
        """Start one, unless somebody else is just doing so. The lock travels with the inherited file."""
        with self.data.guardian_lock.open("a") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return
            # What a killed guardian said last is no longer true; only its ports are worth keeping.
            former = State.read(self.data) or State("none")
            write_private(self.data.state_file, asdict(replace(former, state="starting")))
            with open_log(self.data.logs / "guardian.log") as log:
                self._guardian = subprocess.Popen(
                    [
                        sys.executable,
                        "-m",
                        "vetting.embedded",
                        "guardian",
                        str(self.data.root),
                        *(["--durable"] if self.durable else []),
                        *(["--mail"] if self.mail else []),
                    ],
                    stdin=subprocess.DEVNULL,
                    stdout=log,
                    stderr=log,
                    cwd=ROOT,
                    pass_fds=(lock.fileno(),),
                    start_new_session=True,
                )

    def leave(self) -> None:
        """Give up the lock. The last to leave returns when the servers have stopped."""
        if self._lock is None or self._lock.closed:
            return
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            self._lock.close()
            return
        self._lock.close()
        deadline = time.monotonic() + LEAVE_LIMIT
        while self.guardian_lives() and time.monotonic() < deadline:
            time.sleep(0.03)
        if self._guardian is not None:
            self._guardian.wait(LEAVE_LIMIT)


@contextmanager
def servers(data: DataDir, durable: bool, mail: bool = False) -> Iterator[State]:
    """The servers of this directory, running for as long as the block lasts; `mail` adds the SMTP sink."""
    tenancy = Tenancy(data, durable, mail)
    try:
        yield tenancy.enter()
    finally:
        tenancy.leave()
