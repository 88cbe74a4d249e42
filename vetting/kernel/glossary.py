"""The glossary: a plain explanation, at most two sentences, for every legal word a page uses (ui.md, principle 10)."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from vetting.kernel.labels import Label

PATH = Path(__file__).with_name("glossary.toml")


@dataclass(frozen=True, slots=True)
class Term:
    """`code` is the identifier's word in code and in docs; `section` names the act, never quotes it."""

    key: str
    term: Label
    text: Label
    code: str = ""
    section: str = ""


@cache
def glossary() -> dict[str, Term]:
    """All terms by key, in the order of the file."""
    with PATH.open("rb") as file:
        rows = tomllib.load(file)
    return {
        key: Term(
            key,
            Label(row["sv"], row["en"]),
            Label(row["text_sv"], row["text_en"]),
            row.get("code", ""),
            row.get("section", ""),
        )
        for key, row in rows.items()
    }
