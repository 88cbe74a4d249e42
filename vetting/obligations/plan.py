"""A plan of reminders as data: steps by days from the due day, each with its texts. Pure."""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from string import Formatter
from typing import Any

DEFINITIONS = Path(__file__).parent / "definitions"
LANGUAGES = ("sv", "en")
TEXTS = ("subject", "body")
# All a mail may say: there is a message, the case number, the last day (design: Decisions; docs/domain.md §4.8).
PLACEHOLDERS = frozenset({"what", "number", "last_day", "link", "sender"})
OWED = ("number", "last_day")  # what every body must say
PARTY, OFFICER, HEAD = "party", "officer", "head"
AUDIENCES = (PARTY, OFFICER, HEAD)
FURTHEST = 3650  # days from the due day


@dataclass(frozen=True, slots=True)
class Step:
    """`day` counts from the due day: -30 is thirty days before it. `to` names who is told."""

    code: str
    day: int
    to: tuple[str, ...]
    texts: Mapping[str, str]  # subject_sv, body_sv, subject_en, body_en

    def owed_on(self, due_on: date) -> date:
        return due_on + timedelta(days=self.day)

    def subject(self, language: str, words: Mapping[str, str]) -> str:
        return " ".join(self.texts[f"subject_{language}"].format_map(words).split())

    def body(self, language: str, words: Mapping[str, str]) -> str:
        return self.texts[f"body_{language}"].format_map(words).strip() + "\n"


def steps_of(content: Mapping[str, Any]) -> tuple[Step, ...]:
    """The steps in their order. ValueError lists everything that is wrong with the plan."""
    found = list(problems(content))
    if found:
        raise ValueError("; ".join(found))
    return tuple(_step(row) for row in content["steps"])


def _step(row: Mapping[str, Any]) -> Step:
    texts = {f"{text}_{language}": row[f"{text}_{language}"] for text in TEXTS for language in LANGUAGES}
    return Step(row["code"], row["day"], tuple(row["to"]), texts)


def problems(content: Mapping[str, Any]) -> Iterator[str]:
    """What is wrong with a plan's content, in words that name the step."""
    rows = content.get("steps")
    if not isinstance(rows, list) or not rows or not all(isinstance(row, Mapping) for row in rows):
        yield "a plan has at least one step"
        return
    codes = [row.get("code") for row in rows]
    if len(set(map(str, codes))) != len(codes):
        yield "two steps have the same code"
    days = [row.get("day") for row in rows]
    if all(isinstance(day, int) for day in days) and any(a >= b for a, b in pairwise(days)):
        yield "the steps stand in the order of their days, each on a day of its own"
    for number, row in enumerate(rows, 1):
        for problem in _of_step(row):
            yield f"step {number} ({row.get('code') or 'no code'}): {problem}"


def _of_step(row: Mapping[str, Any]) -> Iterator[str]:
    code, day, to = row.get("code"), row.get("day"), row.get("to")
    if not (isinstance(code, str) and code.replace("_", "").isalnum() and len(code) <= 32):
        yield "the code is 1 to 32 letters, digits or _"
    if not isinstance(day, int) or isinstance(day, bool) or abs(day) > FURTHEST:
        yield f"the day is a whole number of days, at most {FURTHEST} from the due day"
    if not isinstance(to, list) or not to or set(to) - set(AUDIENCES):
        yield f"`to` names who is told: {', '.join(AUDIENCES)}"
    for text in TEXTS:
        for language in LANGUAGES:
            yield from _of_text(f"{text}_{language}", row.get(f"{text}_{language}"), text == "body")


def _of_text(name: str, written: Any, is_body: bool) -> Iterator[str]:
    if not isinstance(written, str) or not written.strip():
        yield f"{name} is missing"
        return
    words = words_in(written)
    if words is None:
        yield f"{name}: a brace is open or closed alone"
        return
    yield from (f"{name}: unknown {{{word}}}" for word in words if word not in PLACEHOLDERS)
    if is_body:
        yield from (f"{name}: must say {{{word}}}" for word in OWED if word not in words)


def words_in(written: str) -> list[str] | None:
    """The words in braces; None where the braces do not fit."""
    try:
        return [word for _text, word, _spec, _conversion in Formatter().parse(written) if word is not None]
    except ValueError:
        return None


def code_for(day: int) -> str:
    """How a step of a day is called: `before_30`, `due`, `after_7`."""
    return "due" if day == 0 else f"{'before' if day < 0 else 'after'}_{abs(day)}"


def next_day(steps: Sequence[Step], due_on: date, *, on_or_after: date) -> date | None:
    """The first day from `on_or_after` on at which a step is owed; None when no step is left."""
    return next((day for step in steps if (day := step.owed_on(due_on)) >= on_or_after), None)


def owed(steps: Sequence[Step], due_on: date, *, since: date, until: date) -> tuple[Step, ...]:
    """The steps owed from `since` to `until`, both days counted, in their order."""
    return tuple(step for step in steps if since <= step.owed_on(due_on) <= until)


def shipped(name: str = "standard") -> dict[str, Any]:
    """A plan that comes with the house, labelled `exempel`."""
    found: dict[str, Any] = tomllib.loads((DEFINITIONS / f"{name}.toml").read_text(encoding="utf-8"))
    return found
