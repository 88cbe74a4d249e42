"""Rules as data with types: reading with every problem at once, storing, writing TOML, showing, comparing."""

import json
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from vetting.kernel.labels import Label
from vetting.kernel.schema import Choice, plain, read, said
from vetting.kernel.schema.differences import How, differences
from vetting.kernel.schema.sheet import sheet
from vetting.kernel.schema.toml import TomlBroken, read_toml, write_toml


class Colour(Choice):
    RED = "red", "Röd", "Red"
    GREEN = "green", "Grön", "Green"


@dataclass(frozen=True, slots=True)
class Part:
    code: str = said("Kod", "Code")
    size: int | None = said("Storlek", "Size", None)


@dataclass(frozen=True, slots=True)
class Thing:
    name: Label = said("Namn", "Name")
    price_kr: Decimal = said("Pris", "Price", Decimal(1))
    colour: Colour | None = said("Färg", "Colour", None)
    fragile: bool = said("Ömtålig", "Fragile", False)
    sold: bool | None = said("Såld", "Sold", None)
    since: date | None = said("Sedan", "Since", None)
    opens: time | None = said("Öppnar", "Opens", None)
    words: tuple[str, ...] = said("Ord", "Words", ())
    parts: tuple[Part, ...] = said("Del", "Part", ())

    def check(self):
        if self.sold and self.fragile:
            yield "sold", "Fragile things are not sold."


NAME = {"sv": "Sak", "en": "Thing"}


def problems_of(data) -> dict[str, str]:
    with translation.override("en"):
        thing, problems = read(Thing, data)
    assert thing is None
    return {problem.where: problem.text for problem in problems}


def made(data) -> Thing:
    thing, problems = read(Thing, data)
    assert problems == []
    return thing


def test_every_problem_is_told_at_once_with_place_and_what_to_do():
    found = problems_of(
        {
            "nmae": NAME,
            "price_kr": "dyrt",
            "colour": "reed",
            "fragile": "ja",
            "since": "2026-02-30",
            "opens": "12:00:30",
            "words": "ett",
            "parts": [{"code": "a", "size": True}, {"size": 1}, {"code": "a"}],
        }
    )
    assert set(found) == {
        "nmae",
        "name",
        "price_kr",
        "colour",
        "fragile",
        "since",
        "opens",
        "words",
        "parts[a].size",
        "parts[2].code",
        "parts[a]",
    }
    assert "Did you mean “name”?" in found["nmae"]
    assert "Did you mean “red”?" in found["colour"]
    assert "{ sv = " in found["name"]
    assert "true or false" in found["fragile"]
    assert "2026-03-31" in found["since"]


def test_both_languages_are_owed():
    assert "Both languages" in problems_of({"name": {"sv": "Sak", "en": " "}})["name"]
    assert "Swedish and English" in problems_of({"name": "Sak"})["name"]


@pytest.mark.parametrize("bad", ["NaN", "Infinity", 1.5, True, "1e99", "0.00001", [], {}])
def test_a_sum_is_an_exact_number(bad):
    assert set(problems_of({"name": NAME, "price_kr": bad})) == {"price_kr"}


@pytest.mark.parametrize("bad", [None, 1, "x", [], True])
def test_what_is_no_table_is_told(bad):
    assert "table" in problems_of(bad)[""]


def test_contradictions_are_told_on_input_and_never_make_a_stored_version_unreadable():
    data = {"name": NAME, "sold": True, "fragile": True}
    assert problems_of(data) == {"sold": "Fragile things are not sold."}
    thing, problems = read(Thing, data, stored=True)
    assert thing is not None
    assert not problems


