"""`make demo`: it survives the kill of any of its programs and of itself, resumes, and stops whole."""

import os
import re
import signal
import smtplib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from pathlib import Path

import psycopg
import pytest

from tests import programs
from tests.programs import Demo, descendants, is_alive, wait_until
from vetting.kernel import clock

pytestmark = pytest.mark.slow


class House:
    """One data directory for the whole module, with a demo in it that is started when a test finds it stopped."""

    def __init__(self, data: Path) -> None:
        self.data = data
        self.demo: Demo | None = None

    def running(self) -> Demo:
        if self.demo is None or self.demo.process.poll() is not None:
            self.demo = Demo.start(self.data, "--empty")
        return self.demo


@pytest.fixture(scope="module")
def house() -> Iterator[House]:
    with programs.place() as folder:
        house = House(folder / "data")
        yield house
        assert house.running().stop(signal.SIGTERM) == 0


@pytest.fixture
def demo(house: House) -> Demo:
    return house.running()


@pytest.fixture
def home(house: House) -> Path:
    return house.data


def sign_of(demo: Demo, name: str) -> datetime:
    """The last sign of life of `worker` or `beat` in the database; long ago while there is none to ask."""
    never = datetime.min.replace(tzinfo=UTC)
    if programs.state(demo.data).get("state") != "ready":
        return never
    try:
        with psycopg.connect(programs.state(demo.data)["database_url"]) as connection:
            row = connection.execute("SELECT at FROM jobs_heartbeat WHERE name = %s", [name]).fetchone()
    except psycopg.OperationalError:
        return never
    return row[0] if row else never


def test_every_program_comes_back_after_kill_9(demo: Demo) -> None:
    marks = {
        "web": " gunicorn ",
        "worker": " celery -A vetting worker",
        "beat": " celery -A vetting beat",
        "mail": " sink ",
        "valkey": "valkey-server",
        "postgres": "bin/postgres -D",
        "guardian": " guardian ",
    }
    for name, mark in marks.items():
        former = demo.pid_of(mark)
        assert former, f"{name} runs"
        killed_at = clock.now()
        os.kill(former, signal.SIGKILL)
        wait_until(lambda mark=mark, former=former: demo.pid_of(mark) not in {0, former}, f"another {name}")
        wait_until(demo.is_ready, f"ready after the kill of {name}")
        # beat's sign is written by the worker, through broker and database: a new one proves the four.
        wait_until(lambda since=killed_at: sign_of(demo, "beat") > since, f"a sign of life after the kill of {name}")


def test_the_screen_names_accounts_that_can_sign_in() -> None:
    with programs.place() as folder:
        demo = Demo.start(folder / "data")
        try:
            password = re.search(r"Lösenord för alla: (\S+)", demo.screen())
            assert password
            for name in ("handlaggare", "granskare", "enhetschef", "handlaggare-soder"):
                assert f"\n  {name} " in demo.screen()
            within = {"next": "/konto/losenord/"}
            status, page = demo.post("/konto/logga-in/", login="handlaggare", password=password[1], **within)
            assert (status, 'name="oldpassword"' in page) == (200, True)
        finally:
            demo.stop()


def test_a_killed_supervisor_leaves_nothing_and_the_next_start_resumes(house: House) -> None:
    demo = house.running()
    with psycopg.connect(programs.state(house.data)["database_owner_url"]) as owner:
        owner.execute("CREATE TABLE kept AS SELECT 42 AS it")
    left = descendants(demo.process.pid)
    assert len(left) > 8
    demo.process.kill()
    demo.process.wait()
    resumed = house.running()
    assert not any(is_alive(pid) for pid in left - descendants(resumed.process.pid))
    assert resumed.is_ready()
    with psycopg.connect(programs.state(house.data)["database_owner_url"]) as owner:
        assert owner.execute("TABLE kept").fetchone() == (42,)
        owner.execute("DROP TABLE kept")


@pytest.mark.parametrize("signum", [signal.SIGINT, signal.SIGHUP])
def test_a_stop_stops_everything(demo: Demo, signum: int) -> None:
    running = descendants(demo.process.pid)
    assert demo.stop(signum) == 0
    assert not any(is_alive(pid) for pid in running)
    assert demo.get("/healthz") == (0, "")


def test_a_second_demo_on_the_same_data_says_where_the_first_is(demo: Demo, home: Path) -> None:
    done = programs.run(programs.launcher("demo"), home, {"PORT": str(programs.free_port())})
    assert done.returncode == 1
    assert done.stderr == (
        f"vetting: The demo runs already at http://127.0.0.1:{demo.port}/. Stop it there with Ctrl-C first.\n"
    )


def test_data_in_use_are_not_reset(demo: Demo, home: Path) -> None:
    done = programs.run(programs.launcher("reset"), home)
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert demo.is_ready()


def test_mails_are_kept_and_shown(demo: Demo) -> None:
    message = EmailMessage()
    message["From"], message["To"] = "vetting@localhost", "förening@example.org"
    message["Subject"] = "Ett meddelande väntar <b>"
    message.set_content("Ärende KUN 2026/0001. Sista dag 3 mars.")
    with smtplib.SMTP("127.0.0.1", programs.state(demo.data)["smtp_port"]) as client:
        client.send_message(message)
    status, page = demo.get("/demo/post/")
    assert status == 200
    assert "Ett meddelande väntar &lt;b&gt;" in page
    link = re.search(r'href="(/demo/post/\d[^"]+)"', page)
    assert link
    assert "Sista dag 3 mars" in demo.get(link[1])[1]
    assert demo.get("/demo/post/1-00000000.eml/")[0] == 404


def test_management_commands_work_on_the_demo_and_without_it(demo: Demo, home: Path) -> None:
    command = [programs.launcher()[0], "manage.py", "migrate", "--check"]
    assert programs.run(command, home).returncode == 0
    assert demo.is_ready(), "the command has not stopped the servers"
    demo.stop()
    done = programs.run(command, home)
    assert done.returncode == 0, done.stderr
    assert not programs.state(home), "the last to leave has stopped the servers"


def test_the_clock_moves_forward_for_all_processes(demo: Demo, home: Path) -> None:
    try:
        status, page = demo.post("/demo/klocka/", days="30")
        assert (status, "Klockan har flyttats fram 30 dagar." in page) == (200, True)
        wait_until(lambda: sign_of(demo, "beat") > clock.now() + timedelta(days=29), "the worker's time has moved")
        wait_until(demo.is_ready, "ready after the move")
        assert demo.post("/demo/klocka/", hours="1")[0] == 200
        ask = "from vetting.kernel import clock; print(clock.offset())"
        done = programs.run([programs.launcher()[0], "manage.py", "shell", "--no-imports", "-c", ask], home)
        assert done.stdout.strip() == "30 days, 1:00:00"
    finally:
        (home / "clock-offset").unlink()


@pytest.mark.parametrize("fields", [{}, {"days": "-1"}, {"days": "0", "hours": "0"}, {"days": "en", "hours": "1"}])
def test_the_clock_never_moves_back(demo: Demo, home: Path, fields: dict[str, str]) -> None:
    status, page = demo.post("/demo/klocka/", **fields)
    assert status == 422
    assert "v-errors" in page
    assert not (home / "clock-offset").exists()
