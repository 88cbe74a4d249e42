"""Databases for tests: one migrated template per set of migrations, cloned per worker and per race test.

Tests connect as `vetting_app`, so that the privileges of production hold. TRUNCATE is refused there, so nothing is
flushed: a test with real connections gets a clone of its own (about 0.1 s) and drops it.
"""

import fcntl
import hashlib
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql

ROOT = Path(__file__).resolve().parent.parent


def owner_url(database: str | None = None) -> str:
    """DATABASE_OWNER_URL, pointed at another database when one is named."""
    parts = urlsplit(os.environ.get("DATABASE_OWNER_URL") or os.environ["DATABASE_URL"])
    return urlunsplit(parts._replace(path=f"/{database}")) if database else urlunsplit(parts)


@contextmanager
def as_owner() -> Iterator[psycopg.Connection]:
    with psycopg.connect(owner_url(), autocommit=True) as connection:
        yield connection


def fingerprint() -> str:
    """Changes when a migration does (and with the content of what migrations read)."""
    digest = hashlib.sha256()
    for path in sorted(ROOT.glob("*/**/migrations/*.py")) + sorted(ROOT.glob("checklists/definitions/*.toml")):
        if ".venv" not in path.parts:
            digest.update(str(path.relative_to(ROOT)).encode() + path.read_bytes())
    return digest.hexdigest()[:12]


def template() -> str:
    """The name of the migrated template database; made when it is missing. One process makes it, others wait."""
    name = f"vetting_tpl_{fingerprint()}"
    with open(Path(tempfile.gettempdir()) / f"{name}.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with as_owner() as admin:
            if admin.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
                return name
            making = f"{name}_making"
            admin.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(making)))
            admin.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(making)))
            _migrate(making)
            admin.execute(
                sql.SQL("ALTER DATABASE {} RENAME TO {}").format(sql.Identifier(making), sql.Identifier(name))
            )
    return name


def _migrate(database: str) -> None:
    environment = os.environ | {
        "DATABASE_OWNER_URL": owner_url(database),
        "DATABASE_URL": owner_url(database),
        "VETTING_AS_OWNER": "1",
        "DJANGO_SETTINGS_MODULE": "vetting.settings.test",
    }
    command = [sys.executable, "-W", "ignore", "-m", "django", "migrate", "--verbosity", "0"]
    subprocess.run(command, env=environment, cwd=ROOT, check=True)


def clone(name: str, source: str | None = None) -> None:
    """A fresh copy of the template, or of a database nobody is connected to, under `name`."""
    source = source or template()
    drop(name)
    with as_owner() as admin:
        admin.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(source)))


def drop(name: str) -> None:
    """Drops a clone and whoever still holds it. An autovacuum worker there is the server's: it is waited for."""
    statement = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
    with as_owner() as admin:
        for attempt in range(40):
            try:
                admin.execute(statement)
                return
            except (psycopg.errors.InsufficientPrivilege, psycopg.errors.ObjectInUse):
                if attempt == 39:
                    raise
                time.sleep(0.25)
