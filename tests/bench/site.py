"""The real web server on a measured database, and a signed-in browser without a screen."""

import http.client
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import urlencode

import psutil
from django.contrib.auth.hashers import make_password

from tests import database
from tests.bench.row import percentile
from tests.bench.world import World
from vetting.accounts.models import User

PASSWORD = "bara-for-matningen"
WARM, MEASURED = 20, 200
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


@dataclass
class Visitor:
    """One keep-alive connection with its cookies."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.wire = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)

    def send(self, method: str, path: str, body: dict[str, str] | None = None) -> tuple[int, str, str]:
        """Status, body and Location of one request; no redirect is followed."""
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        data = urlencode(body) if body is not None else None
        if data is not None:
            headers |= {
                "Content-Type": "application/x-www-form-urlencoded",
                "Referer": f"http://127.0.0.1:{self.port}/",
            }
        self.wire.request(method, path, data, headers)
        answer = self.wire.getresponse()
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie":
                key, _, rest = value.partition("=")
                self.cookies[key] = rest.partition(";")[0]
        return answer.status, answer.read().decode("utf-8", "replace"), answer.getheader("Location") or ""

    def sign_in(self, username: str) -> None:
        _status, page, _to = self.send("GET", "/konto/logga-in/")
        token = TOKEN.search(page)
        if token is None:
            raise RuntimeError("the sign-in page has no form")
        form = {"login": username, "password": PASSWORD, "csrfmiddlewaretoken": token[1]}
        status, _page, _to = self.send("POST", "/konto/logga-in/", form)
        if status != 302:
            raise RuntimeError(f"{username} could not sign in: {status}")

    def p95(self, path: str) -> tuple[float, int]:
        """Milliseconds of the 95th percentile of 200 requests after 20 warm ones, and the page's size in bytes."""
        took, size = [], 0
        for number in range(WARM + MEASURED):
            began = time.perf_counter()
            status, page, _to = self.send("GET", path)
            spent = (time.perf_counter() - began) * 1000
            if status != 200:
                raise RuntimeError(f"{path}: {status}")
            size = max(size, len(page.encode()))
            if number >= WARM:
                took.append(spent)
        return percentile(took, 0.95), size


@dataclass(frozen=True, slots=True)
class Site:
    port: int
    process: psutil.Process

    def visitor(self, username: str = "handlaggare") -> Visitor:
        visitor = Visitor(self.port)
        visitor.sign_in(username)
        return visitor

    def worker(self) -> psutil.Process:
        """The web process that answers."""
        found: psutil.Process = self.process.children()[0]
        return found


@contextmanager
def site(world: World, name: str) -> Iterator[Site]:
    """gunicorn (gthread, one process) on the database `name`, with a password for `handlaggare`."""
    with world.using(name):
        User.objects.filter(username="handlaggare").update(password=make_password(PASSWORD))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "gunicorn", "--worker-class=gthread", "--workers=1", "--threads=4"]
    command += [f"--bind=127.0.0.1:{port}", "--no-control-socket", "--log-level=error", "vetting.wsgi"]
    server = subprocess.Popen(command, env=world.environment(name), cwd=database.ROOT)
    try:
        _wait(port, server)
        yield Site(port, psutil.Process(server.pid))
    finally:
        server.terminate()
        server.wait(20)


def _wait(port: int, server: "subprocess.Popen[bytes]") -> None:
    limit = time.monotonic() + 60
    while time.monotonic() < limit and server.poll() is None:
        try:
            Visitor(port).send("GET", "/healthz")
            return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError("the web server did not start")
