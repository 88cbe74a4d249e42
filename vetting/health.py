"""`/healthz`: the process answers. `/readyz`: the whole installation is usable, part by part. For probes and people.

Both are open to everybody, say nothing about any case, and never ask the broker: that it works shows in the signs
of life the worker writes to the database (trust F7, F8).
"""

import pkgutil
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib import import_module

from django.apps import apps
from django.contrib.auth.decorators import login_not_required
from django.db import Error, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.module_loading import module_has_submodule
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from vetting.jobs.selectors import PARTS, SILENT_AFTER, heartbeats
from vetting.kernel import clock
from vetting.kernel.warnings import warnings


@dataclass(frozen=True)
class Part:
    """One thing the installation needs. `why` says what is wrong when it is not ok."""

    ok: bool
    why: str = ""


@login_not_required
@never_cache
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """200 as long as this process can answer at all."""
    return HttpResponse("ok\n", content_type="text/plain; charset=utf-8")


@login_not_required
@never_cache
@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """200 when every part is ok, else 503; the JSON names each part and, where it is not ok, why.

    `warnings` name what somebody should look at though everything works (mail that waits, for one): never 503.
    """
    parts = readiness()
    ready = all(part.ok for part in parts.values())
    body = {name: {"ok": True} if part.ok else {"ok": False, "why": part.why} for name, part in parts.items()}
    told = present_warnings() if parts["migrations"].ok else {}
    return JsonResponse({"ready": ready, "parts": body, "warnings": told}, status=200 if ready else 503)


def present_warnings() -> dict[str, str]:
    """What the rooms warn about just now, by name."""
    found = ((name, ask()) for name, ask in warnings.items())
    return {name: sentence for name, sentence in found if sentence}


def readiness() -> dict[str, Part]:
    """The state of `database`, `migrations`, `worker` and `beat`, in that order."""
    not_asked = Part(False, "not known: the database does not answer")
    try:
        missing = missing_migrations()
    except Error as error:
        unreachable = Part(False, f"the database does not answer ({type(error).__name__})")
        return {"database": unreachable, "migrations": not_asked, "worker": not_asked, "beat": not_asked}
    if missing:
        tables = Part(False, f"{len(missing)} not applied, the first is {missing[0]}; run manage.py migrate")
        unknown = Part(False, "not known: migrations are missing")
        return {"database": Part(True), "migrations": tables, "worker": unknown, "beat": unknown}
    signs = heartbeats()
    return {
        "database": Part(True),
        "migrations": Part(True),
        **{name: alive(signs.get(name)) for name in PARTS},
    }


def alive(last_sign: datetime | None) -> Part:
    if last_sign is None:
        return Part(False, "no sign of life yet")
    silence = clock.now() - last_sign
    if silence > SILENT_AFTER:
        return Part(False, f"last sign of life {int(silence.total_seconds())} seconds ago")
    return Part(True)


def missing_migrations() -> list[str]:
    """The migrations this code knows and the database has not seen, as `app.name`."""
    with connection.cursor() as cursor:
        if "django_migrations" not in connection.introspection.table_names(cursor):
            return sorted(known_migrations())
        cursor.execute("SELECT app || '.' || name FROM django_migrations")
        return sorted(known_migrations() - {name for (name,) in cursor.fetchall()})


@cache
def known_migrations() -> frozenset[str]:
    """Read from the file names, so that a web process need not load every migration it will never run."""
    return frozenset(
        f"{app.label}.{module.name}"
        for app in apps.get_app_configs()
        if app.module is not None and module_has_submodule(app.module, "migrations")
        for module in pkgutil.iter_modules(import_module(f"{app.name}.migrations").__path__)
        if module.name[0].isdigit()
    )
