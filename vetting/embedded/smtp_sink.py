"""The demo's mail server: it takes every mail and writes it to a file. Nothing leaves the machine."""

import asyncio
import os
import secrets
import smtplib
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from aiosmtpd.smtp import SMTP, Envelope

from vetting.embedded.data_dir import ROOT, DataDir
from vetting.embedded.processes import Child

LIMIT = 25_000_000  # bytes in one mail


@dataclass(frozen=True)
class Sink:
    data: DataDir

    def child(self, port: int) -> Child:
        return Child(
            name="mail",
            command=lambda: [sys.executable, "-m", "vetting.embedded", "sink", str(self.data.mail), str(port)],
            log=self.data.logs / "mail.log",
            cwd=str(ROOT),
        )

    def is_ready(self, port: int) -> bool:
        try:
            with smtplib.SMTP("127.0.0.1", port, timeout=1) as client:
                return client.noop()[0] == 250
        except (OSError, smtplib.SMTPException):
            return False


class KeepEveryMail:
    """What aiosmtpd calls; the answer 250 is given only when the mail is safely in its file."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    async def handle_DATA(self, server: Any, session: Any, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's name
        keep(self.folder, envelope)
        return "250 Kept"


def keep(folder: Path, envelope: Envelope) -> None:
    """Write one mail, all of it or nothing. The file names sort by arrival."""
    content = envelope.content or b""
    head = "".join(f"X-Envelope-To: {recipient}\r\n" for recipient in envelope.rcpt_tos)
    handle, partial = tempfile.mkstemp(dir=folder, suffix=".partial")
    with os.fdopen(handle, "wb") as file:
        file.write(head.encode() + (content if isinstance(content, bytes) else content.encode()))
        file.flush()
        os.fsync(file.fileno())
    Path(partial).replace(folder / f"{time.time_ns()}-{secrets.token_hex(4)}.eml")


async def serve(folder: Path, port: int) -> None:
    server = await asyncio.get_running_loop().create_server(
        lambda: SMTP(KeepEveryMail(folder), data_size_limit=LIMIT, enable_SMTPUTF8=True, hostname="localhost"),
        host="127.0.0.1",
        port=port,
    )
    async with server:
        await server.serve_forever()


def main(folder: Path, port: int) -> int:
    asyncio.run(serve(folder, port))
    return 0
