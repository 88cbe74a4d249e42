"""TOML as people edit it: read with the line where it is broken, written so that it reads back to the same data."""

import json
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

BARE_KEY = re.compile(r"[A-Za-z0-9_-]+\Z")
PLACE = re.compile(r"\s*\((?:at line (\d+), column (\d+)|at end of document)\)\s*\Z")
LINE = 100


class TomlBroken(ValueError):
    """The text is no TOML. `line` counts from 1 (the last line where the text ends too early)."""

    def __init__(self, line: int, what: str) -> None:
        self.line, self.what = line, what
        super().__init__(what)

    def __str__(self) -> str:
        return _("Line %(line)d: %(what)s.") % {"line": self.line, "what": self.what}


def read_toml(data: bytes | str) -> dict[str, Any]:
    """The file's data, with decimals as Decimal. Raises TomlBroken with the line."""
    if isinstance(data, bytes):
        data = _decoded(data)
    text = data.removeprefix("\ufeff").replace("\r\n", "\n")
    try:
        return tomllib.loads(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        what = str(error)
        place = PLACE.search(what)
        line = int(place[1]) if place and place[1] else text.rstrip("\n").count("\n") + 1
        raise TomlBroken(line, PLACE.sub("", what)) from None
    except RecursionError:
        raise TomlBroken(1, _("too deeply nested")) from None


def _decoded(data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise TomlBroken(line, _("not UTF-8; save the file as UTF-8")) from None


def write_toml(data: Mapping[str, Any]) -> str:
    """Tables under their headings, lists of tables as [[…]], everything else on one line where it fits."""
    return "\n".join(_table(data, ())).strip("\n") + "\n"


def _table(data: Mapping[str, Any], path: tuple[str, ...]) -> Iterator[str]:
    later = []
    for key, value in data.items():
        if _is_section(value) or _are_sections(value):
            later.append((key, value))
        else:
            yield f"{_key(key)} = {_value(value, len(key) + 3)}"
    for key, value in later:
        name = ".".join(_key(step) for step in (*path, key))
        for item in value if _are_sections(value) else [value]:
            yield ""
            yield f"[[{name}]]" if _are_sections(value) else f"[{name}]"
            yield from _table(item, (*path, key))


def _is_section(value: Any) -> bool:
    """A table with a heading of its own; what is only a text in two languages stands on one line."""
    return isinstance(value, Mapping) and set(value) != {"sv", "en"}


def _are_sections(value: Any) -> bool:
    return isinstance(value, Sequence) and not isinstance(value, str) and bool(value) and all(map(_is_section, value))


def _key(key: str) -> str:
    return key if BARE_KEY.match(key) else _string(key)


def _string(text: str) -> str:
    """A basic string: JSON's escapes are TOML's, but for the delete character."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _value(value: Any, used: int = 0) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return _string(value)
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{_key(key)} = {_value(own)}" for key, own in value.items()) + " }"
    if isinstance(value, Sequence):
        items = [_value(one) for one in value]
        line = "[" + ", ".join(items) + "]"
        return line if len(line) + used <= LINE else "[\n" + "".join(f"  {item},\n" for item in items) + "]"
    return str(value)
