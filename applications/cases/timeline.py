"""The case's story in human sentences, from the log's verbs, newest first (ui.md, Case). Shown, never computed from."""

import json
import re
import uuid
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from applications.cases import panels
from applications.cases.models import WAIVER_LABELS, Case
from vetting.accounts.models import User
from vetting.audit.models import Event
from vetting.audit.verbs import verbs
from vetting.kernel import text
from vetting.kernel.labels import Label
from vetting.kernel.statement import Statement
from vetting.kernel.workflow import Workflow, kinds

SHORT = 6
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_PERSON = re.compile(r"user:[0-9a-f-]{36}")


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence: when, what, and the shape of what happened."""

    at: datetime
    text: str
    shape: str


def timeline(case: Case) -> list[Line]:
    """The newest events of the case as sentences; two queries, whatever the number."""
    return sentences(NEWEST.rows(case=case.key))


def _newest(*, case: uuid.UUID) -> QuerySet[Event]:
    return Event.objects.filter(case=case).order_by("-id")[:SHORT]


NEWEST = Statement(_newest)


def how_many(case: Case) -> int:
    """How many events the case has; known already for a case loaded by `selectors.page_case`."""
    loaded = getattr(case, panels.PREFIX + "events", None)
    return loaded if loaded is not None else Event.objects.filter(case=case.key).count()


def sentences(events: Sequence[Event]) -> list[Line]:
    """Each event as its verb's sentence in the reader's language, people by name; one query for the names."""
    contents = [json.loads(bytes(event.canonical)) for event in events]
    names = names_of(_references(contents))
    return [
        Line(event.at, _sentence(event, content["data"], names), str(verbs[event.verb].shape))
        for event, content in zip(events, contents, strict=True)
    ]


class Names(dict[str, str]):
    """Audit reference → the name people know; timed work and what is unknown have words of their own."""

    def __missing__(self, reference: str) -> str:
        return _("The system") if reference.startswith("system:") else _("Somebody")


def names_of(references: Iterable[str]) -> Names:
    """The names behind audit references, in one query."""
    keys = {uuid.UUID(reference.removeprefix("user:")) for reference in references if _PERSON.fullmatch(reference)}
    return Names((f"user:{key}", name) for key, name in NAMES.rows(keys=tuple(keys)))


def _names(*, keys: tuple[uuid.UUID, ...]) -> QuerySet[User, Any]:
    return User.objects.filter(key__in=keys).values_list("key", "name")


NAMES = Statement(_names)


def _references(contents: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    for content in contents:
        yield content["actor"]
        yield from (value for value in content["data"].values() if isinstance(value, str))


def _sentence(event: Event, data: Mapping[str, Any], names: Names) -> str:
    kind = event.verb.partition(".")[0]
    machine = kinds[kind].workflow if kind in kinds else None
    shown: dict[str, str] = defaultdict(lambda: "…")
    for name, value in data.items():
        shown[name] = _shown(name, value, machine, names)
    shown["actor"] = names[event.actor]
    return str(verbs[event.verb].sentence).format_map(shown)


def _shown(name: str, value: Any, machine: Workflow | None, names: Names) -> str:
    if isinstance(value, str):
        if _PERSON.fullmatch(value):
            return names[value]
        if _DAY.fullmatch(value):
            return text.day(date.fromisoformat(value))
        if name in {"from", "to"} and machine is not None and value in machine.by_code:
            return str(machine.state(value).label)
        if name == "waiver" and value in WAIVER_LABELS:
            return _lower(WAIVER_LABELS[value])
        if name == "step":
            return _step(value)
    return str(value)


def _lower(label: Label) -> str:
    sentence = str(label)
    return sentence[:1].lower() + sentence[1:]


def _step(action: str) -> str:
    """A step's label, from whichever kind of case has it."""
    rows = (row for _code, kind in kinds.items() if kind.is_case for row in kind.workflow.rows)
    return next((str(row.label) for row in rows if row.action == action), action)
