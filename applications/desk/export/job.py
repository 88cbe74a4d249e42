"""The job that makes the file, and who may fetch it."""

import tempfile
import uuid
from collections.abc import Callable, Iterator
from typing import Any

from django.db import transaction
from django.http import QueryDict
from django.utils import translation

from applications.desk.export.table import WRITERS
from applications.desk.queue.lines import Line
from applications.desk.queue.read import cases_for, choices_for, lines_of
from applications.desk.queue.wish import read_wish
from vetting.accounts.actors import Actor, actor_for
from vetting.accounts.models import District, User
from vetting.accounts.roles import Permission
from vetting.audit.services import record
from vetting.files.models import StoredFile
from vetting.files.services import store_made
from vetting.jobs.idempotency import once
from vetting.jobs.services import ask
from vetting.kernel import clock
from vetting.kernel.errors import Invalid

KIND = "desk.export_cases"
ACCESS_CLASS = "desk.export"
STEP = 1000  # rows between two signs of progress


def ask_for_export(*, actor: Actor, user: User, query: str, format: str, language: str, key: uuid.UUID) -> uuid.UUID:
    """Puts the export in the worker's queue and returns the job's key; a second submit gets the same job.

    Raises Invalid for a format that is not offered.
    """
    if format not in WRITERS:
        raise Invalid(translation.gettext("Choose CSV or XLSX."), fields={"format": []})

    def do() -> dict[str, Any]:
        arguments = {"query": query, "user": user.pk, "format": format, "language": language}
        district = min(actor.districts_with(Permission.SEE_CASES))
        return {"job": str(ask(kind=KIND, actor=actor.reference, district_id=district, arguments=arguments).key)}

    return uuid.UUID(once(actor=actor.reference, key=key, purpose=f"export:{format}", do=do)["job"])


def make_export(arguments: dict[str, Any], progress: Callable[[int, int], None]) -> dict[str, Any]:
    """Writes the file with the rights the person has now, stores it and notes in the log that it was made."""
    user = User.objects.get(pk=arguments["user"])
    actor = actor_for(user, on=clock.today())
    with translation.override(arguments["language"]):
        wish = read_wish(QueryDict(arguments["query"]), actor=actor, choices=choices_for(actor))
        found = cases_for(actor, wish)
        total = found.count()
        write, content_type = WRITERS[arguments["format"]]
        with tempfile.TemporaryFile() as out:
            write(_counted(lines_of(found, wish), total, progress), out)
            out.seek(0)
            with transaction.atomic():
                stored = store_made(
                    content=out,
                    name=f"arenden-{clock.today():%Y-%m-%d}.{arguments['format']}",
                    content_type=content_type,
                    district=District.objects.get(pk=min(actor.districts_with(Permission.SEE_CASES))),
                    access_class=ACCESS_CLASS,
                    subject=_subject(actor),
                    stored_by=actor.reference,
                )
                record(
                    actor=actor,
                    verb="cases.exported",
                    district=stored.district.code,
                    subject=f"file:{stored.key}",
                    data={"rows": total, "format": arguments["format"]},
                )
    return {"file": str(stored.key), "name": stored.name, "rows": total}


def _counted(lines: Iterator[Line], total: int, progress: Callable[[int, int], None]) -> Iterator[Line]:
    progress(0, total)
    for done, line in enumerate(lines, 1):
        yield line
        if done % STEP == 0:
            progress(done, total)
    progress(total, total)


def may_read_export(actor: Actor, stored: StoredFile) -> bool:
    """Whoever asked for it, as long as the person may still see the cases of every district in it."""
    return stored.stored_by == actor.reference and _held(stored.subject) <= actor.districts_with(Permission.SEE_CASES)


def _subject(actor: Actor) -> str:
    """Whose cases the file holds: the ids of the districts the person sees cases of as it is made."""
    return "districts:" + ",".join(str(pk) for pk in sorted(actor.districts_with(Permission.SEE_CASES)))


def _held(subject: str) -> set[int]:
    return {int(pk) for pk in subject.removeprefix("districts:").split(",")}
