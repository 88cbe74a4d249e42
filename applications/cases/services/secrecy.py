"""Naming a secrecy provision (docs/domain.md §4.3, TF 2:20): a mark without its section cannot be saved."""

import re

_SECTION = re.compile(
    r"(?:OSL\s*)?(?P<chapter>[0-9]{1,2})\s*(?::|kap\.?)\s*(?P<section>[0-9]{1,2})\s*(?P<letter>[a-h])?\s*(?:§|OSL|\s)*",
    re.IGNORECASE,
)


def section_of(text: str) -> str:
    """`OSL 21:3` from `21:3`, `OSL 21:3`, `21 kap. 3 § OSL`; empty when the text names no section."""
    match = _SECTION.fullmatch(text.strip())
    if match is None or not 1 <= int(match["chapter"]) <= 44:  # OSL has 44 chapters
        return ""
    letter = f" {match['letter'].lower()}" if match["letter"] else ""
    return f"OSL {int(match['chapter'])}:{int(match['section'])}{letter}"
