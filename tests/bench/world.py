"""Databases to measure on: made from the migrated template, filled once per size, dropped at the end."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit, urlunsplit

from django.db import connections

from tests import database


class World:
    """What the rows share. `say` prints a line of progress to the terminal."""

    def __init__(self) -> None:
        self._volumes: dict[int, str] = {}
        self._made: list[str] = []

    def say(self, text: str) -> None:
        sys.stderr.write(f"  … {text}\n")
        sys.stderr.flush()

    @contextmanager
    def empty(self) -> Iterator[str]:
        """A migrated, empty database of its own, in use by this process inside the block."""
        name = f"vetting_bench_{os.getpid()}_empty"
        database.clone(name)
        try:
            with self.using(name):
                yield name
        finally:
            database.drop(name)

    def volume(self, cases: int) -> str:
        """The name of a database with so many cases in one district, filled by `load_volume` the first time."""
        if cases not in self._volumes:
            name = f"vetting_bench_{os.getpid()}_{cases}"
            database.clone(name)
            self._made.append(name)
            self.say(f"load_volume --cases {cases}")
            self.manage(name, "load_volume", "--cases", str(cases))
            self._volumes[cases] = name
        return self._volumes[cases]

    def manage(self, name: str, *arguments: str) -> str:
        """Runs a management command on a database in a process of its own; returns what it printed."""
        done = subprocess.run(
            [sys.executable, "-m", "django", *arguments],
            env=self.environment(name),
            cwd=database.ROOT,
            check=True,
            stdout=subprocess.PIPE,
            text=True,
        )
        return done.stdout

    def environment(self, name: str) -> dict[str, str]:
        parts = urlsplit(os.environ["DATABASE_URL"])
        return os.environ | {
            "DATABASE_URL": urlunsplit(parts._replace(path=f"/{name}")),
            "DATABASE_OWNER_URL": database.owner_url(name),
            "DJANGO_SETTINGS_MODULE": "tests.bench.settings",
        }

    @contextmanager
    def using(self, name: str) -> Iterator[None]:
        """Points this process's connections at a database."""
        connection = connections["default"]
        before = connection.settings_dict["NAME"]
        connections.close_all()
        connection.settings_dict["NAME"] = name
        try:
            yield
        finally:
            connections.close_all()
            connection.settings_dict["NAME"] = before

    def close(self) -> None:
        connections.close_all()
        for name in self._made:
            database.drop(name)