LABELS = st.builds(Label, *[st.text("abåäö “”\\\"'#=\n\t", min_size=1).map(str.strip).filter(bool)] * 2).map(
    lambda one: Label(" ".join(one.sv.split()), " ".join(one.en.split()))
)
WORDS = st.text(st.characters(exclude_categories=["Cs", "Z", "Cc"]), min_size=1, max_size=12)
PARTS = st.lists(WORDS, unique=True, max_size=3).flatmap(
    lambda codes: st.tuples(
        *[st.builds(Part, code=st.just(code), size=st.none() | st.integers(-9, 9)) for code in codes]
    )
)
THINGS = st.builds(
    Thing,
    name=LABELS,
    price_kr=st.decimals(0, 10**6, places=2),
    colour=st.none() | st.sampled_from(Colour),
    fragile=st.just(False),
    sold=st.none() | st.booleans(),
    since=st.none() | st.dates(),
    opens=st.none() | st.times().map(lambda t: t.replace(second=0, microsecond=0)),
    words=st.lists(WORDS, max_size=4).map(tuple),
    parts=PARTS,
)


@given(THINGS)
def test_stored_content_reads_back_to_the_same_rule(thing):
    assert made(plain(thing)) == thing
    assert made(json.loads(json.dumps(plain(thing)))) == thing


@given(THINGS)
def test_a_written_file_reads_back_to_the_same_rule(thing):
    assert made(read_toml(write_toml(plain(thing, native=True)))) == thing
    assert made(read_toml(write_toml({"thing": [plain(thing, native=True)]}))["thing"][0]) == thing


@given(THINGS, THINGS)
def test_two_rules_differ_exactly_where_their_content_does(one, other):
    assert (differences(one, other) == []) == (plain(one) == plain(other))
    there, back = differences(one, other), differences(other, one)
    assert {each.path for each in there} == {each.path for each in back}


def test_equal_numbers_are_stored_in_one_form():
    forms = [made({"name": NAME, "price_kr": value}) for value in (Decimal("3.50"), "3.5", Decimal("3.5000"))]
    assert {plain(one)["price_kr"] for one in forms} == {"3.5"}
    assert plain(made({"name": NAME, "price_kr": 100_000}))["price_kr"] == "100000"


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('a = 1\nb = \nc = "x"\n', 2),
        ('a = "x\nb = 1\n', 1),
        ("a = 1\na = 2\n", 2),
        ("[x\n", 1),
        ("a = [1,\n2,\n", 2),
        (b"a = 1\nb = '\xe5'\n", 2),
        ("\ufeffa = 1\r\nb == 2\r\n", 2),
    ],
)
def test_broken_toml_is_told_with_its_line(text, line):
    with pytest.raises(TomlBroken) as caught:
        read_toml(text)
    assert caught.value.line == line
    assert str(line) in str(caught.value)


def test_the_sheet_leaves_out_what_is_not_set_but_shows_a_stated_no():
    thing = made(
        {"name": NAME, "sold": False, "colour": "green", "opens": "09:00", "parts": [{"code": "a", "size": 2}]}
    )
    with translation.override("sv"):
        rows = {line.label: line.values for group in sheet(thing) for line in group.lines}
        trails = [group.trail for group in sheet(thing)]
    assert rows["Såld"] == ("Nej",)
    assert rows["Färg"] == ("Grön",)
    assert "Ömtålig" not in rows
    assert trails == [(), ("Del", "a")]


def test_a_change_in_the_other_language_alone_is_shown():
    old, new = (made({"name": {"sv": "Sak", "en": en}}) for en in ("Thing", "Object"))
    with translation.override("sv"):
        (change,) = differences(old, new)
    assert change.how == How.CHANGED
    assert (change.before, change.after) == (("sv: Sak / en: Thing",), ("sv: Sak / en: Object",))


def test_items_of_a_list_are_compared_by_their_code_not_their_place():
    old = made({"name": NAME, "parts": [{"code": "a", "size": 1}, {"code": "b", "size": 2}]})
    new = made({"name": NAME, "parts": [{"code": "b", "size": 2}, {"code": "a", "size": 3}]})
    (change,) = differences(old, new)
    assert change.path == ("parts", "a", "size")


def test_a_field_that_may_be_absent_is_absent_by_default():
    @dataclass(frozen=True)
    class Wrong:
        size: int | None = said("Storlek", "Size", 3)

    with pytest.raises(TypeError, match="absent by default"):
        read(Wrong, {})
