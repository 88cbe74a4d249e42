"""From a described dataclass to plain data: what is stored as a version's content and hashed.

Absent values (None, empty lists) are left out; every other value stands there, defaults too, so that a default
changed later never changes a published rule. `read(type(x), plain(x)) == x` for every x.
"""

from datetime import date, time
from decimal import Decimal
from enum import Enum
from typing import Any

from vetting.kernel.labels import Label
from vetting.kernel.schema.fields import Leaf, parts_of


def plain(value: Any, *, native: bool = False) -> Any:
    """Strings, whole numbers, booleans, lists and tables only; decimals, dates and times as text in one form each.

    `native` keeps decimals, dates and times as they are: for a TOML file, which knows them.
    """
    if isinstance(value, Label):
        return {"sv": value.sv, "en": value.en}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, bool | int | str):
        return value
    if isinstance(value, Decimal):
        return Decimal(decimal_text(value)) if native else decimal_text(value)
    if isinstance(value, date | time):
        return value if native else _moment_text(value)
    if isinstance(value, tuple):
        return [plain(one, native=native) for one in value]
    if isinstance(value, Leaf):
        return value.plain()
    pairs = ((part.name, getattr(value, part.name)) for part in parts_of(type(value)))
    return {name: plain(own, native=native) for name, own in pairs if own is not None and own != ()}


def _moment_text(value: date | time) -> str:
    return f"{value:%H:%M}" if isinstance(value, time) else value.isoformat()


def decimal_text(value: Decimal) -> str:
    """`100000`, `3.5`: no exponent, no trailing zeros, so that equal numbers have one form."""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
