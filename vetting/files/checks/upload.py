"""The one upload check: what a file is named, how large it is, and that it is what it says."""

import unicodedata
from pathlib import PurePath
from typing import IO

from django.utils.translation import gettext_lazy as _

from vetting.files.checks.image import check_image
from vetting.files.checks.limits import MAX_SIZE, MEGABYTE, TYPES, refuse
from vetting.files.checks.office import check_office
from vetting.files.checks.pdf import check_pdf


def clean_name(name: str) -> str:
    """The sender's file name as it may be shown: the last path part, printable, at most 200 characters."""
    last = PurePath(name.replace("\\", "/")).name
    shown = "".join(c for c in unicodedata.normalize("NFC", last) if unicodedata.category(c)[0] not in "CZ" or c == " ")
    return shown.strip(" .")[-200:] or "fil"


def check_upload(file: IO[bytes], name: str, size: int) -> str:
    """The content type of an acceptable file; raises FileRefused with what is wrong and what to do. Rewinds `file`."""
    shown = clean_name(name)
    extension = shown.rsplit(".", 1)[-1].lower() if "." in shown else ""
    if extension not in TYPES:
        raise refuse(
            "wrong_kind",
            _("%(name)s cannot be taken. Send PDF, JPEG, PNG, DOCX, XLSX or ODT.") % {"name": shown},
        )
    if size == 0:
        raise refuse("empty", _("%(name)s is empty. Choose the right file and try again.") % {"name": shown})
    if size > MAX_SIZE:
        raise refuse(
            "too_large",
            _("%(name)s is %(size)s MB. A file may be at most %(limit)s MB: split or compress it.")
            % {"name": shown, "size": round(size / MEGABYTE), "limit": MAX_SIZE // MEGABYTE},
        )
    file.seek(0)
    if extension == "pdf":
        check_pdf(file, shown)
    elif extension in {"docx", "xlsx", "odt"}:
        check_office(file, shown, extension)
    else:
        check_image(file, shown, extension)
    file.seek(0)
    return TYPES[extension]
