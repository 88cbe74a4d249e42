"""The tool that keeps the Swedish catalogue: what it finds, what it keeps, what it refuses."""

import gettext
import io
from pathlib import Path

import pytest

from tests import messages

PYTHON = """
title = _("A case")
count = ngettext("%(n)s case", "%(n)s cases", n)
state = pgettext("state", "Open")
_(name)
"""
TEMPLATE = """
{% load i18n %}<h1>{% translate "It's done" %}</h1>
  <p>{% blocktranslate trimmed %}Hello
  {{ name }}{% endblocktranslate %}</p>
{% include "x.html" with title=_("People") %}{# Translators: hint #}
<p>"{{ value|default:_("None yet") }}"</p>
"""


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    (tmp_path / "room").mkdir()
    (tmp_path / "room" / "views.py").write_text(PYTHON)
    (tmp_path / "room" / "page.html").write_text(TEMPLATE)
    return tmp_path


def test_finds_every_kind_of_string(tree: Path) -> None:
    assert set(messages.wanted(tree, ["room"])) == {
        ("", "A case", ""),
        ("", "%(n)s case", "%(n)s cases"),
        ("state", "Open", ""),
        ("", "It's done", ""),
        ("", "Hello %(name)s", ""),
        ("", "People", ""),
        ("", "None yet", ""),
    }


def test_update_keeps_translations_drops_the_unused_and_is_stable(tree: Path) -> None:
    po = tree / "django.po"
    po.write_text('msgid "Gone"\nmsgstr "Borta"\n\nmsgid "A case"\nmsgstr "Ett ärende"\n', encoding="utf-8")
    needed = messages.wanted(tree, ["room"])
    messages.update(needed, po)
    first = po.read_text(encoding="utf-8"), po.with_suffix(".mo").read_bytes()
    messages.update(dict(reversed(needed.items())), po)
    assert (po.read_text(encoding="utf-8"), po.with_suffix(".mo").read_bytes()) == first
    assert 'msgid "A case"\nmsgstr "Ett ärende"\n' in first[0]
    assert "Gone" not in first[0]


def test_nothing_is_dropped_while_commits_are_being_laid(tree: Path) -> None:
    po = tree / "django.po"
    po.write_text('msgid "Of a later commit"\nmsgstr "Ur en senare"\n', encoding="utf-8")
    messages.update(messages.wanted(tree, ["room"]), po, keep=True)
    assert 'msgid "Of a later commit"\nmsgstr "Ur en senare"\n' in po.read_text(encoding="utf-8")


def test_check_names_each_fault() -> None:
    needed = {("", "A", ""): "a.py", ("", "%(n)s case", "%(n)s cases"): "a.py", ("", "Hi {name}", ""): "a.py"}
    entries = [
        messages.Entry("", "A", "", ["Ett"], fuzzy=True),
        messages.Entry("", "%(n)s case", "%(n)s cases", ["Ett ärende", "Flera ärenden"]),
        messages.Entry("", "Old", "", ["Gammal"]),
    ]
    faults = "\n".join(messages.problems(needed, entries, b""))
    for expected in ("no Swedish text for 'Hi {name}'", "fuzzy entry 'A'", "unused entry 'Old'", "stale"):
        assert expected in faults
    assert "'Flera ärenden'" in faults
    assert "'Ett ärende'" not in faults


def test_reads_what_a_union_merge_leaves() -> None:
    merged = (
        'msgid "B"\nmsgid "C"\nmsgstr "Ce"\n\nmsgctxt "state"\nmsgid "Open"\nmsgstr "Öppen"\nmsgid "B"\nmsgstr "Be"\n'
    )
    found = messages.by_key(messages.read_po(merged))
    assert {key: entry.forms for key, entry in found.items()} == {
        ("", "B", ""): ["Be"],
        ("", "C", ""): ["Ce"],
        ("state", "Open", ""): ["Öppen"],
    }


def test_text_with_quotes_and_lines_survives() -> None:
    entry = messages.Entry("", 'Say "hi"\nthen \\ go', "", ["Säg ”hej”\tnu"])
    again = messages.read_po(messages.write_po([entry]))
    assert [(one.singular, one.forms) for one in again] == [(entry.singular, entry.forms)]


def test_compiled_catalogue_answers_in_swedish() -> None:
    entries = [messages.Entry("", "%(n)s case", "%(n)s cases", ["%(n)s ärende", "%(n)s ärenden"])]
    catalogue = gettext.GNUTranslations(io.BytesIO(messages.compiled(entries)))
    assert catalogue.ngettext("%(n)s case", "%(n)s cases", 2) == "%(n)s ärenden"
    assert catalogue.ngettext("%(n)s case", "%(n)s cases", 1) == "%(n)s ärende"
