"""From plain data to a described dataclass, or every problem at once, each with its place and what to do.

Takes what TOML and JSON give: strings, numbers, booleans, dates and times (or their ISO text), lists, tables.
Nothing is guessed: an unknown key is an error that names the nearest known one, a wrong kind of value too.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation
from difflib import get_close_matches
from enum import Enum
from typing import Any, TypeVar

from django.utils.translation import gettext as _

from vetting.kernel.labels import Label
from vetting.kernel.schema.fields import Part, code_of, parts_of

T = TypeVar("T")
Path = tuple[str, ...]

LONGEST = 4000


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong at `path` and what to do, as one sentence in the language in use."""

    path: Path
    text: str

    @property
    def where(self) -> str:
        """The path as people write it: `forms[lov].amounts.cap_kr`; empty for the whole."""
        return "".join(step if step.startswith("[") else f".{step}" for step in self.path).removeprefix(".")

    def __str__(self) -> str:
        return f"{self.where}: {self.text}" if self.path else self.text


class _Wrong(Exception):
    """A value that cannot be read, with the sentence about it."""


def read(cls: type[T], data: object, path: Path = (), *, stored: bool = False) -> tuple[T | None, list[Problem]]:
    """The dataclass that `data` describes, or None and all that is wrong with it, in the order of the fields.

    `stored`: the data was checked when it was saved; a check added since must not make an old version unreadable.
    """
    if not isinstance(data, Mapping):
        return None, [Problem(path, _("Must be a table of keys and values."))]
    parts = parts_of(cls)
    problems = list(_unknown(parts, data, path))
    values: dict[str, Any] = {}
    for part in parts:
        found, wrong = _field(part, data, path, stored)
        problems += wrong
        values[part.name] = found
    if problems:
        return None, problems
    made = cls(**values)
    check = None if stored else getattr(made, "check", None)
    if check is not None:
        problems = [Problem((*path, *name.split(".")) if name else path, text) for name, text in check()]
    return (None, problems) if problems else (made, [])


def _unknown(parts: tuple[Part, ...], data: Mapping[str, Any], path: Path) -> Iterator[Problem]:
    known = [part.name for part in parts]
    for key in data:
        if key in known:
            continue
        near = get_close_matches(str(key), known, n=1, cutoff=0.5)
        if near:
            text = _("There is no such key. Did you mean “%(near)s”?") % {"near": near[0]}
        else:
            text = _("There is no such key. Known keys here: %(known)s.") % {"known": ", ".join(known)}
        yield Problem((*path, str(key)), text)


def _field(part: Part, data: Mapping[str, Any], path: Path, stored: bool) -> tuple[Any, list[Problem]]:
    here = (*path, part.name)
    value = data.get(part.name)
    if value is None:
        if part.required and not part.optional:
            return None, [Problem(here, _("Is missing. %(how)s") % {"how": how(part)})]
        return part.default, []
    if not part.many:
        return _one(part, value, here, stored)
    if not isinstance(value, list | tuple):
        return None, [Problem(here, _("Must be a list: [ … ]."))]
    found, problems, seen = [], [], set[str]()
    for number, item in enumerate(value, 1):
        code = code_of(item)
        place = (*here, f"[{code or number}]")
        if code and code in seen:
            problems.append(Problem(place, _("Stands twice in the list. Give each its own.")))
        seen.add(code)
        one, wrong = _one(part, item, place, stored)
        found.append(one)
        problems += wrong
    return tuple(found), problems


def _one(part: Part, value: Any, path: Path, stored: bool) -> tuple[Any, list[Problem]]:
    if part.is_table:
        return read(part.kind, value, path, stored=stored)
    try:
        return _leaf(part, value), []
    except _Wrong as wrong:
        return None, [Problem(path, str(wrong))]


