"""How a rule describes itself: labelled fields, choices with words, and the kinds of values there are."""

import dataclasses
import types
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, StrEnum
from functools import lru_cache
from typing import Any, ClassVar, Self, Union, get_args, get_origin, get_type_hints

from vetting.kernel.labels import Label


class Leaf:
    """A value with its own way of being written, e.g. a day of the year. `HOW` says how, marked for translation."""

    __slots__ = ()
    HOW: ClassVar[str]

    @classmethod
    def read(cls, value: object) -> Self:
        """Raises ValueError for what cannot be read."""
        raise NotImplementedError

    def plain(self) -> str:
        """What `read` takes back."""
        raise NotImplementedError


class Choice(StrEnum):
    """A closed list whose members carry their words: `NEVER = "never", "Aldrig", "Never"`."""

    label: Label

    def __new__(cls, value: str, sv: str, en: str) -> "Choice":
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = Label(sv, en)
        return member


def said(
    sv: str,
    en: str,
    default: Any = dataclasses.MISSING,
    *,
    hint: Label | None = None,
    words: Mapping[Any, Any] | None = None,
    unit: Label | None = None,
    prose: bool = False,
) -> Any:
    """A keyword-only field with its label. `words` names the members of an enumeration that has no labels of its own;
    `unit` follows a number, e.g. days; `prose` is a text that needs no label beside its heading. A field added to a
    rule that is already in use must have a default that keeps the meaning of the versions without it.
    """
    metadata = {"label": Label(sv, en), "hint": hint, "words": words or {}, "unit": unit, "prose": prose}
    return dataclasses.field(default=default, kw_only=True, metadata=metadata)


@dataclass(frozen=True, slots=True)
class Part:
    """A field as the reader and the page see it: its name, label and kind of value."""

    name: str
    label: Label
    kind: Any  # the type of one value
    many: bool  # a list of them
    optional: bool  # may be absent
    required: bool  # has no default
    default: Any
    words: Mapping[Any, Any]
    unit: Label | None
    hint: Label | None
    prose: bool

    @property
    def is_table(self) -> bool:
        return dataclasses.is_dataclass(self.kind) and self.kind is not Label and not self.is_leaf

    @property
    def is_leaf(self) -> bool:
        return isinstance(self.kind, type) and issubclass(self.kind, Leaf)

    @property
    def is_choice(self) -> bool:
        return isinstance(self.kind, type) and issubclass(self.kind, Enum)


def parts_of(cls: Any) -> tuple[Part, ...]:
    """The fields of a described dataclass, in order. Raises TypeError for a field not made with `said()`."""
    return _parts_of(cls)


@lru_cache(maxsize=128)
def _parts_of(cls: Any) -> tuple[Part, ...]:
    hints = get_type_hints(cls)
    return tuple(_part(cls, field, hints[field.name]) for field in dataclasses.fields(cls))


def _part(cls: type, field: "dataclasses.Field[Any]", hint: Any) -> Part:
    if "label" not in field.metadata:
        raise TypeError(f"{cls.__name__}.{field.name} is not made with said()")
    optional = False
    if get_origin(hint) in {Union, types.UnionType}:
        kinds = [one for one in get_args(hint) if one is not type(None)]
        if len(kinds) != 1:
            raise TypeError(f"{cls.__name__}.{field.name}: one kind of value, or None")
        hint, optional = kinds[0], True
    many = get_origin(hint) is tuple
    if many:
        hint = get_args(hint)[0]
    missing = field.default is dataclasses.MISSING
    if not missing and ((many and field.default != ()) or (optional and field.default is not None)):
        raise TypeError(f"{cls.__name__}.{field.name}: what may be absent is absent by default")
    return Part(
        name=field.name,
        label=field.metadata["label"],
        kind=hint,
        many=many,
        optional=optional,
        required=missing,
        default=None if missing else field.default,
        words=field.metadata["words"],
        unit=field.metadata["unit"],
        hint=field.metadata["hint"],
        prose=field.metadata["prose"],
    )


def code_of(value: Any) -> str:
    """What tells an item of a list from the others: its `code` or `point`; empty when it has none."""
    for name in ("code", "point"):
        own = getattr(value, name, None) if not isinstance(value, Mapping) else value.get(name)
        if isinstance(own, str) and own:
            return own
    return ""
