"""What no template may hold: the pages' content policy forbids it, or it would show as text."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
FORBIDDEN = {
    "an inline style": re.compile(r"\sstyle\s*=|<style", re.IGNORECASE),
    "an inline handler": re.compile(r"""\son[a-z]+\s*=\s*["']""", re.IGNORECASE),
    "an inline script": re.compile(r"<script(?![^>]*\ssrc=)", re.IGNORECASE),
    "a comment over several lines (use {% comment %})": re.compile(r"\{#(?:(?!#\}).)*\n"),
    "an address outside": re.compile(r"""(?:src|href|action)=["']https?:""", re.IGNORECASE),
    "a way round escaping": re.compile(r"\|\s*safe\b|\{%\s*autoescape off"),
}


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT / "templates")))
def test_a_template_holds_nothing_forbidden(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    found = [what for what, pattern in FORBIDDEN.items() if pattern.search(text)]
    # The letter is a file of its own that leaves the house; its sheet is written by typst, not by a page.
    assert not found, f"{path.relative_to(ROOT)} holds {', '.join(found)}"


def test_own_sheets_and_scripts_ask_nobody_else() -> None:
    for path in sorted((ROOT / "vetting" / "static").glob("*.*")):
        text = path.read_text(encoding="utf-8")
        outside = re.findall(r"(?:url\(|import |fetch\()[\"']?https?:", text)
        assert not outside, path.name
        assert "eval(" not in text