def _leaf(part: Part, value: Any) -> Any:
    kind = part.kind
    if kind is Label:
        return _label(value)
    if part.is_choice:
        return _member(kind, value)
    reader = kind.read if part.is_leaf else _READERS[kind]
    try:
        return reader(value)
    except (ValueError, TypeError, InvalidOperation):
        raise _Wrong(_not_readable(value, part)) from None


def _not_readable(value: Any, part: Part) -> str:
    shown = str(value)
    shown = shown if len(shown) <= 60 else f"{shown[:60]}…"
    return _("“%(value)s” cannot be read. %(how)s") % {"value": shown, "how": how(part)}


def _label(value: Any) -> Label:
    if not isinstance(value, Mapping) or set(value) - {"sv", "en"}:
        raise _Wrong(_('Must be Swedish and English: { sv = "…", en = "…" }.'))
    texts = [value.get("sv"), value.get("en")]
    if not all(isinstance(text, str) and text.strip() for text in texts):
        raise _Wrong(_('Both languages are owed: { sv = "…", en = "…" }.'))
    sv, en = (" ".join(str(text).split()) for text in texts)
    if max(len(sv), len(en)) > LONGEST:
        raise _Wrong(_("The text is longer than %(limit)d characters. Shorten it.") % {"limit": LONGEST})
    return Label(sv, en)


def _member(kind: type[Enum], value: Any) -> Enum:
    try:
        return kind(value)
    except ValueError:
        known = [str(member.value) for member in kind]
        near = get_close_matches(str(value), known, n=1, cutoff=0.6)
        message = _("“%(value)s” is not one of: %(known)s.") % {"value": value, "known": ", ".join(known)}
        if near:
            message += " " + _("Did you mean “%(near)s”?") % {"near": near[0]}
        raise _Wrong(message) from None


def _text(value: Any) -> str:
    if not isinstance(value, str) or not value.strip() or len(value) > LONGEST:
        raise ValueError
    return " ".join(value.split())


def _whole(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or abs(value) > 10**12:
        raise ValueError
    return value


def _decimal(value: Any) -> Decimal:
    if isinstance(value, bool | float):  # files are read with Decimal: a float has lost its digits already
        raise ValueError
    exact = Decimal(value)
    if not exact.is_finite() or abs(exact) >= 10**12 or exact != round(exact, 4):
        raise ValueError
    return exact


def _flag(value: Any) -> bool:
    if not isinstance(value, bool):
        raise ValueError
    return value


def _date(value: Any) -> date:
    if isinstance(value, datetime):
        raise ValueError
    return value if isinstance(value, date) else date.fromisoformat(value)


def _time(value: Any) -> time:
    there = value if isinstance(value, time) else time.fromisoformat(value)
    if there.tzinfo is not None or there.second or there.microsecond:
        raise ValueError
    return there


_READERS: dict[Any, Any] = {
    str: _text,
    int: _whole,
    Decimal: _decimal,
    bool: _flag,
    date: _date,
    time: _time,
}


def how(part: Part, *, each: bool = False) -> str:
    """How a value of this kind is written, as a sentence; with `each` one value of a list."""
    kind = part.kind
    if part.many and not each:
        return _("Write a list: [ … ].")
    if part.is_table:
        return _("Write a table with: %(known)s.") % {"known": ", ".join(one.name for one in parts_of(kind))}
    if part.is_leaf:
        return _(kind.HOW)
    if part.is_choice:
        return _("Write one of: %(known)s.") % {"known": ", ".join(str(member.value) for member in kind)}
    return {
        Label: _('Write Swedish and English: { sv = "…", en = "…" }.'),
        str: _("Write a text in quotation marks."),
        int: _("Write a whole number, for example 2."),
        Decimal: _("Write a number with a point and at most four decimals, for example 3.50."),
        bool: _("Write true or false."),
        date: _("Write a day, for example 2026-03-31."),
        time: _("Write an hour and minutes, for example 12:00:00."),
    }[kind]
