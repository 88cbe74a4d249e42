"""The form made from a rule's description: unchanged it writes what it read, and it obeys the reader's checks."""

from pathlib import Path
from typing import Any

import pytest

from applications.grants.programmes.files import Source, read_files
from applications.grants.programmes.terms import ProgrammeTerms
from vetting.kernel.schema import plain
from vetting.kernel.schema.forms import form_for

EXAMPLES = sorted((Path(__file__).resolve().parents[2] / "applications/examples/data/programmes").glob("*.toml"))
TermsForm = form_for(ProgrammeTerms)


def content_of(path: Path) -> dict[str, Any]:
    entries, faults = read_files([Source(path.name, path.read_bytes())])
    assert faults == []
    content: dict[str, Any] = plain(entries[0].terms)
    return content


def posted(content: dict[str, Any]) -> dict[str, Any]:
    """What a browser sends when nothing is touched."""
    shown = {bound.html_name: bound.value() for bound in TermsForm(content=content, version=1)}
    return {name: value for name, value in shown.items() if value not in (None, False)}


def sent(content: dict[str, Any], **changes: Any) -> Any:
    data = {name: value for name, value in (posted(content) | changes).items() if value is not None}
    return TermsForm(data, content=content, version=1)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_untouched_it_writes_what_it_read(path):
    content = content_of(path)
    form = sent(content)
    assert form.is_valid(), form.errors
    assert plain(form.rule) == content


@pytest.fixture
def norra() -> dict[str, Any]:
    return content_of(next(path for path in EXAMPLES if path.stem == "norra-innerstaden"))


def test_lists_of_tables_stay_as_they_stand(norra):
    form = sent(norra, name__sv="Nytt namn")
    assert form.is_valid()
    assert plain(form.rule)["forms"] == norra["forms"]
    assert plain(form.rule)["criteria"] == norra["criteria"]
    assert form.rule.name.sv == "Nytt namn"


def test_an_emptied_table_is_no_longer_there(norra):
    form = sent(
        norra,
        values__independence__political="",
        values__independence__religious="",
        values__representative_clause__sv="",
        values__representative_clause__en="",
    )
    assert form.is_valid(), form.errors
    assert form.rule.values.independence is None
    assert form.rule.values.representative_clause is None


def test_half_a_text_is_told_at_the_text(norra):
    form = sent(norra, values__representative_clause__en="")
    assert list(form.errors) == ["values__representative_clause__sv"]


def test_a_started_table_must_be_whole(norra):
    form = sent(norra, late__percent="25")
    assert list(form.errors) == ["late__rule"]


@pytest.mark.parametrize(
    ("typed", "stored"),
    [("28/2", "02-28"), ("28 / 02", "02-28"), ("02-28", "02-28"), ("02-last", "02-last"), (" 9/11 ", "11-09")],
)
def test_days_are_taken_as_people_write_them(norra, typed, stored):
    form = sent(norra, window__closes=typed)
    assert form.is_valid(), form.errors
    assert plain(form.rule)["window"]["closes"] == stored


def test_sums_lists_and_choices(norra):
    form = sent(
        norra,
        amounts__cap_kr="100 000 kr",
        amounts__fixed_kr="25 000 kr\n50\u202f000\n",
        purposes__supported="Äldreomsorg | Care of the elderly\n\nFritid|Leisure",
        window__postmark_counts="no",
        handling__second_reader__over_kr=None,
    )
    assert form.is_valid(), form.errors
    assert plain(form.rule.amounts) == {"cap_kr": "100000", "fixed_kr": ["25000", "50000"]}
    assert [text.en for text in form.rule.purposes.supported] == ["Care of the elderly", "Leisure"]
    assert form.rule.window.postmark_counts is False
    assert form.rule.handling.second_reader.over_kr is None


def test_what_must_always_have_a_second_reader_cannot_be_unticked(norra):
    form = sent(norra, handling__second_reader__always=["adverse"])
    assert list(form.errors) == ["handling__second_reader__always"]


def test_a_fault_no_input_is_to_blame_for_is_told_with_its_place(norra):
    broken = norra | {"criteria": []}
    form = sent(broken)
    assert not form.is_valid()
    assert "criteria" in form.errors["__all__"][0]
