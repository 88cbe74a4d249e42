"""The Swedish catalogue: `python -m tests.messages update` writes it, `check` says what is wrong with it.

Source strings are English and stand in the code; `django.po` holds one entry for each, sorted, without line references,
each text on one line, so that two branches that add strings merge by taking both sides. Needs no gettext programs.
`update` keeps every translation whose source string still exists, drops the others (not in the middle of a rebase or
a merge), and compiles `django.mo`.
`check` exits 1 on a missing, fuzzy or unused entry, on placeholders that differ and on a stale `django.mo`.
"""

import argparse
import ast
import io
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_python
from babel.messages.mofile import write_mo
from django.conf import settings
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
SOURCES = ("vetting", "applications", "checklists", "templates")
CATALOGUE = ROOT / "vetting" / "locale" / "sv" / "LC_MESSAGES" / "django.po"
# gettext function → positions of its texts; "c" marks the context.
KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
PLACEHOLDER = re.compile(r"%\(\w+\)[-#0 +]*\d*(?:\.\d+)?[a-zA-Z]|%[sdif]|\{\w*(?:![rs])?(?::[^{}]*)?\}")
HEADER = """\
msgid ""
msgstr ""
"Language: sv\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"
"""

Key = tuple[str, str, str]  # context, singular, plural; "" where there is none


@dataclass
class Entry:
    """One source string and its Swedish text: one form, or two where the source has a plural."""

    context: str
    singular: str
    plural: str
    forms: list[str] = field(default_factory=list)
    fuzzy: bool = False

    @property
    def key(self) -> Key:
        return self.context, self.singular, self.plural

    @property
    def whole(self) -> bool:
        return len(self.forms) == (2 if self.plural else 1) and all(self.forms)

    def __str__(self) -> str:
        lines = ["#, fuzzy"] if self.fuzzy else []
        if self.context:
            lines.append(f"msgctxt {quoted(self.context)}")
        lines.append(f"msgid {quoted(self.singular)}")
        if self.plural:
            lines.append(f"msgid_plural {quoted(self.plural)}")
            forms = [*self.forms, "", ""][:2]
            lines.extend(f"msgstr[{number}] {quoted(form)}" for number, form in enumerate(forms))
        else:
            lines.append(f"msgstr {quoted(self.forms[0] if self.forms else '')}")
        return "\n".join(lines) + "\n"


def quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t") + '"'


def sources(root: Path, folders: Iterable[str] = SOURCES) -> Iterator[Path]:
    for folder in folders:
        for path in sorted((root / folder).rglob("*")):
            if path.suffix in {".py", ".html", ".txt"} and "migrations" not in path.parts:
                yield path


def as_python(path: Path) -> str:
    """The file as Python. A template becomes one long expression, for only its gettext calls matter."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".py":
        return text
    lines = templatize(text, origin=str(path)).splitlines()
    return " ".join(line.partition(" # ")[0] for line in lines if not line.lstrip().startswith("#"))


def wanted(root: Path = ROOT, folders: Iterable[str] = SOURCES) -> dict[Key, str]:
    """Every source string in the code → the first file that has it."""
    found: dict[Key, str] = {}
    for path in sources(root, folders):
        stream = io.BytesIO(as_python(path).encode())
        for _line, function, texts, _comments in extract_python(stream, list(KEYWORDS), [], {"encoding": "utf-8"}):
            key = as_key(function, texts if isinstance(texts, tuple) else (texts,))
            if key is not None:
                found.setdefault(key, str(path.relative_to(root)))
    return found


def as_key(function: str, texts: tuple[str | None, ...]) -> Key | None:
    spec = KEYWORDS[function] or (1,)
    context = ""
    numbers: list[int] = []
    for position in spec:
        if isinstance(position, tuple):
            context = texts[position[0] - 1] or ""
        else:
            numbers.append(position)
    chosen = [texts[number - 1] if number <= len(texts) else None for number in numbers]
    if not chosen[0]:
        return None  # a variable, not a literal: nothing to translate here
    plural = chosen[1] if len(chosen) > 1 else ""
    return context, chosen[0], plural or ""


def read_po(text: str) -> list[Entry]:
    """Reads what this tool writes, and what is left when a merge has laid two sides after one another."""
    entries: list[Entry] = []
    entry = Entry("", "", "")
    fuzzy = False
    target = ""

    def add(keyword: str, value: str) -> None:
        nonlocal entry, fuzzy
        starts = keyword == "msgctxt" or (keyword == "msgid" and target != "msgctxt")
        if starts:
            entry = Entry("", "", "", fuzzy=fuzzy)
            entries.append(entry)
            fuzzy = False
        if keyword == "msgctxt":
            entry.context = value
        elif keyword == "msgid":
            entry.singular = value
        elif keyword == "msgid_plural":
            entry.plural = value
        else:
            entry.forms.append(value)

    for raw in text.splitlines():
        line = raw.strip()
        if line.startswith("#,") and "fuzzy" in line:
            fuzzy = True
        elif line.startswith('"'):
            value = ast.literal_eval(line)
            if target.startswith("msgstr"):
                entry.forms[-1] += value
            elif target == "msgid_plural":
                entry.plural += value
            elif target == "msgid":
                entry.singular += value
        elif line.startswith("msg"):
            keyword, _, value = line.partition(" ")
            add(keyword.partition("[")[0], ast.literal_eval(value))
            target = keyword.partition("[")[0]
    return [entry for entry in entries if entry.singular]


def by_key(entries: Iterable[Entry]) -> dict[Key, Entry]:
    """One entry per source string; of two, the one that is translated and not fuzzy."""
    chosen: dict[Key, Entry] = {}
    for entry in entries:
        other = chosen.get(entry.key)
        if other is None or (entry.whole and not entry.fuzzy and (other.fuzzy or not other.whole)):
            chosen[entry.key] = entry
    return chosen


def write_po(entries: Iterable[Entry]) -> str:
    ordered = sorted(entries, key=lambda entry: (entry.singular, entry.context, entry.plural))
    return "\n".join([HEADER, *(str(entry) for entry in ordered)])


def compiled(entries: Iterable[Entry]) -> bytes:
    """The .mo file's bytes: the same for the same entries, on every machine and day."""
    start = datetime(2026, 1, 1, tzinfo=UTC)
    catalogue = Catalog(locale="sv", project="vetting", version="1", creation_date=start, revision_date=start)
    for entry in entries:
        if entry.whole and not entry.fuzzy:
            ids = (entry.singular, entry.plural) if entry.plural else entry.singular
            texts = tuple(entry.forms) if entry.plural else entry.forms[0]
            catalogue.add(ids, texts, context=entry.context or None)
    out = io.BytesIO()
    write_mo(out, catalogue)
    return out.getvalue()


