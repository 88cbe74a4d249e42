"""`make demo`: everything from the database to the web, kept alive until somebody stops it."""

import fcntl
import http.client
import json
import os
import signal
import socket
import sys
import time
from collections.abc import Callable
from typing import IO

from vetting.embedded import environment
from vetting.embedded.data_dir import ROOT, DataDir, StartError
from vetting.embedded.leftovers import wait_for_leftovers
from vetting.embedded.prepare import MIGRATE_FIRST
from vetting.embedded.processes import Child, Keeper, last_line
from vetting.embedded.screen import say, welcome
from vetting.embedded.tenancy import Tenancy

WEB_LIMIT = 60.0  # seconds until the first page
READY_LIMIT = 45.0  # more seconds until worker and beat have given a sign
MAX_DEATHS = 4  # of a program before its first success
# While the database is prepared its commits need not wait for the disk: there are hundreds, and what a stopped
# machine could lose of them is made again at the next start. Nothing of this reaches the web or the worker.
UNHURRIED = {"PGOPTIONS": "-c synchronous_commit=off"}


class StopAskedError(Exception):
    """Ctrl-C, SIGTERM or the end of the terminal."""


class Demo:
    """One run of the demo in one data directory."""

    def __init__(self, data: DataDir, port: int, empty: bool = False) -> None:
        self.data, self.port, self.empty, self.begun = data, port, empty, time.monotonic()
        self.answer = data.root / "prepared.json"
        self.address = f"http://127.0.0.1:{port}/"
        self.stopping = False
        self.lock: IO[str]
        self.family: IO[str]
        self.listener: socket.socket

    def run(self) -> int:
        """Start, watch, stop; 0 when it was stopped by a person.

        Raises `StartError` with one line when it cannot start.
        """
        self.data.prepare()
        self.claim()
        self.keeper = Keeper(self.report_death)
        self.tenancy = Tenancy(self.data, durable=True, mail=True, pause=self.pause)
        try:
            self.start()
            while True:
                self.pause(0.5)
                self.revive_servers()
        except StopAskedError:
            say("Stoppar …", "stopping")
        finally:
            self.stopping = True
            self.keeper.stop()
            self.tenancy.leave()
        say("Allt är stoppat", "everything is stopped")
        return 0

    def claim(self) -> None:
        """Be the only demo of this directory, with no remains of a former one, and own the port."""
        self.lock = (self.data.root / "demo.lock").open("a+")
        try:
            fcntl.flock(self.lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            self.lock.seek(0)
            where = self.lock.read().strip()
            raise StartError(f"The demo runs already at {where}. Stop it there with Ctrl-C first.") from None
        self.family = wait_for_leftovers(self.data.root / "children.lock")
        self.listener = listen(self.port)
        self.lock.truncate(0)
        self.lock.write(self.address)
        self.lock.flush()

    def pause(self, seconds: float) -> None:
        if self.keeper.wait(seconds):
            raise StopAskedError

    def start(self) -> None:
        say("Startar PostgreSQL och Valkey …", "starting PostgreSQL and Valkey")
        self.state = self.tenancy.enter()
        say("Förbereder databasen …", "preparing the database")
        accounts = self.prepare_database()
        say("Startar arbetare och schemaläggare …", "starting worker and beat")
        for name in ("worker", "beat"):
            self.keeper.add(self.program(name))
        self.wait_until_ready()
        welcome(self.data, self.address, self.data.secrets().demo_password, accounts, time.monotonic() - self.begun)

    def prepare_database(self) -> list[list[str]]:
        """Migrate when the code has migrations the database lacks; load the example data the first time.

        The web starts as soon as its tables are right. It is not ready before worker and beat, and they wait.
        """
        self.answer.unlink(missing_ok=True)
        if (code := self.run_once("prepare", self.start_web)) == MIGRATE_FIRST:
            say("Skapar tabellerna …", "migrating")
            code = self.run_once("migrate")
            if code == 0:
                say("Lägger in exempeldata …", "loading example data")
                code = self.run_once("prepare", self.start_web)
        if code != 0:
            words = self.last_words("prepare", "migrate")
            raise StartError(
                f"The database could not be prepared: {words}. If its example data is of an older version, "
                "run `make demo-reset` to begin afresh."
            )
        return [list(row) for row in json.loads(self.answer.read_text(encoding="utf-8"))["accounts"]]

    def start_web(self) -> None:
        if self.answer.exists() and not any(child.name == "web" for child in self.keeper.children):
            self.keeper.add(self.program("web"))

    def run_once(self, name: str, meanwhile: Callable[[], None] = lambda: None) -> int:
        """Run a program to its end and return its exit code; a stop reaches it too."""
        child = self.program(name)
        chosen = environment.owner if name == "migrate" else environment.demo
        child.environ = lambda: dict(os.environ) | chosen(self.data, self.state) | UNHURRIED
        child.once = True
        self.keeper.add(child)
        while child.pid is not None:
            self.pause(0.1)
            meanwhile()
        self.keeper.children.remove(child)
        return child.exit_code

    def program(self, name: str) -> Child:
        """The program as a child: all hold the family's lock, the web has the listening socket handed down."""
        return Child(
            name=name,
            command=lambda: [sys.executable, *self.arguments(name)],
            log=self.data.logs / f"{name}.log",
            environ=lambda: dict(os.environ) | environment.demo(self.data, self.state) | {"SITE_URL": self.address},
            pass_fds=(self.family.fileno(), self.listener.fileno()) if name == "web" else (self.family.fileno(),),
            cwd=str(ROOT),
        )

    def arguments(self, name: str) -> list[str]:
        celery = ["-m", "celery", "-A", "vetting", name]
        match name:
            case "prepare":
                empty = ["--empty"] if self.empty else []
                return ["-m", "vetting.embedded", "prepare", str(self.answer), *empty]
            case "migrate":
                return ["manage.py", "migrate", "--no-input"]
            case "worker":
                return [*celery, "--concurrency=2", "--without-gossip", "--without-mingle", "--without-heartbeat"]
            case "beat":  # its schedule stays in memory: the database knows what is due
                return [*celery, "--scheduler=celery.beat:Scheduler", "--pidfile="]
        # A web that is killed loses no port and few visitors: they wait in the socket, which is ours.
        socket = f"--bind=fd://{self.listener.fileno()}"
        return ["-m", "gunicorn", socket, "--config=python:vetting.gunicorn", "--no-control-socket", "vetting.wsgi"]

    def wait_until_ready(self) -> None:
        """Wait for the first page, then a while for worker and beat; a part that stays away is named."""
        limit, state = time.monotonic() + WEB_LIMIT, ""
        while not state:
            dying = next((child for child in self.keeper.children if child.deaths >= MAX_DEATHS), None)
            if dying is not None or time.monotonic() > limit:
                name = dying.name if dying else "web"
                raise StartError(f"{name} does not start: {self.last_words(name)}")
            self.pause(0.1)
            state = self.readiness()
        limit = time.monotonic() + READY_LIMIT
        while state != "ready" and time.monotonic() < limit:
            self.pause(0.5)
            state = self.readiness() or state
        if state != "ready":
            say(f"Ännu inte igång: {state}", f"not yet up, see {self.data.logs}")

    def readiness(self) -> str:
        """`ready`, or the parts that are not, or nothing while the web does not answer."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=2)
        try:
            connection.request("GET", "/readyz")
            answer = json.loads(connection.getresponse().read())
            return "ready" if answer["ready"] else ", ".join(n for n, p in answer["parts"].items() if not p["ok"])
        except (OSError, http.client.HTTPException, ValueError):
            return ""
        finally:
            connection.close()

    def revive_servers(self) -> None:
        """Start the servers again if their guardian was killed; programs learn new addresses by a restart."""
        if self.tenancy.guardian_lives():
            return
        say("PostgreSQL och Valkey avslutades, startar dem igen", "servers ended, starting them again")
        former, self.state = self.state, self.tenancy.ensure()
        if environment.demo(self.data, self.state) != environment.demo(self.data, former):
            for child in self.keeper.children:
                child.send(signal.SIGTERM)

    def report_death(self, child: Child, text: str) -> None:
        if not (child.once or self.stopping):
            say(f"{child.name} avslutades ({text}), startar igen", f"{child.name} ended, starting again")

    def last_words(self, *names: str) -> str:
        """The last line of the newest of these logs, and where the rest is."""
        logs = [self.data.logs / f"{name}.log" for name in names]
        newest = max((log for log in logs if log.exists()), key=lambda log: log.stat().st_mtime)
        return f"{last_line(newest)} (more in {newest})"


def listen(port: int) -> socket.socket:
    """The web's listening socket on 127.0.0.1.

    Raises `StartError` when the port is taken or may not be used.
    """
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind(("127.0.0.1", port))
        listener.listen(128)
    except PermissionError:
        raise StartError(f"Port {port} is reserved for root. Choose another: make demo PORT=8001") from None
    except OSError:
        raise StartError(
            f"Port {port} is taken by another program. Choose another: make demo PORT={port + 1}"
        ) from None
    return listener


def chosen_port() -> int:
    """The environment's `PORT`, 8000 without one."""
    text = os.environ.get("PORT") or "8000"
    if text.isascii() and text.isdigit() and 0 < int(text) < 65_536:
        return int(text)
    raise StartError(f"PORT is {text!r}; it must be a number from 1 to 65535.")
