"""Starting the launcher as a person would, and looking at the processes it makes."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
# What an outer launcher set for us must not reach the launcher under test.
INHERITED = ("DATABASE_URL", "DATABASE_OWNER_URL", "REDIS_URL", "DJANGO_SETTINGS_MODULE", "VETTING_AS_OWNER", "PORT")


@contextmanager
def place() -> Iterator[Path]:
    """A new folder that others may pass through: pytest's own are closed to the user root's servers run as."""
    folder = Path(tempfile.mkdtemp(prefix="vetting-test-"))
    folder.chmod(0o711)
    try:
        yield folder
    finally:
        shutil.rmtree(folder)


def launcher(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "vetting.embedded", *arguments]


def environment(data: Path, **more: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name not in INHERITED}
    return kept | {"VETTING_DATA_DIR": str(data)} | more


def run(
    command: list[str], data: Path, env: Mapping[str, str] | None = None, **more: Any
) -> "subprocess.CompletedProcess[str]":
    """The finished program with what it wrote."""
    return subprocess.run(
        command,
        env=environment(data, **(env or {})),
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=90,
        check=False,
        **more,
    )


def wait_until(true: Callable[[], Any], what: str, limit: float = 40.0) -> Any:
    """The first true answer; fails after `limit` seconds."""
    deadline = time.monotonic() + limit
    while time.monotonic() < deadline:
        if answer := true():
            return answer
        time.sleep(0.05)
    raise AssertionError(f"not within {limit:.0f} s: {what}")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def parents() -> dict[int, int]:
    """Process → its parent, of all living processes."""
    found = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, parent = stat.read_text().rsplit(")", 1)[1].split()[:2]
        except OSError:
            continue
        if state != "Z":
            found[int(stat.parent.name)] = int(parent)
    return found


def descendants(pid: int) -> set[int]:
    """All processes below this one."""
    table = parents()
    below, found = {pid}, set()
    while below:
        below = {child for child, parent in table.items() if parent in below}
        found |= below
    return found


def is_alive(pid: int) -> bool:
    return pid in parents()


def command_line(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_text().replace("\0", " ")
    except OSError:
        return ""


def state(data: Path) -> dict[str, Any]:
    """What the guardian has written for the users of the servers; empty while there is nothing."""
    try:
        return dict(json.loads((data / "servers.json").read_text()))
    except FileNotFoundError:
        return {}


@dataclass
class Demo:
    """`make demo` without make, in a data directory of its own."""

    data: Path
    port: int
    process: "subprocess.Popen[str]"

    @classmethod
    def start(cls, data: Path, *options: str) -> "Demo":
        """Returns when the welcome stands on the screen."""
        port = free_port()
        with data.with_suffix(".out").open("w") as out:
            process = subprocess.Popen(
                launcher("demo", *options),
                env=environment(data, PORT=str(port)),
                cwd=ROOT,
                stdout=out,
                stderr=out,
                text=True,
            )
        demo = cls(data, port, process)
        try:
            wait_until(lambda: "Ctrl-C" in demo.screen() or process.poll() is not None, "the welcome", 300)
            assert process.poll() is None, demo.screen()
        except BaseException:
            demo.stop()
            raise
        return demo

    def screen(self) -> str:
        return self.data.with_suffix(".out").read_text()

    def get(self, path: str) -> tuple[int, str]:
        """Status and body; status 0 while nothing answers."""
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=5) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode()
        except OSError:
            return 0, ""

    def post(self, path: str, /, **fields: str) -> tuple[int, str]:
        """Send a page's form as a browser without scripts does; redirects are followed."""
        browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
        address = f"http://127.0.0.1:{self.port}{path}"
        with browser.open(address, timeout=5) as page:
            token = page.read().decode().split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
        data = urllib.parse.urlencode(fields | {"csrfmiddlewaretoken": token}).encode()
        try:
            with browser.open(address, data, timeout=5) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode()

    def is_ready(self) -> bool:
        return self.get("/readyz")[0] == 200

    def pid_of(self, word: str) -> int:
        """The topmost process of this demo whose command line has the word; 0 when there is none."""
        found = [pid for pid in sorted(descendants(self.process.pid)) if word in command_line(pid)]
        return found[0] if found else 0

    def stop(self, signum: int = signal.SIGINT) -> int:
        if self.process.poll() is None:
            self.process.send_signal(signum)
        return self.process.wait(40)
