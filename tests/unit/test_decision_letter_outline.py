"""The order in which a letter's fixed texts are read."""

import tomllib

from applications.decisions.letters.outline import leaves, outline
from applications.decisions.services.rule_versions import DEFINITIONS


def example() -> dict:
    with (DEFINITIONS / "letters.toml").open("rb") as file:
        return tomllib.load(file)["letter"][0]


def test_every_text_is_read_once_in_both_languages():
    content = example()
    read = [pair for part in outline(content) for pair in part.texts]
    for place, language in enumerate(("sv", "en")):
        written = sorted(text for _, text in leaves(content[language]))
        for text in written:
            assert [pair[place] for pair in read].count(text) == written.count(text)


def test_the_ruling_comes_before_the_reasons_and_the_appeal_after():
    first = [part.texts[0][0] for part in outline(example())]
    places = [
        first.index(text) for text in ("{name} beviljas {amount}{period}.", "Varför vi beslutar så", "Så överklagar du")
    ]
    assert places == sorted(places)


def test_a_text_nobody_placed_is_still_shown():
    assert ("Nytt", "New") in outline({"sv": {"novel": "Nytt"}, "en": {"novel": "New"}})[0].texts