def placeholders(text: str) -> set[str]:
    return set(PLACEHOLDER.findall(text.replace("%%", "")))


def problems(needed: dict[Key, str], entries: list[Entry], mo: bytes | None) -> Iterator[str]:
    """What is wrong, one line each, worst first."""
    present = by_key(entries)
    for key, path in needed.items():
        entry = present.get(key)
        if entry is None or not entry.whole:
            yield f"{path}: no Swedish text for {key[1]!r}"
    for entry in entries:
        if entry.key not in needed:
            yield f"{CATALOGUE.name}: unused entry {entry.singular!r}"
        if entry.fuzzy:
            yield f"{CATALOGUE.name}: fuzzy entry {entry.singular!r}"
        for form in filter(None, entry.forms):
            expected = placeholders(entry.plural or entry.singular)
            given = placeholders(form)
            # A singular form may leave out the number: "one case" needs no %(count)s.
            if given != expected and not (entry.plural and form is entry.forms[0] and given <= expected):
                yield f"{CATALOGUE.name}: {entry.singular!r} has other placeholders in Swedish: {form!r}"
    if len(present) != len(entries):
        yield f"{CATALOGUE.name}: the same source string stands twice"
    if mo is not None and mo != compiled(present.values()):
        yield f"{CATALOGUE.with_suffix('.mo').name} is stale"


def update(needed: dict[Key, str], po: Path, keep: bool = False) -> list[Entry]:
    """Writes both files. `keep` leaves entries that no source string has: while a rebase lays commit after commit,
    the strings of those still to come are not in the code yet, and their texts must not be lost."""
    old = by_key(read_po(po.read_text(encoding="utf-8"))) if po.exists() else {}
    keys = dict.fromkeys([*needed, *old]) if keep else needed
    entries = [old.get(key) or Entry(*key) for key in keys]
    po.write_text(write_po(entries), encoding="utf-8")
    po.with_suffix(".mo").write_bytes(compiled(entries))
    return entries


def merging() -> bool:
    """Whether git is in the middle of a rebase or a merge here."""
    git = ["git", "rev-parse", "--git-path", "rebase-merge", "--git-path", "rebase-apply", "--git-path", "MERGE_HEAD"]
    done = subprocess.run(git, cwd=ROOT, capture_output=True, text=True)
    return any((ROOT / line).exists() for line in done.stdout.splitlines())


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.messages", description=__doc__.splitlines()[0])
    parser.add_argument("verb", choices=["update", "check"])
    verb = parser.parse_args(arguments).verb
    if not settings.configured:
        settings.configure()
    needed = wanted()
    if verb == "update":
        entries = update(needed, CATALOGUE, keep=merging())
        print(f"{len(entries)} strings, {sum(not entry.whole for entry in entries)} without Swedish text")
        return 0
    mo = CATALOGUE.with_suffix(".mo")
    faults = list(
        problems(needed, read_po(CATALOGUE.read_text(encoding="utf-8")), mo.read_bytes() if mo.exists() else b"")
    )
    for fault in faults:
        print(fault)
    if faults:
        print(f"{len(faults)} faults. Run `python -m tests.messages update`, then fill in the empty msgstr.")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
