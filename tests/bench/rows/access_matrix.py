"""Role × URL × object × method: the reviewed matrix, driven whole (tests/access)."""

import re
import subprocess
import sys
from collections.abc import Iterable

from tests import database
from tests.bench.row import Result, Row
from tests.bench.world import World


def run(world: World) -> Iterable[Result]:
    command = [sys.executable, "-m", "pytest", "tests/access", "-q", "-n", "0", "-p", "no:randomly"]
    environment = world.environment("vetting") | {"DJANGO_SETTINGS_MODULE": "vetting.settings.test"}
    done = subprocess.run(command, env=environment, cwd=database.ROOT, capture_output=True, text=True)
    counts = {word: int(number) for number, word in re.findall(r"(\d+) (passed|failed|error)", done.stdout)}
    wrong = counts.get("failed", 0) + counts.get("error", 0)
    met = done.returncode == 0 and counts.get("passed", 0) > 0
    yield Result(
        wrong, "deviations", met, f"{counts.get('passed', 0)} checks passed; an unlisted URL is one that fails"
    )


ROW = Row("access_matrix", "role × URL × object", "100 % as in the matrix, 0 unlisted", run)
