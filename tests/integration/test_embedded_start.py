"""When the servers cannot start: one clear line, exit code 1, and nothing left running. And as whom they can."""

import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import programs
from tests.programs import launcher
from vetting.embedded.identity import Identity

ROOT_ONLY = os.geteuid() == 0


@pytest.fixture
def place() -> Iterator[Path]:
    with programs.place() as folder:
        yield folder


def refused(done: "subprocess.CompletedProcess[str]") -> str:
    """The one line that says why."""
    assert done.returncode == 1, done
    assert done.stderr.count("\n") == 1, done.stderr
    assert done.stderr.startswith("vetting: ")
    return done.stderr


def test_a_taken_port_is_one_line_that_names_another(place: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        said = refused(programs.run(launcher("demo"), place / "data", {"PORT": str(port)}))
    assert said == (f"vetting: Port {port} is taken by another program. Choose another: make demo PORT={port + 1}\n")


@pytest.mark.parametrize("port", ["eight", "0", "70000", "-1"])
def test_a_port_that_is_none(place: Path, port: str) -> None:
    assert "from 1 to 65535" in refused(programs.run(launcher("demo"), place / "data", {"PORT": port}))


def test_no_write_access(place: Path) -> None:
    (place / "file").write_text("in the way")
    assert "Cannot write in" in refused(programs.run(launcher("demo"), place / "file" / "data"))


def test_programs_that_cannot_be_run(place: Path) -> None:
    said = refused(programs.run(launcher("run", "--", "true"), place / "data", {"PG_BIN": str(place)}))
    assert str(place / "postgres") in said
    assert "PG_BIN" in said


def test_another_major_version_is_named(place: Path) -> None:
    for name in ("postgres", "initdb"):
        (place / name).write_text("#!/bin/sh\necho postgres (PostgreSQL) 15.4\n".replace("(", "'(").replace(")", ")'"))
        (place / name).chmod(0o755)
    said = refused(programs.run(launcher("run", "--", "true"), place / "data", {"PG_BIN": str(place)}))
    assert "15.4" in said
    assert "PostgreSQL 18 is needed" in said


def test_data_of_another_major_version_are_kept_and_named(place: Path) -> None:
    data = place / "data"
    assert programs.run(launcher("run", "--", "true"), data).returncode == 0
    (data / "postgres" / "PG_VERSION").write_text("17\n")
    assert "was made by PostgreSQL 17" in refused(programs.run(launcher("run", "--", "true"), data))


def test_secrets_of_another_database_are_named(place: Path) -> None:
    data = place / "data"
    assert programs.run(launcher("run", "--", "true"), data).returncode == 0
    (data / "secrets.json").unlink()
    assert "does not belong to the database" in refused(programs.run(launcher("run", "--", "true"), data))


def test_a_folder_only_its_owner_may_enter(place: Path) -> None:
    """A checkout under a 0700 home: root's stand-in user gets its data and programs elsewhere."""
    home = place / "home"
    home.mkdir(mode=0o700)
    data = home / "data"
    try:
        for _ in range(2):
            assert programs.run(launcher("run", "--", "true"), data).returncode == 0
        assert (data / "postgres" / "PG_VERSION").exists()
        shutil.rmtree(data)  # by hand, without a reset
        assert programs.run(launcher("run", "--", "true"), data).returncode == 0
    finally:
        assert programs.run(launcher("reset"), data).returncode == 0
    assert not data.exists()


def test_an_ordinary_user(place: Path) -> None:
    """Root tries it as `nobody`, who may read what root's own folders hold but owns nothing there."""
    as_user: list[str] = []
    if ROOT_ONLY:
        nobody = Identity(65534, 65534)
        as_user = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"]
        if not nobody.can_enter(Path(sys.executable).resolve().parent) or not nobody.can_enter(programs.ROOT):
            as_user += ["--inh-caps=+dac_read_search", "--ambient-caps=+dac_read_search"]
        os.chown(place, 65534, 65534)
    ask = "import os; print(os.geteuid(), os.stat(os.environ['VETTING_DATA_DIR'] + '/postgres').st_uid)"
    done = programs.run([*as_user, *launcher("run", "--", sys.executable, "-c", ask)], place / "data")
    expected = 65534 if ROOT_ONLY else os.geteuid()
    assert (done.returncode, done.stdout.split()) == (0, [str(expected)] * 2), done.stderr
