"""A PDF that is one: magic bytes are not enough (HTML behind a PDF header passes every sniffer)."""

import logging
import re
from typing import IO

from vetting.files.checks.limits import active_content, wrong_content

HEADER = re.compile(rb"\A%PDF-[12]\.\d")
FOREIGN = re.compile(rb"<\s*(?:!doctype|html|script|svg|body)|\A(?:MZ|PK\x03\x04)", re.IGNORECASE)
ACTIVE_KEYS = {"/JavaScript", "/JS", "/Launch", "/EmbeddedFile", "/RichMedia", "/SubmitForm", "/ImportData"}
MAX_OBJECTS = 50_000
MAX_DEPTH = 20  # deeper nesting is a trick, not a document


def check_pdf(file: IO[bytes], name: str) -> None:
    """Raises FileRefused unless `file` parses as an unencrypted PDF with pages and without active content."""
    head = file.read(4096)
    if not HEADER.match(head) or FOREIGN.search(head.split(b"stream", 1)[0]):
        raise wrong_content(name)
    file.seek(0, 2)
    file.seek(max(0, file.tell() - 2048))
    if b"%%EOF" not in file.read():
        raise wrong_content(name)
    file.seek(0)
    from pypdf import PdfReader  # heavy: only when a PDF comes in

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        reader = PdfReader(file, strict=False)
        if reader.is_encrypted or not len(reader.pages):
            raise wrong_content(name)
        active = any(_active(reader, number) for number in list(_numbers(reader))[:MAX_OBJECTS])
    except Exception as error:
        if error.__class__.__name__ == "FileRefused":
            raise
        raise wrong_content(name) from error
    if active:
        raise active_content(name)


def _numbers(reader: object) -> set[int]:
    table = {number for numbers in reader.xref.values() for number in numbers}  # type: ignore[attr-defined]
    return table | set(reader.xref_objStm)  # type: ignore[attr-defined]


def _active(reader: object, number: int) -> bool:
    from pypdf.generic import IndirectObject

    try:
        found = IndirectObject(number, 0, reader).get_object()
    except Exception:  # an object nobody reaches may be broken in real files; it runs nothing
        return False
    return _holds_action(found, 0)


def _holds_action(found: object, depth: int) -> bool:
    """Whether an object, or one written inside it, is active; references are met as objects of their own."""
    from pypdf.generic import ArrayObject, DictionaryObject

    if depth > MAX_DEPTH:
        return True
    if isinstance(found, DictionaryObject):
        if ACTIVE_KEYS & set(found) or found.get("/S") in ACTIVE_KEYS or found.get("/Type") == "/EmbeddedFile":
            return True
        return any(_holds_action(part, depth + 1) for part in dict.values(found))
    return isinstance(found, ArrayObject) and any(_holds_action(part, depth + 1) for part in list.__iter__(found))
