"""`manage.py` without `DATABASE_URL`: Django's commands on the demo's data, whether the demo runs or not."""

import os
from collections.abc import Sequence

from django.core.management import execute_from_command_line

from vetting.embedded.data_dir import DataDir
from vetting.embedded.tenancy import environ, servers

DEMO_SETTINGS = "vetting.settings.demo"
# These change tables, or ask about changing them: they run as the owner of the tables.
OWNER_COMMANDS = {"migrate", "createcachetable", "sqlmigrate", "flush"}
# These touch no database.
OFFLINE_COMMANDS = {"help", "version", "diffsettings", "makemessages", "compilemessages", "findstatic"}


def run_with_demo_servers(argv: Sequence[str]) -> int:
    """Run a management command on the demo's data; returns its exit code.

    Settings that somebody has chosen are respected: then Django is started as it is, with no servers.
    """
    chosen = os.environ.get("DJANGO_SETTINGS_MODULE")
    if chosen and chosen != DEMO_SETTINGS:
        return execute(argv)
    os.environ["DJANGO_SETTINGS_MODULE"] = DEMO_SETTINGS
    if needs_no_servers(argv):
        return execute(argv)
    data = DataDir.chosen(".demo")
    with servers(data, durable=True) as state:
        os.environ.update(environ(state))
        if argv[1] in OWNER_COMMANDS:
            os.environ["VETTING_AS_OWNER"] = "1"
        return execute(argv)


def needs_no_servers(argv: Sequence[str]) -> bool:
    return len(argv) < 2 or argv[1] in OFFLINE_COMMANDS or bool({"-h", "--help", "--version"} & set(argv[1:]))


def execute(argv: Sequence[str]) -> int:
    """Django's own runner, with its way of ending turned into an exit code."""
    try:
        execute_from_command_line(list(argv))
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else int(end.code is not None)
    return 0
