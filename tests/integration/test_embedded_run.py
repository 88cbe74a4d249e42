"""`python -m vetting.embedded run`: real servers under a command, and nothing left afterwards."""

import os
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from tests import programs
from tests.programs import descendants, is_alive, launcher, wait_until


@pytest.fixture(scope="module")
def data() -> Iterator[Path]:
    with programs.place() as folder:
        yield folder / "data"


@pytest.fixture
def place() -> Iterator[Path]:
    with programs.place() as folder:
        yield folder


@pytest.fixture
def user(data: Path) -> Iterator["subprocess.Popen[bytes]"]:
    """A command that holds the servers until the test ends."""
    command = launcher("run", "--", "sh", "-c", "echo up; exec sleep 60")
    with subprocess.Popen(
        command, env=programs.environment(data), cwd=programs.ROOT, stdout=subprocess.PIPE
    ) as process:
        assert process.stdout
        assert process.stdout.readline() == b"up\n"
        yield process
        process.terminate()


@pytest.mark.parametrize(("command", "code"), [("exit 0", 0), ("exit 7", 7), ("kill -9 $$", 137)])
def test_the_exit_code_is_the_commands(data: Path, command: str, code: int) -> None:
    assert programs.run(launcher("run", "--", "sh", "-c", command), data).returncode == code


def test_an_unknown_command_is_one_line(data: Path) -> None:
    done = programs.run(launcher("run", "--", "no-such-command"), data)
    assert (done.returncode, done.stderr) == (1, "vetting: Cannot run no-such-command: No such file or directory.\n")


def test_the_two_roles_have_what_they_need_and_no_more(data: Path, user: object) -> None:
    state = programs.state(data)
    with psycopg.connect(state["database_owner_url"]) as owner:
        assert owner.execute("SELECT current_user, rolsuper FROM pg_roles WHERE rolname = current_user").fetchone() == (
            "vetting_owner",
            False,
        )
        owner.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
        assert owner.execute("SELECT lower('ÅÄÖ')").fetchone() == ("åäö",)
    with psycopg.connect(state["database_url"]) as app, pytest.raises(psycopg.errors.InsufficientPrivilege):
        app.execute("CREATE TABLE mine (id int)")


def test_nobody_gets_in_without_a_password(data: Path, user: object) -> None:
    port = programs.state(data)["postgres_port"]
    for role in ("postgres", "vetting_app"):
        with pytest.raises(psycopg.OperationalError, match=r"no password supplied|no pg_hba.conf entry"):
            psycopg.connect(f"postgresql://{role}@127.0.0.1:{port}/vetting", passfile="/nonexistent")


@pytest.mark.parametrize(("option", "fsync"), [([], "off"), (["--fsync"], "on")])
def test_fsync_is_on_only_when_asked_for(place: Path, option: list[str], fsync: str) -> None:
    ask = "import os, psycopg; print(psycopg.connect(os.environ['DATABASE_URL']).execute('SHOW fsync').fetchone()[0])"
    done = programs.run(launcher("run", *option, "--", launcher()[0], "-c", ask), place / "data")
    assert done.stdout.strip() == fsync


def test_given_servers_are_used_as_they_are(tmp_path: Path) -> None:
    given = {"DATABASE_URL": "postgresql://elsewhere/x", "REDIS_URL": "redis://elsewhere"}
    done = programs.run(launcher("run", "--", "sh", "-c", "echo $DATABASE_URL $REDIS_URL"), tmp_path / "data", given)
    assert done.stdout.split() == list(given.values())
    assert not (tmp_path / "data").exists()


def test_secrets_are_for_their_owner_only(data: Path, user: object) -> None:
    modes = {name: (data / name).stat().st_mode & 0o777 for name in ("secrets.json", "servers.json")}
    assert modes == {"secrets.json": 0o600, "servers.json": 0o600}


def test_the_last_to_leave_stops_the_servers(data: Path, user: "subprocess.Popen[bytes]") -> None:
    guardian = programs.state(data)["pid"]
    servers = descendants(guardian)
    assert programs.run(launcher("run", "--", "true"), data).returncode == 0
    assert is_alive(guardian), "somebody else still uses them"
    user.terminate()
    assert user.wait(30) == 128 + signal.SIGTERM
    assert not any(is_alive(pid) for pid in servers | {guardian})


def test_a_killed_user_leaves_no_process_behind(data: Path, user: "subprocess.Popen[bytes]") -> None:
    left = descendants(user.pid) | descendants(programs.state(data)["pid"])
    assert len(left) > 3
    user.kill()
    wait_until(lambda: not any(is_alive(pid) for pid in left), "all processes gone")


def test_a_killed_server_comes_back_at_its_address_with_its_data(data: Path, user: object) -> None:
    state = programs.state(data)
    with psycopg.connect(state["database_owner_url"]) as owner:
        owner.execute("CREATE TABLE IF NOT EXISTS kept AS SELECT 42 AS it")
    os.kill(int((data / "postgres" / "postmaster.pid").read_text().split()[0]), signal.SIGKILL)

    def answer() -> object:
        try:
            with psycopg.connect(state["database_owner_url"]) as owner:
                return owner.execute("SELECT it FROM kept").fetchone()
        except psycopg.OperationalError:
            return None

    assert wait_until(answer, "the database") == (42,)


def test_a_killed_guardian_takes_the_servers_with_it_and_the_next_user_resumes(
    data: Path, user: "subprocess.Popen[bytes]"
) -> None:
    state = programs.state(data)
    with psycopg.connect(state["database_owner_url"]) as owner:
        owner.execute("CREATE TABLE IF NOT EXISTS kept AS SELECT 42 AS it")
    servers = descendants(state["pid"])
    os.kill(state["pid"], signal.SIGKILL)
    wait_until(lambda: not any(is_alive(pid) for pid in servers), "servers gone")
    ask = "import os, psycopg; psycopg.connect(os.environ['DATABASE_OWNER_URL']).execute('TABLE kept')"
    assert programs.run(launcher("run", "--", launcher()[0], "-c", ask), data).returncode == 0
