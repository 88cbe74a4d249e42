"""What is taken: kinds, sizes and the error that says why something is not."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from vetting.kernel.errors import Invalid

MEGABYTE = 1024 * 1024
MAX_SIZE = 20 * MEGABYTE
MAX_FILES = 20  # in one submit
MAX_UNPACKED = 60 * MEGABYTE
MAX_ENTRIES = 2_000
MAX_PIXELS = 60_000_000

TYPES = {
    "pdf": "application/pdf",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "png": "image/png",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "odt": "application/vnd.oasis.opendocument.text",
}


class FileRefused(Invalid):
    """The file is not taken. `code` says why; the text names the file and what to do."""

    code = "file_refused"


def refuse(code: str, text: Any, **data: Any) -> FileRefused:
    return FileRefused(text, code=code, **data)


def wrong_content(name: str) -> FileRefused:
    """One sentence for every file whose content is not what its name says."""
    return refuse(
        "wrong_content",
        _("%(name)s is not what its name says, or it is damaged. Save it anew as PDF and try again.") % {"name": name},
    )


def active_content(name: str) -> FileRefused:
    """Macros, scripts, embedded programs or attached files."""
    return refuse(
        "active_content",
        _("%(name)s holds macros, scripts or embedded files. Save it as PDF without them and try again.")
        % {"name": name},
    )
