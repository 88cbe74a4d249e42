"""System checks for an installation (`check --deploy`)."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register

from vetting.settings import env


@register(Tags.security, deploy=True)
def two_database_roles(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """The app must not run as the owner of its tables: it could switch the guards off (docs/adr/0005)."""
    owner = settings.DATABASE_OWNER_URL
    if not owner:
        hint = "Set DATABASE_OWNER_URL to the role that runs migrations (docs/operate.md)."
        return [Error("Only one database role is configured.", hint=hint, id="vetting.E001")]
    if env.database(owner)["USER"] == settings.DATABASES["default"]["USER"]:
        hint = "DATABASE_URL must use vetting_app, DATABASE_OWNER_URL vetting_owner (docs/operate.md)."
        return [Error("The app and the owner are the same database role.", hint=hint, id="vetting.E002")]
    return []
