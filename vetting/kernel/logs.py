"""What a log line may hold: when, where, which code, which id. Never what somebody wrote (trust §2).

The message of an exception can hold a name or an address (a database error quotes the row), so no line carries it,
whoever logs: an exception is told by its class and by the places it went through.
"""

import logging
import traceback
from types import TracebackType
from typing import Any

import structlog

Raised = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class Formatter(logging.Formatter):
    """Time, level, logger, message; below it an exception as classes and places, without its message."""

    default_msec_format = "%s.%03d"

    def formatException(self, ei: Raised) -> str:  # noqa: N802 - the standard library's name
        return told(ei[1]) if ei[1] is not None else ""


class WithoutWords(logging.Filter):
    """Celery writes an exception's message, a task's arguments and its answer into the line itself."""

    KEPT = ("id", "name", "runtime", "hostname", "description")

    def filter(self, record: logging.LogRecord) -> bool:
        if isinstance(record.args, dict) and record.name.startswith("celery."):
            error = record.exc_info[1] if record.exc_info else None
            said = "" if error is None else type(error).__name__
            record.args = {name: record.args[name] if name in self.KEPT else said for name in record.args}
        return True


def told(error: BaseException) -> str:
    """`ValueError at applications/cases/executor.py:96 in perform`, the innermost place last, a line per place."""
    lines = []
    seen: BaseException | None = error
    while seen is not None:
        lines.append(type(seen).__name__)
        lines += [f"  {place}" for place in places(seen)]
        seen = seen.__cause__ or (None if seen.__suppress_context__ else seen.__context__)
    return "\n".join(lines)


def places(error: BaseException) -> list[str]:
    """Where the exception went through, the place that raised it last."""
    frames = traceback.extract_tb(error.__traceback__)
    return [f"{frame.filename}:{frame.lineno} in {frame.name}" for frame in frames]


def place_of(error: BaseException) -> str:
    """The place that raised it, or nothing for an exception that was never raised."""
    return places(error)[-1] if error.__traceback__ is not None else ""


def configure() -> None:
    """The house's own lines (`structlog.get_logger`) go the same way as everybody's, as `event key=value`."""
    structlog.configure(
        processors=[structlog.stdlib.filter_by_level, _as_line],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )


def _as_line(_logger: Any, _method: str, said: Any) -> tuple[tuple[str], dict[str, Any]]:
    """`job.failed job='…' code='ValueError'`; an exception is given to the formatter, which leaves its words out."""
    event, raised = str(said.pop("event")), said.pop("exc_info", None)
    line = " ".join([event, *(f"{name}={value!r}" for name, value in said.items())])
    return (line,), {"exc_info": raised} if raised else {}
