"""A form from a rule's description: every value but lists of tables, grouped and labelled as on its page.

`form_for(cls)` makes the form class once. An instance starts from a rule's content (`plain`), writes what was typed
into a copy of it, and reads the whole with `schema.read`, so that the form, a file and a stored version obey the same
checks. Lists of tables stay as they stand; they are edited as text (`schema.toml`).
"""

import copy
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from typing import Any

from django import forms
from django.forms.boundfield import BoundField

from vetting.kernel.forms import VersionedForm
from vetting.kernel.labels import Label
from vetting.kernel.schema.fields import Part, parts_of
from vetting.kernel.schema.inputs import field_for, typed, written
from vetting.kernel.schema.reading import Path, Problem, read


@dataclass(frozen=True, slots=True)
class Slot:
    """One input: where its value stands in the content, and which language of a text it is."""

    path: Path
    part: Part
    trail: tuple[Label, ...]
    loose: bool  # inside a table that may be absent: nothing in it must be filled in
    language: str = ""

    @property
    def name(self) -> str:
        return "__".join((*self.path, self.language) if self.language else self.path)


def slots_of(cls: Any, path: Path = (), trail: tuple[Label, ...] = (), loose: bool = False) -> Iterator[Slot]:
    for part in parts_of(cls):
        here = (*path, part.name)
        if part.is_table:
            if not part.many:
                yield from slots_of(part.kind, here, (*trail, part.label), loose or part.optional)
        elif part.kind is Label and not part.many:
            for language in ("sv", "en"):
                yield Slot(here, part, trail, loose, language)
        else:
            yield Slot(here, part, trail, loose)


class SchemaForm(VersionedForm):
    """Made by `form_for`. After `is_valid()` the rule stands in `rule`; `faults` is what no input is to blame for."""

    described: Any
    slots: tuple[Slot, ...] = ()

    def __init__(self, *args: Any, content: Mapping[str, Any], version: int, **kwargs: Any) -> None:
        self.content = content
        initial = {slot.name: typed(slot.part, _value(content, slot), slot.loose) for slot in self.slots}
        super().__init__(*args, initial={**initial, "version": version}, **kwargs)
        self.rule: Any = None

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if not self.errors:
            self.rule, problems = read(self.described, self.merged())
            for problem in problems:
                self._blame(problem)
        return cleaned

    def merged(self) -> dict[str, Any]:
        """The content with what was typed in its places; an optional table without any value is left out."""
        content = copy.deepcopy(dict(self.content))
        for slot in self.slots:
            _put(content, slot, written(slot.part, self.cleaned_data.get(slot.name)))
        _prune(self.described, content)
        return content

    def _blame(self, problem: Problem) -> None:
        at = [slot for slot in self.slots if problem.path[: len(slot.path)] == slot.path]
        near = at or [slot for slot in self.slots if slot.path[: len(problem.path)] == problem.path != ()]
        self.add_error(near[0].name if near else None, problem.text if near else str(problem))

    @property
    def sections(self) -> list[tuple[str, list[list[BoundField]]]]:
        """(heading, blocks of inputs) in the order of the description; the rule's own first, without a heading.

        Inside a section short inputs come first, then boxes, long texts and groups: each sort stands beside its own.
        """
        found: dict[tuple[Label, ...], list[BoundField]] = {}
        for slot in self.slots:
            found.setdefault(slot.trail, []).append(self[slot.name])
        return [(": ".join(map(str, trail)), _blocks(fields)) for trail, fields in found.items()]


def _blocks(fields: list[BoundField]) -> list[list[BoundField]]:
    return [list(block) for _kind, block in groupby(sorted(fields, key=_weight), key=_weight)]


def _weight(field: BoundField) -> int:
    kinds = (forms.CheckboxSelectMultiple, forms.Textarea, forms.CheckboxInput)
    return next((3 - number for number, kind in enumerate(kinds) if isinstance(field.field.widget, kind)), 0)


def _value(content: Mapping[str, Any], slot: Slot) -> Any:
    value: Any = content
    for step in (*slot.path, *([slot.language] if slot.language else [])):
        value = value.get(step) if isinstance(value, Mapping) else None
    return value


def _put(content: dict[str, Any], slot: Slot, value: Any) -> None:
    table = content
    steps = (*slot.path, slot.language) if slot.language else slot.path
    for step in steps[:-1]:
        table = table.setdefault(step, {})
    if value is None:
        table.pop(steps[-1], None)
    else:
        table[steps[-1]] = value


def _prune(cls: Any, content: dict[str, Any]) -> None:
    """Takes away optional tables (and texts) that hold nothing but unticked boxes."""
    for part in parts_of(cls):
        own = content.get(part.name)
        if not isinstance(own, dict):
            continue
        if part.is_table and not part.many:
            _prune(part.kind, own)
        if part.optional and all(value is False for value in own.values()):
            del content[part.name]


@cache
def form_for(cls: Any) -> type[SchemaForm]:
    """The form class of a described dataclass."""
    slots = tuple(slots_of(cls))
    fields: dict[str, forms.Field] = {slot.name: field_for(slot.part, slot.loose, slot.language) for slot in slots}
    name = re.sub(r"\W", "", f"{cls.__name__}Form")
    return type(name, (SchemaForm,), {"described": cls, "slots": slots, **fields})
