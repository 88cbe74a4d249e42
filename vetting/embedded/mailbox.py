"""The mails the demo's sink has kept, read for the page that shows them."""

import email
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

NAME = re.compile(r"(\d+)-[0-9a-f]{8}\.eml")


@dataclass(frozen=True)
class Attachment:
    name: str
    size: int  # bytes


@dataclass(frozen=True)
class Mail:
    """One kept mail. `arrived` is the machine's time, for the sink knows no other."""

    name: str
    arrived: datetime
    sender: str
    recipients: str
    subject: str
    message_id: str
    text: str = field(repr=False)
    attachments: Sequence[Attachment] = ()


def names(folder: Path) -> list[str]:
    """The names of all kept mails, newest first."""
    found = [path.name for path in folder.iterdir() if NAME.fullmatch(path.name)] if folder.is_dir() else []
    return sorted(found, reverse=True)


def read(folder: Path, name: str) -> Mail | None:
    """The mail of that name; nothing when there is none (or when the name is no mail's name)."""
    match = NAME.fullmatch(name)
    if match is None or not (folder / name).is_file():
        return None
    message = email.message_from_bytes((folder / name).read_bytes(), policy=default)
    assert isinstance(message, EmailMessage)  # noqa: S101 - what this policy makes
    return Mail(
        name=name,
        arrived=datetime.fromtimestamp(int(match[1]) / 1e9, UTC),
        sender=str(message["From"] or ""),
        recipients=", ".join(message.get_all("X-Envelope-To", [])),
        subject=str(message["Subject"] or ""),
        message_id=str(message["Message-ID"] or ""),
        text=body(message),
        attachments=[
            Attachment(part.get_filename() or part.get_content_type(), len(part.get_payload(decode=True) or b""))
            for part in message.iter_attachments()
        ],
    )


def body(message: EmailMessage) -> str:
    """The plain text; the source of an HTML-only mail, which is shown and never run."""
    part = message.get_body(preferencelist=("plain", "html"))
    if part is None:
        return ""
    content = part.get_payload(decode=True)
    if not isinstance(content, bytes):
        return ""
    try:
        return content.decode(part.get_content_charset("utf-8"), errors="replace")
    except LookupError:  # a charset nobody knows
        return content.decode("utf-8", errors="replace")
