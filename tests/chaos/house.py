"""A broker, workers and beats of their own, as processes that can be killed; all are gone when the block ends."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import IO
from urllib.parse import urlsplit, urlunsplit

import redis

from tests.database import ROOT
from tests.programs import free_port, wait_until
from vetting.embedded.binaries import installed
from vetting.embedded.clock_file import move_forward

CELERY = [sys.executable, "-W", "ignore", "-m", "celery", "-A", "vetting"]
WORKER = [*CELERY, "worker", "--without-gossip", "--without-mingle", "--without-heartbeat"]
BEAT = [*CELERY, "beat", "--scheduler=celery.beat:Scheduler", "--pidfile="]


@dataclass
class House:
    """`clock` is the file with the offset all read; `mail` the sink's folder; `name` the database."""

    name: str
    folder: Path
    smtp_port: int
    broker_port: int
    running: list["subprocess.Popen[bytes]"] = field(default_factory=list)

    @property
    def clock(self) -> Path:
        return self.folder / "clock"

    @property
    def mail(self) -> Path:
        return self.folder / "mail"

    @property
    def log(self) -> Path:
        return self.folder / "log"

    def environment(self) -> dict[str, str]:
        parts = urlsplit(os.environ["DATABASE_URL"])
        return os.environ | {
            "DJANGO_SETTINGS_MODULE": "tests.chaos.settings",
            "DATABASE_URL": urlunsplit(parts._replace(path=f"/{self.name}")),
            "REDIS_URL": f"redis://127.0.0.1:{self.broker_port}/0",
            "SMTP_PORT": str(self.smtp_port),
            "DEMO_MAIL_DIR": str(self.mail),
            "CLOCK_OFFSET_FILE": str(self.clock),
        }

    def start(self, command: list[str]) -> "subprocess.Popen[bytes]":
        """A process in a group of its own, so that its children die with it."""
        with self.log.open("ab") as out:
            made = self._popen(command, out)
        self.running.append(made)
        return made

    def _popen(self, command: list[str], out: IO[bytes]) -> "subprocess.Popen[bytes]":
        return subprocess.Popen(
            command, env=self.environment(), cwd=ROOT, stdout=out, stderr=out, start_new_session=True
        )

    def worker(self, processes: int = 1) -> "subprocess.Popen[bytes]":
        return self.start([*WORKER, f"--concurrency={processes}"])

    def beat(self) -> "subprocess.Popen[bytes]":
        return self.start(BEAT)

    def kill(self, process: "subprocess.Popen[bytes]") -> None:
        """kill -9 of the process and all it started."""
        os.killpg(process.pid, signal.SIGKILL)
        process.wait(20)
        self.running.remove(process)

    def forget(self) -> None:
        """FLUSHALL: the broker loses everything."""
        with redis.Redis(port=self.broker_port) as broker:
            broker.flushall()

    def later(self, **time: float) -> None:
        """Moves the clock forward for all processes."""
        move_forward(self.clock, timedelta(**time))


@contextmanager
def house(name: str, folder: Path, smtp_port: int) -> Iterator[House]:
    """The broker runs; workers and beats are the test's to start."""
    made = House(name, folder, smtp_port, free_port())
    made.mail.mkdir(parents=True)
    made.clock.write_text("0\n")
    valkey = [str(installed().valkey), "--port", str(made.broker_port), "--save", "", "--appendonly", "no"]
    broker = made.start([*valkey, "--bind", "127.0.0.1", "--daemonize", "no"])
    try:
        wait_until(lambda: _answers(made.broker_port), "the broker")
        yield made
    finally:
        for process in [*made.running, broker]:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait(20)


def _answers(port: int) -> bool:
    try:
        with redis.Redis(port=port, socket_timeout=1) as broker:
            return bool(broker.ping())
    except redis.RedisError:
        return False
