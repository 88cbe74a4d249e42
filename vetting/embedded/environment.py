"""The environment that points Django at the embedded servers and at the files of a data directory."""

from vetting.embedded.data_dir import DataDir
from vetting.embedded.guardian import State

DEMO_SETTINGS = "vetting.settings.demo"


def servers(state: State) -> dict[str, str]:
    """Both database roles and the broker: for tests, bench and management commands."""
    return {
        "DATABASE_URL": state.database_url,
        "DATABASE_OWNER_URL": state.database_owner_url,
        "REDIS_URL": state.redis_url,
    }


def demo(data: DataDir, state: State) -> dict[str, str]:
    """What the demo's web, worker and beat need; the owner's role is not theirs to use."""
    secrets = data.secrets()
    return {
        "DJANGO_SETTINGS_MODULE": DEMO_SETTINGS,
        "DATABASE_URL": state.database_url,
        "REDIS_URL": state.redis_url,
        "SMTP_PORT": str(state.smtp_port),
        **offline(data),
        "SECRET_KEY": secrets.secret_key,
        "DEMO_PASSWORD": secrets.demo_password,
    }


def owner(data: DataDir, state: State) -> dict[str, str]:
    """The demo as the owner of its tables: for migrations."""
    return demo(data, state) | {"DATABASE_OWNER_URL": state.database_owner_url, "VETTING_AS_OWNER": "1"}


def offline(data: DataDir) -> dict[str, str]:
    """The part that needs no running server."""
    return {
        "DJANGO_SETTINGS_MODULE": DEMO_SETTINGS,
        "DEMO_MAIL_DIR": str(data.mail),
        "FILES_ROOT": str(data.files),
        "CLOCK_OFFSET_FILE": str(data.clock_offset),
    }
