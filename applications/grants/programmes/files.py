"""Programme files: TOML with one or more [[programme]] tables, read whole or not at all, every fault named."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from difflib import get_close_matches
from typing import Any

from django.utils.text import slugify
from django.utils.translation import gettext as _

from applications.grants.programmes.terms import ProgrammeTerms
from applications.grants.programmes.terms.programme import ProgrammeEntry
from vetting.kernel.schema import plain, read
from vetting.kernel.schema.toml import TomlBroken, read_toml, write_toml

FORMAT = 1
EXAMPLE = "exempel"
KEYS = ("format", "label", "programme")


@dataclass(frozen=True, slots=True)
class Source:
    """A file's name (without its folder) and content."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong in a file: with the line where it is no TOML, else with programme and field."""

    file: str
    text: str
    programme: str = ""
    field: str = ""
    line: int | None = None

    def __str__(self) -> str:
        place = _("line %(line)d") % {"line": self.line} if self.line else ": ".join(filter(None, self._where))
        return ": ".join(filter(None, (self.file, place, self.text)))

    @property
    def _where(self) -> tuple[str, str]:
        return self.programme, self.field


@dataclass(frozen=True, slots=True)
class Entry:
    """A programme of a file, read."""

    file: str
    entry: ProgrammeEntry
    is_example: bool

    @property
    def terms(self) -> ProgrammeTerms:
        return ProgrammeTerms(**{one.name: getattr(self.entry, one.name) for one in fields(ProgrammeTerms)})

    @property
    def name(self) -> str:
        return f"{self.entry.district} {self.entry.code}"


def read_files(sources: Iterable[Source]) -> tuple[list[Entry], list[Fault]]:
    """All programmes of all files in order, and everything that is wrong with them."""
    entries: list[Entry] = []
    faults: list[Fault] = []
    for source in sources:
        try:
            data = read_toml(source.data)
        except TomlBroken as broken:
            text = _("This is no TOML: %(what)s. Correct the line.") % {"what": broken.what}
            faults.append(Fault(source.name, text, line=broken.line))
            continue
        faults += _top(source.name, data)
        found, wrong = _programmes(source.name, data)
        entries += found
        faults += wrong
    return entries, faults + list(_twice(entries))


def _top(file: str, data: Mapping[str, Any]) -> Iterator[Fault]:
    for key in data:
        if key not in KEYS:
            near = get_close_matches(key, KEYS, n=1, cutoff=0.5)
            text = _("There is no such key. Did you mean “%(near)s”?") % {"near": near[0] if near else "programme"}
            yield Fault(file, text, field=key)
    if data.get("format") != FORMAT:
        yield Fault(file, _("Write format = 1: the version of this file format."), field="format")
    if data.get("label", EXAMPLE) != EXAMPLE:
        yield Fault(file, _("Write label = “exempel”, or leave it out for real rules."), field="label")
    if not isinstance(data.get("programme"), list) or not data["programme"]:
        yield Fault(file, _("Write at least one programme under [[programme]]."), field="programme")


def _programmes(file: str, data: Mapping[str, Any]) -> tuple[list[Entry], list[Fault]]:
    entries, faults = [], []
    listed = data.get("programme")
    for number, table in enumerate(listed if isinstance(listed, list) else [], 1):
        entry, problems = read(ProgrammeEntry, table)
        name = _name(table, number)
        faults += [Fault(file, problem.text, name, problem.where) for problem in problems]
        if entry is None:
            continue
        if entry.code != slugify(entry.code):
            text = _("Write small letters a–z, digits and hyphens, for example “foreningsstod”.")
            faults.append(Fault(file, text, name, "code"))
            continue
        entries.append(Entry(file, entry, data.get("label") == EXAMPLE))
    return entries, faults


def _name(table: Any, number: int) -> str:
    if not isinstance(table, Mapping):
        return _("programme %(number)d") % {"number": number}
    told = [table.get(key) for key in ("district", "code")]
    known = " ".join(one for one in told if isinstance(one, str))
    return known or _("programme %(number)d") % {"number": number}


def _twice(entries: Sequence[Entry]) -> Iterator[Fault]:
    seen: dict[tuple[str, str], str] = {}
    for one in entries:
        key = (one.entry.district, one.entry.code)
        if key in seen:
            text = _("Stands in %(file)s too. Keep one, or give one another code.") % {"file": seen[key]}
            yield Fault(one.file, text, one.name, "code")
        seen.setdefault(key, one.file)


def written(*, district: str, code: str, terms: ProgrammeTerms, is_example: bool, valid_from: Any = None) -> str:
    """A file with this one programme, as `import_programmes` and the draft's page take it."""
    head: dict[str, Any] = {"code": code, "district": district}
    if valid_from:
        head["valid_from"] = valid_from
    top: dict[str, Any] = {"format": FORMAT} | ({"label": EXAMPLE} if is_example else {})
    return write_toml(top | {"programme": [head | plain(terms, native=True)]})
