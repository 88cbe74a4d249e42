"""`manage.py` without `DATABASE_URL`: Django's commands on the demo's data, whether the demo runs or not."""

import os
import sys
from collections.abc import Sequence

import psycopg
from django.core.management import execute_from_command_line

from vetting.embedded import environment
from vetting.embedded.data_dir import DataDir, StartError
from vetting.embedded.guardian import State
from vetting.embedded.tenancy import servers

# These change tables, or ask about changing them: they run as the owner of the tables.
OWNER_COMMANDS = {"createcachetable", "dbshell", "flush", "migrate", "sqlmigrate"}
# These need no database; `makemigrations` compares models with files, and only warns when it cannot ask one.
OFFLINE_COMMANDS = {
    "compilemessages",
    "diffsettings",
    "findstatic",
    "help",
    "makemessages",
    "makemigrations",
    "version",
}


def run_with_demo_servers(argv: Sequence[str]) -> int:
    """Run a management command on the demo's data; returns its exit code.

    Settings that somebody has chosen are respected: then Django is started as it is, with no servers.
    """
    if os.environ.get("DJANGO_SETTINGS_MODULE") not in {None, "", environment.DEMO_SETTINGS}:
        return execute(argv)
    data = DataDir.chosen(".demo")
    if needs_no_servers(argv):
        os.environ.update(environment.offline(data))
        return execute(argv)
    try:
        with servers(data, durable=True, mail=True) as state:
            as_owner = argv[1] in OWNER_COMMANDS
            if not (as_owner or has_tables(state)):
                raise StartError("The demo's database is empty. Run `make demo` once, or `manage.py migrate`.")
            os.environ.update((environment.owner if as_owner else environment.demo)(data, state))
            return execute(argv)
    except StartError as error:
        print(f"manage.py: {error}", file=sys.stderr)  # noqa: T201 - a command of the terminal
        return 1


def needs_no_servers(argv: Sequence[str]) -> bool:
    return len(argv) < 2 or argv[1] in OFFLINE_COMMANDS or bool({"-h", "--help", "--version"} & set(argv[1:]))


def has_tables(state: State) -> bool:
    with psycopg.connect(state.database_url) as connection:
        return connection.execute("SELECT to_regclass('django_migrations')").fetchone() != (None,)


def execute(argv: Sequence[str]) -> int:
    """Django's own runner, with its way of ending turned into an exit code."""
    try:
        execute_from_command_line(list(argv))
    except SystemExit as end:
        if isinstance(end.code, str):
            print(end.code, file=sys.stderr)  # noqa: T201 - what Python itself would have done
        return end.code if isinstance(end.code, int) else int(end.code is not None)
    return 0
