"""Child processes that are kept alive, and that never outlive the process that started them."""

import contextlib
import ctypes
import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from vetting.embedded.identity import AS_WE_ARE, Identity

LOG_LIMIT = 5_000_000  # bytes; a longer log is set aside at the next start
FIRST_DELAY = 0.1  # seconds before a dead child is started again; doubled at each death
LONGEST_DELAY = 10.0
HEALTHY_AFTER = 20.0  # seconds a child must live for its deaths to be forgotten
GRACE = 10.0  # seconds between asking a child to stop and killing it

_libc = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None
PR_SET_PDEATHSIG = 1
PR_SET_CHILD_SUBREAPER = 36


def die_with_parent(signum: int, parent: int) -> None:
    """Ask the kernel to send this process `signum` when its parent dies, even by kill -9. Linux only."""
    if _libc is not None:
        _libc.prctl(PR_SET_PDEATHSIG, signum, 0, 0, 0)
        if os.getppid() != parent:
            os.kill(os.getpid(), signum)


def adopt_orphans() -> None:
    """Become the parent of what dead children leave behind, so that it can be reaped. Linux only."""
    if _libc is not None:
        _libc.prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def open_log(path: Path) -> IO[bytes]:
    """The log, to append to; an overlong one is set aside as `.1`."""
    if path.exists() and path.stat().st_size > LOG_LIMIT:
        path.replace(path.with_name(path.name + ".1"))
    return path.open("ab")


@dataclass
class Child:
    """One program to keep alive. `command` and `environ` are asked anew at each start."""

    name: str
    command: Callable[[], list[str]]
    log: Path
    environ: Callable[[], Mapping[str, str]] = lambda: dict(os.environ)
    typed_in: Callable[[], str] = lambda: ""
    identity: Identity = AS_WE_ARE
    pass_fds: tuple[int, ...] = ()
    stop_signal: int = signal.SIGTERM
    orphan_signal: int = signal.SIGTERM
    cwd: str = "/"
    pid: int | None = None
    started_at: float = 0.0
    deaths: int = 0
    start_at: float = 0.0
    once: bool = False  # runs to its end instead of being kept alive
    exit_code: int = 0

    def start(self) -> None:
        """Start it in a session of its own: signals of the terminal reach the keeper only."""
        parent, signum = os.getpid(), self.orphan_signal
        with open_log(self.log) as log:
            process = subprocess.Popen(
                self.command(),
                stdin=subprocess.PIPE,
                stdout=log,
                stderr=log,
                cwd=self.cwd,
                env=dict(self.environ()),
                pass_fds=self.pass_fds,
                start_new_session=True,
                preexec_fn=lambda: die_with_parent(signum, parent),
                **self.identity.popen_arguments(),  # type: ignore[call-overload]
            )
        self.pid, self.started_at = process.pid, time.monotonic()
        process.returncode = 0  # reaped by the keeper, not by Popen
        try:
            process.stdin.write(self.typed_in().encode())
            process.stdin.close()
        except BrokenPipeError:
            pass

    def send(self, signum: int) -> None:
        if self.pid is not None:
            os.kill(self.pid, signum)

    def note_death(self, code: int) -> None:
        """Plan the next start: at once for a first death, later and later for one that keeps dying."""
        lived = time.monotonic() - self.started_at
        self.deaths = 1 if lived > HEALTHY_AFTER else self.deaths + 1
        self.start_at = time.monotonic() + min(FIRST_DELAY * 2 ** (self.deaths - 1), LONGEST_DELAY)
        self.pid, self.exit_code = None, code


def last_line(log: Path) -> str:
    """The last line of a log that says anything."""
    lines = log.read_text(encoding="utf-8", errors="replace").split("\n")
    return next((line.strip() for line in reversed(lines) if line.strip()), "it said nothing")


class Keeper:
    """Keeps children alive from one thread: the owner calls `wait` in its loop.

    `on_death(child, text)` tells what happened to which; the child is started again after it.
    """

    SIGNALS = (signal.SIGCHLD, signal.SIGTERM, signal.SIGINT, signal.SIGHUP)

    def __init__(self, on_death: Callable[[Child, str], None] = lambda child, text: None) -> None:
        self.children: list[Child] = []
        self.on_death = on_death
        self._awake, write_end = os.pipe()
        for end in (self._awake, write_end):
            os.set_blocking(end, False)
        for signum in self.SIGNALS:
            signal.signal(signum, lambda *_: None)
        signal.set_wakeup_fd(write_end, warn_on_full_buffer=False)
        adopt_orphans()

    def add(self, child: Child) -> Child:
        self.children.append(child)
        child.start()
        return child

    def wait(self, seconds: float, restart: bool = True) -> list[int]:
        """Sleep so long or until a signal; reap and restart children; return the other signals that came."""
        self._restart_due(restart)
        waiting = [child for child in self.children if child.pid is None and not child.once and restart]
        due = [child.start_at - time.monotonic() for child in waiting]
        readable, _, _ = select.select([self._awake], [], [], max(0.0, min([seconds, *due])))
        came = os.read(self._awake, 4096) if readable else b""
        self._reap()
        self._restart_due(restart)
        return [signum for signum in came if signum != signal.SIGCHLD]

    def _restart_due(self, restart: bool) -> None:
        for child in self.children:
            if restart and child.pid is None and not child.once and child.start_at <= time.monotonic():
                child.start()

    def _reap(self) -> None:
        """Bury the dead, ours and adopted ones; what a dead child leaves in its session goes with it."""
        while True:
            try:
                dead = os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOHANG | os.WNOWAIT)
            except ChildProcessError:
                return
            if dead is None:
                return
            child = next((child for child in self.children if child.pid == dead.si_pid), None)
            if child is not None:
                kill_group(dead.si_pid)  # the corpse still holds the number, so it is nobody else's
            _, status = os.waitpid(dead.si_pid, 0)
            if child is not None:
                code = os.waitstatus_to_exitcode(status)
                child.note_death(code)
                self.on_death(child, f"signal {-code}" if code < 0 else f"exit code {code}")

    def stop(self, children: Iterable[Child] | None = None, grace: float = GRACE) -> None:
        """Stop these children (default: all), politely first; a second Ctrl-C or the end of the grace kills."""
        leaving = list(self.children if children is None else children)
        self.children = [child for child in self.children if child not in leaving] + leaving
        for child in leaving:
            child.send(child.stop_signal)
        deadline = time.monotonic() + grace
        while any(child.pid for child in leaving):
            hurry = signal.SIGINT in self.wait(0.5, restart=False)
            if hurry or time.monotonic() > deadline:
                for child in leaving:
                    if child.pid is not None:
                        kill_group(child.pid)
        self.children = [child for child in self.children if child not in leaving]


def kill_group(leader: int) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(leader, signal.SIGKILL)
