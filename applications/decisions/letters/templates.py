"""Checking the fixed texts of a letter before they are kept as a version."""

from collections.abc import Mapping
from string import Formatter
from typing import Any

from applications.decisions.choices import Frame
from applications.decisions.letters.outline import leaves

LANGUAGES = ("sv", "en")
# What a fixed text may have filled in. Anything else in braces is refused when the version is drafted.
_PLACEHOLDERS = """
subject orgnr page pages text place section version board step reason last_day came_on helped_on report_on
number contact rule meeting paragraph name amount period from_day to_day corrected_on court municipality
notice_board link minutes venue days people group deposit
"""
PLACEHOLDERS = frozenset(_PLACEHOLDERS.split())
# What a letter needs of its district (docs/domain.md §4.8): data per installation, never a constant.
FACTS = ("court", "municipality", "notice_board", "link")


def problems(content: Mapping[str, Any]) -> list[str]:
    """What is wrong with a template's content: a text missing in one language, an unknown word in braces."""
    found = []
    texts = {language: dict(leaves(content.get(language, {}))) for language in LANGUAGES}
    for language in LANGUAGES:
        if not texts[language]:
            found.append(f"{language}: no texts")
        for key in sorted(set().union(*texts.values()) - set(texts[language])):
            found.append(f"{language}.{key}: missing")
        for key, written in texts[language].items():
            found += [f"{language}.{key}: unknown {{{word}}}" for word in _words(written) if word not in PLACEHOLDERS]
    for number, citation in enumerate(content.get("citations", []), 1):
        lacking = [key for key in ("id", "ground", "section", *LANGUAGES) if not citation.get(key)]
        found += [f"citation {number}: {key} missing" for key in lacking]
        found += [
            f"citation {number}: unknown frame {frame}" for frame in citation["frames"] if frame not in Frame.values
        ]
    return found


def _words(written: str) -> list[str]:
    return [word for _, word, _, _ in Formatter().parse(written) if word is not None]


def lacking_facts(district: Any) -> list[str]:
    """Which of the facts every letter needs the district has not stated."""
    return [name for name in FACTS if not str(district.letter_facts.get(name, "")).strip()]
