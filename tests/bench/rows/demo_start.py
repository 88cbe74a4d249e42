"""How long a newcomer waits for the first page: `make demo` in a bare checkout, and once more on its data."""

import os
import shutil
import signal
import subprocess
import time
import urllib.request
from collections.abc import Iterable
from pathlib import Path

from tests import programs
from tests.bench.row import Result, Row
from tests.bench.world import World

COLD, WARM = 60.0, 10.0  # seconds


def run(world: World) -> Iterable[Result]:
    with programs.place() as folder:
        checkout = folder / "vetting"
        copy_tracked_files(checkout)
        world.say("make demo in a bare checkout")
        cold = first_page(checkout)
        world.say("make demo again")
        warm = first_page(checkout)
        reset = [checkout / ".venv/bin/python", "-m", "vetting.embedded", "reset"]
        subprocess.run(reset, cwd=checkout, env=programs.environment(checkout / ".demo"), check=True)
    detail = f"cold, packages installed from this machine's cache or index; warm {warm:.1f} s"
    yield Result(round(cold, 1), "s", cold <= COLD and warm <= WARM, detail)


def copy_tracked_files(to: Path) -> None:
    """What a clone would hold, with the changes of this working tree."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=programs.ROOT, check=True, stdout=subprocess.PIPE, text=True)
    for name in filter(None, listed.stdout.split("\0")):
        if (programs.ROOT / name).is_file():
            (to / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(programs.ROOT / name, to / name)


def first_page(checkout: Path) -> float:
    """Seconds from the command to the page everybody sees first, the one for signing in."""
    port = programs.free_port()
    env = programs.environment(checkout / ".demo", PORT=str(port))
    address = f"http://127.0.0.1:{port}/konto/logga-in/"
    began = time.monotonic()
    make = subprocess.Popen(["make", "demo"], cwd=checkout, env=env, stdout=subprocess.DEVNULL)

    def answers() -> bool:
        if make.poll() is not None:
            raise RuntimeError(f"make demo ended with {make.returncode}")
        try:
            with urllib.request.urlopen(address, timeout=5) as page:
                return bool(page.status == 200)
        except OSError:
            return False

    try:
        programs.wait_until(answers, "the first page", 3 * COLD)
        return time.monotonic() - began
    finally:
        if make.poll() is None:
            os.kill(make.pid, signal.SIGTERM)
        make.wait(60)


ROW = Row("demo_start", "make demo to the first page", f"≤ {COLD:.0f} s cold, ≤ {WARM:.0f} s warm", run)
