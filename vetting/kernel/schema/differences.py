"""What differs between two versions of a rule, row by row, by the place of each row and not by its words."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from vetting.kernel.schema.sheet import Group, Line, Path, sheet


class How(StrEnum):
    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Difference:
    """A row as it stood `before` and as it stands `after` (empty where it is missing)."""

    path: Path
    trail: tuple[str, ...]
    label: str
    how: How
    before: tuple[str, ...]
    after: tuple[str, ...]


def _rows(groups: list[Group]) -> dict[Path, tuple[tuple[str, ...], Line]]:
    return {line.path: (group.trail, line) for group in groups for line in group.lines}


def differences(before: Any, after: Any) -> list[Difference]:
    """The differing rows in the order of the newer version; removed rows follow where their group ends."""
    old, new = _rows(sheet(before)), _rows(sheet(after))
    found = []
    for path, (trail, line) in new.items():
        was = old[path][1] if path in old else None
        if was is None:
            found.append(Difference(path, trail, line.label, How.ADDED, (), line.values))
        elif was.exact != line.exact:
            old_words, new_words = _words(was, line)
            found.append(Difference(path, trail, line.label, How.CHANGED, old_words, new_words))
    gone = [(path, *old[path]) for path in old if path not in new]
    found += [Difference(path, trail, line.label, How.REMOVED, line.values, ()) for path, trail, line in gone]
    return _grouped(found)


def _words(was: Line, line: Line) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What the reader sees; where the words are the same in this language, all languages."""
    if was.values != line.values:
        return was.values, line.values
    return tuple(map(_all_languages, was.exact)), tuple(map(_all_languages, line.exact))


def _all_languages(exact: Any) -> str:
    return " / ".join(f"{key}: {own}" for key, own in exact.items()) if isinstance(exact, dict) else str(exact)


def _grouped(found: list[Difference]) -> list[Difference]:
    """Rows of the same outermost group beside each other, groups in order of first appearance."""
    order: dict[str, int] = {}
    for one in found:
        order.setdefault(one.path[0], len(order))
    return sorted(found, key=lambda one: order[one.path[0]])
