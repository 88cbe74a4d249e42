"""The guardian: the process that starts the servers, keeps them alive and stops them when nobody uses them.

It lives as long as anybody holds a shared lock on the data directory's `lock` file. The kernel lets go of a
lock when its holder dies, however it dies, so nothing a user does or suffers can leave servers behind; and if
the guardian itself is killed, the kernel tells the servers to end (`processes.die_with_parent`).
"""

import fcntl
import json
import os
import signal
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, Any

from vetting.embedded.binaries import shelter_for, usable
from vetting.embedded.data_dir import DataDir, StartError, write_private
from vetting.embedded.identity import server_identity
from vetting.embedded.ports import free_port
from vetting.embedded.postgres import APP, OWNER, Postgres, last_complaint
from vetting.embedded.processes import Child, Keeper
from vetting.embedded.smtp_sink import Sink
from vetting.embedded.valkey import Valkey

START_LIMIT = 30.0  # seconds, crash recovery included
STALE_LIMIT = 10.0  # seconds in which what a crash left behind may go away
POLL = 0.1  # seconds between looks at the lock


@dataclass(frozen=True)
class State:
    """What the guardian tells the users, as `servers.json`. `state` is starting, ready or failed."""

    state: str
    message: str = ""
    durable: bool = True
    pid: int = 0
    postgres_port: int = 0
    valkey_port: int = 0
    smtp_port: int = 0
    database_url: str = ""
    database_owner_url: str = ""
    redis_url: str = ""

    @classmethod
    def read(cls, data: DataDir) -> "State | None":
        try:
            return cls(**json.loads(data.state_file.read_text(encoding="utf-8")))
        except (FileNotFoundError, ValueError, TypeError):
            return None


class Guardian:
    def __init__(self, data: DataDir, durable: bool, mail: bool) -> None:
        self.data, self.durable, self.mail = data, durable, mail
        self.keeper = Keeper()
        self.former = State.read(data) or State("none")

    def tell(self, state: str, **facts: Any) -> None:
        write_private(self.data.state_file, asdict(State(state, durable=self.durable, pid=os.getpid(), **facts)))

    def run(self) -> int:
        """Start, watch, stop. Returns the exit code."""
        try:
            self.start()
        except (StartError, OSError) as error:
            self.keeper.stop()
            self.tell("failed", message=str(error))
            return 1
        with self.data.lock.open("a") as lock:
            while not self.is_alone(lock):
                if signal.SIGTERM in self.keeper.wait(POLL):
                    break
            self.keeper.stop()
            self.data.state_file.unlink(missing_ok=True)
        return 0

    def start(self) -> None:
        """Make the cluster if there is none, start the servers and wait until they answer.

        Raises `StartError` with one line that says why not.
        """
        self.tell("starting")
        identity = server_identity(self.data.postgres)
        binaries = usable(identity, shelter_for(self.data.root))
        secrets = self.data.secrets()
        postgres = Postgres(self.data, binaries, identity, secrets, self.durable)
        valkey = Valkey(self.data, binaries, identity, secrets)
        postgres.make()
        valkey_port = self.bring_up(valkey, self.former.valkey_port)
        postgres_port = self.bring_up(postgres, self.former.postgres_port)
        smtp_port = self.bring_up(Sink(self.data), self.former.smtp_port) if self.mail else 0
        self.tell(
            "ready",
            postgres_port=postgres_port,
            valkey_port=valkey_port,
            smtp_port=smtp_port,
            database_url=postgres.url(APP, postgres_port),
            database_owner_url=postgres.url(OWNER, postgres_port),
            redis_url=valkey.url(valkey_port),
        )

    def bring_up(self, server: Postgres | Valkey | Sink, preferred: int) -> int:
        """Start the server on a free port and wait for it; returns the port.

        A first start may fail while the remains of a crash go away, or because somebody took the port between
        our look and the server's: such a start is tried again for `STALE_LIMIT` seconds.
        """
        begun = time.monotonic()
        while True:
            port = free_port(preferred)
            child = self.keeper.add(server.child(port))
            log_from = child.log.stat().st_size
            while child.pid is not None and time.monotonic() - begun < START_LIMIT:
                if server.is_ready(port):
                    return port
                self.keeper.wait(0.03, restart=False)
            self.keeper.stop([child])
            if time.monotonic() - begun > STALE_LIMIT:
                raise StartError(f"{child.name} does not start: {complaint(child, log_from)} (more in {child.log})")
            preferred = 0
            time.sleep(0.3)

    @staticmethod
    def is_alone(lock: IO[str]) -> bool:
        """Take the lock for us alone if no user holds it; new users then wait until we are gone."""
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True


def complaint(child: Child, log_from: int) -> str:
    with child.log.open("rb") as log:
        log.seek(log_from)
        return last_complaint(log.read().decode(errors="replace"))


def main(root: Path, durable: bool, mail: bool) -> int:
    """The process itself: started by `tenancy` with the guardian's lock held on an inherited file."""
    os.umask(0o077)
    return Guardian(DataDir(root), durable, mail).run()
