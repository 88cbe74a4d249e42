"""The demo's mail sink in other moods: it refuses, is slow, or takes a mail and does not say so."""

import asyncio
import email
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any

from aiosmtpd.smtp import SMTP

from vetting.embedded.smtp_sink import LIMIT, KeepEveryMail


class Moody(KeepEveryMail):
    """Keeps every mail unless told otherwise. `mail`, `rcpt` and `data` are answers in place of a yes (`data` "none":
    the line is cut before the mail is kept); `before` and `after` are seconds around the keeping; `mute` keeps it and
    cuts the line without an answer."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.mail = self.rcpt = self.data = ""
        self.before = self.after = 0.0
        self.mute = False
        self.poison = ""  # a recipient refused for good, whatever the mood
        self.conversations = 0

    async def handle_EHLO(self, server: Any, session: Any, envelope: Any, hostname: str, responses: Any) -> Any:  # noqa: N802
        self.conversations += 1
        session.host_name = hostname
        return responses

    async def handle_MAIL(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:  # noqa: N802
        if not self.mail:
            envelope.mail_from = address
        return self.mail or "250 OK"

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:  # noqa: N802
        if address == self.poison:
            return f"550 5.1.1 <{address}> is unknown here"
        if not self.rcpt:
            envelope.rcpt_tos.append(address)
        return self.rcpt or "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        await asyncio.sleep(self.before)
        if self.data == "none":
            server.transport.abort()
        if self.data:
            return self.data
        kept = await super().handle_DATA(server, session, envelope)
        await asyncio.sleep(self.after)
        if self.mute:
            server.transport.abort()
        return kept


def mails(folder: Path) -> list[EmailMessage]:
    """All kept mails, in the order they came."""
    found = []
    for path in sorted(folder.glob("*.eml")):
        message = email.message_from_bytes(path.read_bytes(), policy=default)
        assert isinstance(message, EmailMessage)
        found.append(message)
    return found


def counted(folder: Path) -> Counter[str]:
    """Message-ID → how many times it was taken."""
    return Counter(str(mail["Message-ID"]).strip() for mail in mails(folder))


@contextmanager
def served(mood: Moody, port: int) -> Iterator[Moody]:
    """The sink on 127.0.0.1, in a thread of its own, until the block ends."""
    loop, ready = asyncio.new_event_loop(), threading.Event()

    async def start() -> Any:
        return await loop.create_server(
            lambda: SMTP(mood, data_size_limit=LIMIT, hostname="localhost"), host="127.0.0.1", port=port
        )

    def body() -> None:
        asyncio.set_event_loop(loop)
        server = loop.run_until_complete(start())
        ready.set()
        loop.run_forever()
        server.close()
        tasks = asyncio.all_tasks(loop)
        for task in tasks:
            task.cancel()
        loop.run_until_complete(asyncio.gather(*tasks, return_exceptions=True))
        loop.close()

    thread = threading.Thread(target=body)
    thread.start()
    try:
        assert ready.wait(20)
        yield mood
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
