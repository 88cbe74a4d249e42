"""Reading the environment: the only place that does. Each reader says what is wrong and what to set."""

import os
from typing import Any
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured


def text(name: str, default: str | None = None) -> str:
    """The variable's value; without a default an unset or empty variable is an error that names it."""
    value = os.environ.get(name) or default
    if value is None:
        raise ImproperlyConfigured(f"{name} is not set. Set it in the environment (docs/operate.md).")
    return value


def flag(name: str, default: bool = False) -> bool:
    value = os.environ.get(name, "").strip().lower()
    if value in {"", "1", "0", "true", "false", "yes", "no"}:
        return default if value == "" else value in {"1", "true", "yes"}
    raise ImproperlyConfigured(f"{name} is {value!r}; write 1 or 0.")


def items(name: str, default: str = "") -> list[str]:
    return [part.strip() for part in os.environ.get(name, default).split(",") if part.strip()]


def database(url: str, name: str = "DATABASE_URL") -> dict[str, Any]:
    """Django settings for a `postgresql://user:password@host:port/name` URL; a socket folder is %2F-quoted."""
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"} or not parts.path.strip("/"):
        raise ImproperlyConfigured(f"{name} must look like postgresql://user:password@host:port/database.")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.strip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 300,
        "CONN_HEALTH_CHECKS": True,
        "ATOMIC_REQUESTS": False,
        # Many small questions: compiling a plan, or sharing it among workers, costs more than it gives.
        "OPTIONS": {
            "application_name": "vetting",
            "prepare_threshold": 2,  # what `kernel.statement` sends is prepared; nothing else can be
            "options": "-c jit=off -c max_parallel_workers_per_gather=0",
        },
    }
