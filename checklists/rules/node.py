"""Reading nested data strictly: every key known, every value of its kind, every error with its place."""

from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Any, TypeVar

from checklists.rules.definition import NO_TEXT, Text

Enum = TypeVar("Enum", bound=StrEnum)


class DefinitionError(ValueError):
    """The data is no checklist. `where` is the place (question and field), `what` says what is wrong with it."""

    def __init__(self, where: str, what: str) -> None:
        self.where, self.what = where, what
        super().__init__(f"{where}: {what}")


class Node:
    """A table of the data that must be read to the last key: a misspelt key is an error, not a silent default."""

    def __init__(self, data: object, where: str) -> None:
        if not isinstance(data, Mapping):
            raise DefinitionError(where, "must be a table")
        self.data, self.where, self.read = data, where, set[str]()

    def at(self, key: str) -> str:
        return f"{self.where}.{key}"

    def get(self, key: str, kind: type, default: Any) -> Any:
        self.read.add(key)
        value = self.data.get(key, default)
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            raise DefinitionError(self.at(key), f"must be {kind.__name__}, is {value!r}")
        return value

    def word(self, key: str, default: str | None = None) -> str:
        if default is None and not self.data.get(key):
            raise DefinitionError(self.at(key), "is missing")
        return str(self.get(key, str, default))

    def flag(self, key: str) -> bool:
        return bool(self.get(key, bool, False))

    def words(self, key: str) -> tuple[str, ...]:
        values = self.get(key, list, [])
        if not all(isinstance(value, str) for value in values) or len(set(values)) != len(values):
            raise DefinitionError(self.at(key), "must be a list of different words")
        return tuple(values)

    def one(self, kind: type[Enum], key: str, default: Enum | None = None) -> Enum:
        return self._member(kind, key, self.word(key, default.value if default else None))

    def many(self, kind: type[Enum], key: str) -> tuple[Enum, ...]:
        return tuple(self._member(kind, key, value) for value in self.words(key))

    def _member(self, kind: type[Enum], key: str, value: str) -> Enum:
        try:
            return kind(value)
        except ValueError:
            known = ", ".join(kind)
            raise DefinitionError(self.at(key), f"{value!r} is not one of {known}") from None

    def nodes(self, key: str, name: str = "code") -> Iterator["Node"]:
        for index, item in enumerate(self.get(key, list, [])):
            label = item.get(name, index) if isinstance(item, Mapping) else index
            yield Node(item, f"{self.at(key)}[{label}]" if self.where else f"{key}[{label}]")

    def node(self, key: str) -> "Node | None":
        self.read.add(key)
        return Node(self.data[key], self.at(key)) if key in self.data else None

    def text(self, key: str, optional: bool = False) -> Text:
        node = self.node(key)
        if node is None:
            if optional:
                return NO_TEXT
            raise DefinitionError(self.at(key), "is missing")
        text = Text(sv=node.word("sv"), en=node.word("en"))
        node.done()
        return text

    def done(self) -> None:
        unknown = sorted(set(self.data) - self.read)
        if unknown:
            raise DefinitionError(self.at(unknown[0]), "is not a known key")
