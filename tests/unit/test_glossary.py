"""The glossary is whole: both languages, at most two sentences, in the Swedish order."""

import re

from vetting.kernel.glossary import glossary


def test_explanations_are_short_and_in_both_languages() -> None:
    for term in glossary().values():
        for explanation in (term.text.sv, term.text.en):
            assert explanation.endswith("."), term.key
            assert len(re.findall(r"[.?!](?: |$)", explanation)) <= 2, term.key


def test_keys_are_plain() -> None:
    assert all(re.fullmatch(r"[a-z_]+", key) for key in glossary())
