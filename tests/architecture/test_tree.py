"""The tree stays as it was meant: decisions told apart by their number, nothing beside the agreed top level."""

import re
import subprocess
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TOP = {"manage.py", "vetting", "applications", "checklists", "templates", "tests", "pyproject.toml", "README.md"}
LONGEST = 300
BESIDE = {"Makefile", "LICENSE", "requirements", "docs", ".ci", ".gitignore", ".gitattributes"}


def test_each_decision_record_has_a_number_of_its_own() -> None:
    names = [path.name for path in sorted((ROOT / "docs" / "adr").glob("*.md"))]
    assert all(re.fullmatch(r"\d{4}-[a-z0-9-]+\.md", name) for name in names)
    assert not [number for number, times in Counter(name[:4] for name in names).items() if times > 1]
    for name in names:
        assert (ROOT / "docs" / "adr" / name).read_text(encoding="utf-8").startswith(f"# {name[:4]} "), name


def test_the_top_level_is_the_agreed_one() -> None:
    """A further name needs a decision record (design: The house)."""
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert {line.partition("/")[0] for line in listed.splitlines()} <= TOP | BESIDE


def test_every_record_that_the_code_names_exists() -> None:
    known = {path.name[:4] for path in (ROOT / "docs" / "adr").glob("*.md")}
    named = {
        number
        for folder in ("vetting", "applications", "checklists", "tests", "docs")
        for path in (ROOT / folder).rglob("*")
        if path.suffix in {".py", ".md"}
        for number in re.findall(r"(?:docs/adr/|ADR )(\d{4})", path.read_text(encoding="utf-8"))
    }
    assert named <= known


def test_no_file_grows_past_three_hundred_lines() -> None:
    """A file is about one thing (design: The house); migrations follow the schema, tests their cases."""
    rooms = ("vetting", "applications", "checklists")
    long = [
        f"{path.relative_to(ROOT)}: {lines}"
        for room in rooms
        for path in (ROOT / room).rglob("*.py")
        if "migrations" not in path.parts and (lines := len(path.read_text(encoding="utf-8").splitlines())) > LONGEST
    ]
    assert long == []
