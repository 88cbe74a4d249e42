"""`manage.py` without DATABASE_URL: on the demo's data, started when needed, and never in the way."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import programs


@pytest.fixture
def place() -> Iterator[Path]:
    with programs.place() as folder:
        yield folder


def manage(*arguments: str) -> list[str]:
    return [programs.launcher()[0], "manage.py", *arguments]


def test_the_first_commands_on_an_empty_database(place: Path) -> None:
    data = place / "data"
    done = programs.run(manage("shell", "-c", "print(1)"), data)
    assert (done.returncode, done.stderr) == (
        1,
        "manage.py: The demo's database is empty. Run `make demo` once, or `manage.py migrate`.\n",
    )
    assert programs.run(manage("migrate", "--verbosity", "0"), data).returncode == 0
    who = "from django.db import connection as c; k = c.cursor(); k.execute('SELECT current_user'); print(k.fetchone())"
    done = programs.run(manage("shell", "--no-imports", "-c", who), data)
    assert done.stdout.strip() == "('vetting_app',)", done.stderr
    assert not programs.state(data), "the servers are stopped again"


@pytest.mark.parametrize("arguments", [["--version"], ["help"], ["migrate", "--help"], ["makemigrations", "--check"]])
def test_what_needs_no_database_starts_none(place: Path, arguments: list[str]) -> None:
    assert programs.run(manage(*arguments), place / "data").returncode == 0
    assert not (place / "data").exists()


def test_chosen_settings_are_respected(place: Path) -> None:
    chosen = {"DJANGO_SETTINGS_MODULE": "vetting.settings.test"}
    done = programs.run(manage("diffsettings", "--all"), place / "data", chosen)
    assert "SECRET_KEY = 'tests-only'" in done.stdout
    assert not (place / "data").exists()


def test_an_unknown_command_is_an_error(place: Path) -> None:
    assert programs.run(manage("no-such-command", "--help"), place / "data").returncode == 1
