"""A letter's fixed texts in the order they are read, so that whoever signs a version reads a letter and not a list."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from applications.decisions.choices import Frame

# What a version is called to people; the code is its name in files.
NAMES: Mapping[str, Any] = {"delegation": _("Delegation table"), "grant-decision": _("Decision letter, grants")}


def _under(branch: str, keys: str) -> str:
    return " ".join(f"{branch}.{key}" for key in keys.split())


_APPEAL = "intro who_lead who when_lead when how_lead how minutes_meeting minutes_reporting minutes_own_record"
_PARTS: tuple[tuple[Any, str], ...] = (
    (_("Head"), "title number date officer orgnr page example"),
    (_("The decision itself"), _under("ruling", "full part refused dismissed struck period corrects")),
    (_("How the sum is divided"), "table cost applied granted sum"),
    (
        _("Why"),
        "why facts rule rule_of assessment board_reasons ladder ladder_step special special_found special_not_found "
        "priority dates late incomplete withdrawn",
    ),
    (_("Conditions"), "conditions report revised_budget repayment interest payment"),
    (_("Heading of the appeal"), "appeal"),
    *((frame.label, _under(f"appeal_texts.{frame.value}", _APPEAL)) for frame in Frame),
    (_("Questions and signatures"), "questions contact decides_delegate decides_chair decides_board presented"),
)


@dataclass(frozen=True, slots=True)
class Part:
    """Texts that stand together: pairs of Swedish and English."""

    title: Any
    texts: tuple[tuple[str, str], ...]


def outline(content: Mapping[str, Any]) -> list[Part]:
    """Every text of a version, each once: the known ones in reading order, what is left over last."""
    swedish, english = (dict(leaves(content.get(language, {}))) for language in ("sv", "en"))
    left = dict.fromkeys([*swedish, *english])
    parts = []
    for title, keys in _PARTS:
        found = [key for key in keys.split() if key in left]
        for key in found:
            del left[key]
        parts.append(Part(title, tuple((swedish.get(key, ""), english.get(key, "")) for key in found)))
    parts.append(Part(_("Other texts"), tuple((swedish.get(key, ""), english.get(key, "")) for key in left)))
    cited = [(f"{rule['sv']} ({rule['section']})", rule["en"]) for rule in content.get("citations", [])]
    parts.append(Part(_("Rules that a decision may cite"), tuple(cited)))
    return [part for part in parts if part.texts]


def leaves(texts: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, str]]:
    """Dotted key and text, of a tree of texts."""
    for key, value in texts.items():
        if isinstance(value, Mapping):
            yield from leaves(value, f"{prefix}{key}.")
        else:
            yield f"{prefix}{key}", str(value)
