"""`import_associations` on 20,000 rows: time of the command, and the memory of its process."""

import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

import psutil
from stdnum import luhn

from tests import database
from tests.bench.row import Result, Row
from tests.bench.world import World

ROWS = 20_000
LIMIT = 60.0
FLAT = 48  # MB that four times as many rows may cost
HEADER = (
    "Föreningsnamn;Organisationsnummer;Organisationsform;Registrerad;Säte;Stadsdelsområde;Bankgiro;Medlemmar;Status"
)
KINDS = ("Idrottsförening", "Körförening", "Schackklubb", "Odlarförening", "Scoutkår", "Teatersällskap", "Båtklubb")
PLACES = ("Årsta", "Tensta", "Älvsjö", "Farsta", "Örby", "Hökarängen", "Bagarmossen", "Skärholmen", "Åkeslund")


def run(world: World) -> Iterable[Result]:
    with world.empty() as name, tempfile.TemporaryDirectory() as folder:
        world.manage(name, "createdistrict", "BEN", "Bänkens förvaltning", "--board", "Bänkens nämnd")
        path = Path(folder) / "register.csv"
        write(path, ROWS // 4)
        _, small = measure(world, name, path)
        write(path, ROWS)
        took, large = measure(world, name, path)
        again, _ = measure(world, name, path)
    flat = large - small < FLAT
    detail = (
        f"{ROWS:,} rows with --district and --report in one transaction; peak {large:.0f} MB, "
        f"{small:.0f} MB at {ROWS // 4:,} rows ({'flat' if flat else 'not flat'}); unchanged rows {again:.1f} s"
    )
    yield Result(round(took, 1), "s", took < LIMIT and flat, detail)


def measure(world: World, name: str, path: Path) -> tuple[float, float]:
    """Seconds from start to end of the command, and the most memory (MB) its process held."""
    command = [sys.executable, "-m", "django", "import_associations", str(path), "--district", "BEN"]
    began = time.perf_counter()
    process = subprocess.Popen(
        [*command, "--report", str(path.with_name("report.csv"))],
        env=world.environment(name),
        cwd=database.ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    watched, most = psutil.Process(process.pid), 0
    while process.poll() is None:
        with suppress(psutil.NoSuchProcess):
            most = max(most, watched.memory_info().rss)
        time.sleep(0.02)
    if process.returncode:
        raise RuntimeError(f"import_associations ended with {process.returncode}")
    return time.perf_counter() - began, most / 1_000_000


def write(path: Path, rows: int) -> None:
    """A register of invented associations with fictional numbers (857…), the same for the same size."""
    dice = random.Random(rows)
    with path.open("w", encoding="cp1252", newline="") as file:
        file.write(HEADER + "\r\n")
        for number in range(rows):
            body = f"857{number:06d}"
            giro = f"{1_000_000 + number}"
            name = f"{dice.choice(PLACES)} {dice.choice(KINDS)} {number}"
            orgnr, account = body + luhn.calc_check_digit(body), giro + luhn.calc_check_digit(giro)
            file.write(
                f"{name};{orgnr};Ideell förening;19{dice.randint(50, 99)}-05-03;Stockholm;{dice.choice(PLACES)};"
                f"{account};{dice.randint(10, 400)};Aktiv\r\n"
            )


ROW = Row("import_register", "import_associations, 20,000 rows", "< 60 s, memory flat", run)
