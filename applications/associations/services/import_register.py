"""Importing a register file: all of it or nothing, in one transaction (docs/adr/0009)."""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from django.db import connection, transaction
from django.utils.translation import gettext as _

from applications.associations.importing.chunks import write_chunk
from applications.associations.importing.columns import COLUMNS
from applications.associations.importing.findings import Outcome
from applications.associations.importing.report import RecordResult, Sink, result_of
from applications.associations.importing.rows import Checked, check_record
from applications.associations.importing.seen import Seen
from applications.associations.importing.store import Stamp
from applications.associations.models import ImportRun
from vetting.accounts.actors import Actor
from vetting.accounts.models import District
from vetting.accounts.pages import must_have
from vetting.accounts.roles import Permission
from vetting.audit.services import record
from vetting.kernel import clock
from vetting.kernel.delimited import open_table
from vetting.kernel.errors import NotNow
from vetting.kernel.headers import Columns, match, recognised
from vetting.kernel.orgnr import hidden

CHUNK = 1000  # records held in memory at a time
_ONE_AT_A_TIME = 0x7265_6769  # the advisory lock of imports

Progress = Callable[[int, int], None]


@dataclass(slots=True)
class ImportSummary:
    """What an import did, or would do. `run` is None for a rehearsal."""

    encoding: str
    delimiter: str
    unused: tuple[str, ...]
    outcomes: Counter[Outcome] = field(default_factory=Counter)
    codes: Counter[str] = field(default_factory=Counter)
    with_warning: int = 0
    records: int = 0
    run: ImportRun | None = None

    def add(self, result: RecordResult) -> None:
        self.records += 1
        self.outcomes[result.outcome] += 1
        self.codes.update(finding.code for finding in result.findings)
        if result.findings and result.outcome not in (Outcome.SKIPPED, Outcome.REJECTED):
            self.with_warning += 1

    def counts(self) -> dict[str, int]:
        outcomes = {outcome.value: self.outcomes[outcome] for outcome in Outcome}
        return {"records": self.records, **outcomes, "with_warning": self.with_warning, **sorted_counts(self.codes)}


def sorted_counts(codes: Counter[str]) -> dict[str, int]:
    return dict(sorted(codes.items()))


def import_register(
    *,
    actor: Actor,
    path: Path,
    file_name: str = "",
    district: District | None = None,
    wanted: Mapping[str, str] | None = None,
    dry_run: bool = False,
    report: Sink = lambda result: None,
    progress: Progress = lambda done, of_all: None,
) -> ImportSummary:
    """Import the register file at `path` (docs/domain.md §1.5), or rehearse it.

    With `district` its own columns (counts, web) are stored for that district; without, only the shared ones are,
    and the others are checked all the same. `wanted` is what `headers.parse_map` gave. `report` gets every record in
    the file's order, `progress` lines done and lines in all.

    One transaction: on any error nothing is stored. A giro number is stored unconfirmed. Raises UnreadableFile or
    UnusableHeader for the file, NotNow while another import runs or when the file changed meanwhile, NotAllowed,
    and OSError where the file cannot be opened.
    """
    if not actor.is_system:
        must_have(actor, Permission.IMPORT_REGISTER, district.pk if district else None)
    digest = _sha256(path)
    mapping = dict(wanted or {})
    with (
        transaction.atomic(),
        open_table(path, recognise=lambda header: recognised(header, COLUMNS, mapping)) as table,
    ):
        _alone()
        columns = match(table.header, COLUMNS, mapping)
        stamp = Stamp(district.pk if district else None, _reserve_run(), actor.reference, clock.now())
        summary = ImportSummary(table.encoding, table.delimiter, columns.unused)
        for chunk in _chunks(_checked(table.records, columns)):
            for checked, outcome in write_chunk(chunk, stamp):
                result = result_of(checked, outcome, columns.titles)
                summary.add(result)
                report(result)
            progress(min(chunk[-1].line, table.lines), table.lines)
        if _sha256(path) != digest:
            raise NotNow(
                _("The file was changed while it was read. Nothing was stored; start again."), code="file_changed"
            )
        if dry_run:
            transaction.set_rollback(True)
        else:
            summary.run = _record(actor, summary, stamp, district, hidden(file_name or path.name), digest)
    return summary


def _checked(records: Iterator, columns: Columns) -> Iterator[Checked]:
    seen, today = Seen(), clock.today()
    for one in records:
        yield seen.judge(check_record(one, columns, today=today))


def _chunks(records: Iterator[Checked]) -> Iterator[list[Checked]]:
    while chunk := list(islice(records, CHUNK)):
        yield chunk


def _alone() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [_ONE_AT_A_TIME])
        if not cursor.fetchone()[0]:
            raise NotNow(
                _("Another import is running. Wait until it has ended and start again."), code="import_running"
            )


def _reserve_run() -> int:
    """The id that history rows point at; the run's own row is written last, when its counts are known."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(pg_get_serial_sequence('associations_importrun', 'id'))")
        return int(cursor.fetchone()[0])


def _record(
    actor: Actor, summary: ImportSummary, stamp: Stamp, district: District | None, file_name: str, digest: str
) -> ImportRun:
    run = ImportRun.objects.create(
        id=stamp.run_id,
        file_name=file_name[:200],
        sha256=digest,
        district=district,
        by=actor.reference,
        counts=summary.counts(),
        at=stamp.at,
    )
    record(
        actor=actor,
        verb="register.imported",
        district=district.code if district else "",
        subject=f"import:{run.key}",
        data={"sha256": digest, "counts": summary.counts()},
        payload={"file_name": file_name},
        at=stamp.at,
    )
    return run


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
