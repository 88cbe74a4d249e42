"""Asking the relay whether it took a message, after a crash between its last byte and our note of it.

`was_accepted(message_id)` answers yes, no or unknown. Unknown is the honest bound: the message is sent again then, so
that there is at most one duplicate per crash inside the send window, and no loss (docs/adr/0012).
"""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email import message_from_binary_file
from email.policy import default
from enum import StrEnum
from pathlib import Path
from typing import Protocol

from django.conf import settings

from vetting.kernel import clock

MARGIN = timedelta(seconds=5)  # between two clocks


class Answer(StrEnum):
    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class Relay(Protocol):
    def was_accepted(self, message_id: str, *, since: datetime) -> Answer:
        """Whether the message was taken since its first try in doubt began (a moment of the kernel's clock).

        An OSError while reading means the same as unknown.
        """
        ...


class NobodyToAsk:
    """A relay elsewhere, of which we see neither folder nor log."""

    def was_accepted(self, message_id: str, *, since: datetime) -> Answer:
        return Answer.UNKNOWN


class SinkFolder:
    """The demo's sink: it answers 250 only when the mail lies in its folder, named by the moment it came."""

    NAME = re.compile(r"(\d+)-[0-9a-f]{8}\.eml")

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def was_accepted(self, message_id: str, *, since: datetime) -> Answer:
        if not self.folder.is_dir():
            return Answer.UNKNOWN
        begun = _machine_time(since).timestamp() * 1e9
        for path in self.folder.iterdir():
            name = self.NAME.fullmatch(path.name)
            if name and int(name[1]) >= begun and self._message_id(path) == message_id:
                return Answer.YES
        return Answer.NO

    @staticmethod
    def _message_id(path: Path) -> str:
        with path.open("rb") as file:
            return str(message_from_binary_file(file, policy=default)["Message-ID"] or "").strip()


class PostfixLog:
    """Postfix on this machine: taken is what got a queue file that became active.

    The log and the one before it (`.1`) are read. "No" is said only when they reach back before the try and forward
    past it; compressed older ones are not read.
    """

    LINE = re.compile(r"postfix(?:-[\w-]+)?/(?:\w+/)?(?P<part>\w+)\[\d+\]: (?P<queue>[0-9A-Za-z]{6,}): (?P<rest>.*)")

    def __init__(self, path: Path) -> None:
        self.path = path

    def was_accepted(self, message_id: str, *, since: datetime) -> Answer:
        begun = _machine_time(since)
        first = last = None
        queues: set[str] = set()
        for line in self._lines():
            at = _logged_at(line, begun)
            if at is not None:
                first, last = first or at, at
            found = self.LINE.search(line)
            if found is None:
                continue
            if found["part"] == "cleanup" and found["rest"].strip() == f"message-id={message_id}":
                queues.add(found["queue"])
            elif found["part"] == "qmgr" and found["queue"] in queues and "queue active" in found["rest"]:
                return Answer.YES
        covered = first is not None and last is not None and first <= begun <= last
        return Answer.NO if covered else Answer.UNKNOWN

    def _lines(self) -> Iterator[str]:
        before = self.path.with_name(self.path.name + ".1")
        for path in (before, self.path) if before.exists() else (self.path,):
            with path.open(encoding="utf-8", errors="replace") as file:
                yield from file


MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
SYSLOG = re.compile(rf"({'|'.join(MONTHS)}) +(\d+) (\d\d):(\d\d):(\d\d) ")


def _logged_at(line: str, near: datetime) -> datetime | None:
    """A line's moment: ISO 8601, or syslog's without a year, taken to be the nearest to `near`."""
    try:
        moment = datetime.fromisoformat(line.split(" ", 1)[0])
        return moment.astimezone(UTC)
    except ValueError:
        found = SYSLOG.match(line)
    if found is None:
        return None
    month, day, hour, minute, second = MONTHS.index(found[1]) + 1, *map(int, found.groups()[1:])
    local = near.astimezone()
    made = []
    for year in (local.year - 1, local.year, local.year + 1):
        try:
            made.append(datetime(year, month, day, hour, minute, second).astimezone())
        except ValueError:  # 29 February
            continue
    return min(made, key=lambda moment: abs(moment - local)).astimezone(UTC) if made else None


def _machine_time(moment: datetime) -> datetime:
    """The kernel's moment on the clock the relay has: the demo's is ahead of it."""
    return moment - clock.offset() - MARGIN


def relay() -> Relay:
    """Whom this installation can ask: Postfix's log (RELAY_LOG), the demo's sink, or nobody."""
    if settings.RELAY_LOG:
        return PostfixLog(Path(settings.RELAY_LOG))
    if settings.DEMO_MAIL_DIR:
        return SinkFolder(Path(settings.DEMO_MAIL_DIR))
    return NobodyToAsk()
