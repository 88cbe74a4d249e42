"""Bytes on disk: temp name, fsync, hash, rename; the row comes last (trust F11)."""

import hashlib
import os
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from django.conf import settings

CHUNK = 1024 * 1024


def path_of(key: uuid.UUID) -> Path:
    """Where a file lies: two letters of the key as folder, the key as name. Never the sender's name."""
    return Path(settings.FILES_ROOT) / key.hex[:2] / key.hex


def write(key: uuid.UUID, file: IO[bytes]) -> tuple[int, str]:
    """Writes the whole file under its key and returns size and SHA-256. On failure nothing stays under the key."""
    target = path_of(key)
    target.parent.mkdir(parents=True, exist_ok=True)
    temporary = target.with_suffix(".part")
    digest, size = hashlib.sha256(), 0
    try:
        with open(temporary, "xb") as out:
            for chunk in iter(lambda: file.read(CHUNK), b""):
                digest.update(chunk)
                size += len(chunk)
                out.write(chunk)
            out.flush()
            os.fsync(out.fileno())
        os.replace(temporary, target)
        _sync_folder(target.parent)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    return size, digest.hexdigest()


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def all_files() -> Iterator[Path]:
    """Every file under the root, whole or partial, for the orphan sweep."""
    root = Path(settings.FILES_ROOT)
    if root.is_dir():
        for folder in sorted(root.iterdir()):
            if folder.is_dir():
                yield from sorted(folder.iterdir())
