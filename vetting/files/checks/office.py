"""DOCX, XLSX and ODT: ZIP archives without macros, embedded programs, tricks in names or bombs."""

import re
import zipfile
from typing import IO

from django.utils.translation import gettext_lazy as _

from vetting.files.checks.limits import MAX_ENTRIES, MAX_UNPACKED, TYPES, active_content, refuse, wrong_content

ACTIVE_NAME = re.compile(
    r"vbaproject|/activex|/embeddings/|oleobject|/macrosheets|\.bin$|\.exe$|\.js$|\.vbs$|^basic/|^scripts/|^object ",
    re.IGNORECASE,
)
MAIN_PART = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml", "odt": "content.xml"}
PRINTER_SETTINGS = re.compile(r"^xl/printersettings/printersettings\d+\.bin$", re.IGNORECASE)


def check_office(file: IO[bytes], name: str, extension: str) -> None:
    """Raises FileRefused unless the archive is an ordinary document of its kind; reads it once, counting bytes."""
    if file.read(4) != b"PK\x03\x04":
        raise wrong_content(name)
    file.seek(0)
    try:
        with zipfile.ZipFile(file) as archive:
            _check_archive(archive, name, extension)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, ValueError, EOFError) as error:
        raise wrong_content(name) from error


def _check_archive(archive: zipfile.ZipFile, name: str, extension: str) -> None:
    entries = archive.infolist()
    names = [entry.filename for entry in entries]
    if len(entries) > MAX_ENTRIES or sum(entry.file_size for entry in entries) > MAX_UNPACKED:
        raise _too_big_unpacked(name)
    if len(set(names)) != len(names) or MAIN_PART[extension] not in names:
        raise wrong_content(name)
    for entry in entries:
        path = entry.filename
        if entry.flag_bits & 0x1 or path.startswith(("/", "\\")) or ".." in path.replace("\\", "/").split("/"):
            raise wrong_content(name)
        if ACTIVE_NAME.search(path) and not PRINTER_SETTINGS.match(path):
            raise active_content(name)
    _read_all(archive, entries, name)
    _check_kind(archive, name, extension)


def _read_all(archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo], name: str) -> None:
    """Unpacks everything into nothing: declared sizes may lie, and a wrong checksum shows itself here."""
    left = MAX_UNPACKED
    for entry in entries:
        with archive.open(entry) as part:
            while chunk := part.read(256 * 1024):
                left -= len(chunk)
                if left < 0:
                    raise _too_big_unpacked(name)


def _check_kind(archive: zipfile.ZipFile, name: str, extension: str) -> None:
    if extension == "odt":
        if archive.read("mimetype").strip().decode("ascii", "replace") != TYPES["odt"]:
            raise wrong_content(name)
        return
    types = archive.read("[Content_Types].xml") if "[Content_Types].xml" in archive.namelist() else b""
    if b"macroEnabled" in types or b"vbaProject" in types:
        raise active_content(name)
    if TYPES[extension].encode() not in types:
        raise wrong_content(name)


def _too_big_unpacked(name: str) -> Exception:
    return refuse(
        "unpacks_too_big",
        _("%(name)s grows too large when it is opened. Save it as PDF and try again.") % {"name": name},
    )
