"""Storing a file: checked first, written whole, then its row; and the sweep of what a crash left behind."""

import io
import uuid
from datetime import timedelta
from typing import IO

from django.db import transaction

from vetting.accounts.models import District
from vetting.files import storage
from vetting.files.checks.upload import check_upload, clean_name
from vetting.files.models import StoredFile
from vetting.kernel import clock


def store_upload(
    *, file: IO[bytes], name: str, size: int, district: District, access_class: str, subject: str, stored_by: str
) -> StoredFile:
    """Checks and stores what somebody sent. Raises FileRefused before anything is written."""
    content_type = check_upload(file, name, size)
    return _store(file, clean_name(name), content_type, district, access_class, subject, stored_by)


def store_made(
    *,
    content: bytes | IO[bytes],
    name: str,
    content_type: str,
    district: District,
    access_class: str,
    subject: str,
    stored_by: str,
) -> StoredFile:
    """Stores what the program itself made: a letter's PDF as bytes, an export as an open file at its beginning."""
    file = io.BytesIO(content) if isinstance(content, bytes) else content
    return _store(file, name, content_type, district, access_class, subject, stored_by)


def _store(
    file: IO[bytes], name: str, content_type: str, district: District, access_class: str, subject: str, stored_by: str
) -> StoredFile:
    key = uuid.uuid4()
    size, digest = storage.write(key, file)
    # A crash or rollback after this line leaves a file without a row: the sweep takes it away a day later.
    return StoredFile.objects.create(
        key=key,
        district=district,
        access_class=access_class,
        subject=subject,
        name=name,
        content_type=content_type,
        size=size,
        sha256=digest,
        stored_by=stored_by,
        stored_at=clock.now(),
    )


def sweep_orphans(*, older_than: timedelta = timedelta(days=1)) -> int:
    """Removes files that no row names and that are older than a day (wall time). Returns how many."""
    limit = (clock.now() - clock.offset() - older_than).timestamp()
    removed = 0
    with transaction.atomic():
        for path in storage.all_files():
            if path.stat().st_mtime >= limit:
                continue
            known = path.suffix != ".part" and StoredFile.objects.filter(key=uuid.UUID(hex=path.name)).exists()
            if not known:
                path.unlink()
                removed += 1
    return removed
