"""The words of a letter: facts and a template version in, one plain document out (docs/domain.md §4.8). Pure.

The document is what is frozen: page and PDF are made from it and add nothing. All of it is text; no markup.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from applications.decisions.choices import GRANTING, FormalGround, Frame, Outcome, Path, Reported, Rung, SpecialReasons
from vetting.kernel import text

FORMAT = 1
Document = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Signer:
    """Who decides, as the letter names them. For the board: its name, meeting and paragraph."""

    name: str
    title: str = ""
    rule: str = ""
    reported: str = ""
    meeting: date | None = None
    paragraph: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterFacts:
    """Everything a letter says that is not fixed text. Sums in kr; `citations` and `lines` as the proposal has them."""

    number: str
    on: date
    board: str
    facts: Mapping[str, str]  # the district's: court, municipality, notice_board, link, contact
    frame: str
    name: str
    orgnr: str
    address: tuple[str, ...]
    subject: Mapping[str, str]  # sv, en
    outcome: str
    path: str
    signer: Signer
    presenter: str = ""
    officer: str = ""
    period: tuple[date | None, date | None] = (None, None)
    amount: Decimal | None = None
    lines: tuple[Mapping[str, str], ...] = ()
    found: str = ""  # the facts
    citations: tuple[Mapping[str, str], ...] = ()
    assessment: str = ""
    rungs: tuple[Mapping[str, str], ...] = ()
    board_text: str = ""  # replaces facts, assessment and ladder
    priority_note: str = ""
    formal_ground: str = ""
    formal_last_day: date | None = None
    formal_came_on: date | None = None
    formal_helped_on: date | None = None
    special_reasons: str = ""
    special_reasons_text: str = ""
    conditions: tuple[str, ...] = ()
    report_on: date | None = None
    repayment_clause: bool = False
    interest_clause: bool = False
    payment: str = ""
    corrected_on: date | None = None
    is_example: bool = False


def compose(letter: LetterFacts, content: Mapping[str, Any], language: str = "sv") -> Document:
    """The whole letter as plain data. `content` is a template version's; raises KeyError if it lacks a text."""
    words = _Words(content[language], language)
    return {
        "format": FORMAT,
        "language": language,
        "labels": words.labels("number", "date", "officer", "page"),
        "sender": letter.board,
        "date": words.day(letter.on),
        "iso_date": letter.on.isoformat(),
        "number": letter.number,
        "officer": letter.officer,
        "recipient": [letter.name, *_orgnr_line(letter, words), *letter.address],
        "title": words("title", subject=letter.subject[language]),
        "ruling": _ruling(letter, words),
        "table": _table(letter, words),
        "sections": [section for section in _sections(letter, words) if section["parts"]],
        "signatures": _signatures(letter, words),
        "note": words("example") if letter.is_example else "",
    }


class _Words:
    """The texts of one language, filled in."""

    def __init__(self, texts: Mapping[str, Any], language: str) -> None:
        self.texts, self.language = texts, language

    def __call__(self, key: str, **values: str) -> str:
        found: Any = self.texts
        for step in key.split("."):
            found = found[step]
        return str(found).format_map(values)

    def labels(self, *keys: str) -> dict[str, str]:
        return {key: str(self.texts[key]) for key in keys}

    def day(self, value: date | None, until: date | None = None) -> str:
        """A day in running text; before a later day of the same year the year is left out."""
        year = not (value and until and value.year == until.year)
        return text.day(value, year=year, language=self.language) if value else ""

    def sum(self, value: Decimal) -> str:
        return f"{text.kronor(value, unit=False)}{text.FIXED}kronor"


def _orgnr_line(letter: LetterFacts, words: _Words) -> list[str]:
    return [words("orgnr", orgnr=text.organisation_number(letter.orgnr))] if letter.orgnr else []


def _ruling(letter: LetterFacts, words: _Words) -> list[str]:
    first, last = letter.period
    period = ""
    if first and last and letter.outcome in GRANTING:
        period = words("ruling.period", from_day=words.day(first, last), to_day=words.day(last))
    amount = words.sum(letter.amount) if letter.amount is not None else ""
    lines = [words(f"ruling.{letter.outcome}", name=letter.name, amount=amount, period=period)]
    if letter.corrected_on:
        lines.append(words("ruling.corrects", corrected_on=words.day(letter.corrected_on)))
    return lines


def _table(letter: LetterFacts, words: _Words) -> dict[str, Any] | None:
    if letter.outcome not in GRANTING or not letter.lines:
        return None

    def tell(value: str) -> str:
        return text.kronor(Decimal(value), unit=False)

    sums = [sum((Decimal(line[key]) for line in letter.lines), Decimal(0)) for key in ("applied", "granted")]
    return {
        "caption": words("table"),
        "head": [words("cost"), words("applied"), words("granted")],
        "rows": [[line["cost"], tell(line["applied"]), tell(line["granted"])] for line in letter.lines],
        "foot": [words("sum"), *(text.kronor(value, unit=False) for value in sums)],
    }


def _sections(letter: LetterFacts, words: _Words) -> list[dict[str, Any]]:
    return [
        {"heading": words("why"), "parts": _why(letter, words)},
        {"heading": words("conditions"), "parts": _conditions(letter, words)},
        {"heading": words("payment"), "parts": _texts("", letter.payment if letter.outcome in GRANTING else "")},
        {"heading": words("appeal"), "parts": _appeal(letter, words)},
        {"heading": words("questions"), "parts": _questions(letter, words)},
    ]


def _texts(heading: str, written: str) -> list[dict[str, Any]]:
    """A part of running text: one paragraph per blank line, none for nothing."""
    lines = [" ".join(block.split()) for block in written.split("\n\n") if block.strip()]
    return [{"heading": heading, "kind": "text", "lines": lines}] if lines else []


def _why(letter: LetterFacts, words: _Words) -> list[dict[str, Any]]:
    rule = _texts(words("rule"), "\n\n".join(_rule(citation, words) for citation in letter.citations))
    if letter.outcome == Outcome.STRUCK:  # nothing was examined: when the request came, and the rule
        return _texts("", _formal(letter, words)) + rule
    if letter.board_text:
        return _texts(words("board_reasons", board=letter.board), letter.board_text) + rule
    steps = [
        words("ladder_step", step=_rung(rung["rung"], words.language), reason=rung["reason"]) for rung in letter.rungs
    ]
    ladder = [{"heading": words("ladder"), "kind": "list", "lines": steps}] if steps else []
    return [
        *_texts(words("facts"), letter.found),
        *_texts(words("dates"), _formal(letter, words)),
        *rule,
        *_texts(words("assessment"), letter.assessment),
        *ladder,
        *_texts(words("special"), _special(letter, words)),
        *_texts(words("priority"), letter.priority_note),
    ]


def _rule(citation: Mapping[str, str], words: _Words) -> str:
    said, place = citation[words.language].strip(), place_of(citation)
    if said[-1:] not in ".!?":
        said += "."
    if not place:
        return said
    section, version = citation["section"], citation.get("version", "")
    return words("rule_of", text=said, place=place, section=section, version=version)


def place_of(citation: Mapping[str, str]) -> str:
    """Where a rule stands: section, and the programme's version where the section does not name it already."""
    section, version = citation["section"], citation.get("version", "")
    number = version.removeprefix("version ").removeprefix("v")
    named = not version or f"version {number}" in section
    return section if named else ", ".join(part for part in (section, version) if part)


def _rung(code: str, language: str) -> str:
    return _RUNGS[language][Rung(code)]


_RUNGS = {
    "sv": dict(zip(Rung, ("Villkor", "Dialog", "Delvis bifall", "Paus", "Avslag", "Återkrav"), strict=True)),
    "en": dict(zip(Rung, ("Condition", "Dialogue", "Grant in part", "Pause", "Refusal", "Reclaim"), strict=True)),
}


def _formal(letter: LetterFacts, words: _Words) -> str:
    if letter.formal_ground not in FormalGround.values:
        return ""
    return words(
        letter.formal_ground,
        last_day=words.day(letter.formal_last_day),
        came_on=words.day(letter.formal_came_on),
        helped_on=words.day(letter.formal_helped_on),
    )


def _special(letter: LetterFacts, words: _Words) -> str:
    if letter.special_reasons not in SpecialReasons.values:
        return ""
    return words(f"special_{letter.special_reasons}", text=letter.special_reasons_text)


def _conditions(letter: LetterFacts, words: _Words) -> list[dict[str, Any]]:
    if letter.outcome not in GRANTING:
        return []
    lines = list(letter.conditions)
    if letter.outcome == Outcome.PART:
        lines.append(words("revised_budget"))
    if letter.report_on:
        lines.append(words("report", report_on=words.day(letter.report_on)))
    if letter.repayment_clause:
        lines.append(words("repayment"))
    if letter.interest_clause:
        lines.append(words("interest"))
    return [{"heading": "", "kind": "numbered", "lines": lines}] if lines else []


def _appeal(letter: LetterFacts, words: _Words) -> list[dict[str, Any]]:
    """The frame's own text: rule and link, never a date that is not known (docs/domain.md §4.2, §4.8)."""
    base = f"appeal_texts.{letter.frame}"
    values = dict(letter.facts) | {"number": letter.number, "board": letter.board}
    if letter.frame == Frame.LEGALITY:
        values["minutes"] = words(f"{base}.minutes_{_minutes(letter)}")
    leads = [[words(f"{base}.{key}_lead"), words(f"{base}.{key}", **values)] for key in ("who", "when", "how")]
    return [
        *_texts("", words(f"{base}.intro", **values)),
        {"heading": "", "kind": "leads", "lines": leads},
    ]


def _minutes(letter: LetterFacts) -> str:
    """Whose approval starts the clock: the deciding meeting, the one it is reported to, or the separate record."""
    if letter.path == Path.BOARD:
        return "meeting"
    return "own_record" if letter.signer.reported == Reported.OWN_RECORD else "reporting"


def _questions(letter: LetterFacts, words: _Words) -> list[dict[str, Any]]:
    return _texts("", words("contact", number=letter.number, contact=letter.facts.get("contact", "")))


def _signatures(letter: LetterFacts, words: _Words) -> list[dict[str, str]]:
    signer = letter.signer
    if letter.path == Path.BOARD:
        said = words("decides_board", meeting=words.day(signer.meeting), paragraph=signer.paragraph)
    elif letter.path == Path.CHAIR:
        said = words("decides_chair", board=letter.board)
    else:
        said = words("decides_delegate", board=letter.board, rule=signer.rule)
    found = [{"name": signer.name, "title": signer.title, "text": said}]
    if letter.presenter:
        found.append({"name": letter.presenter, "title": "", "text": words("presented")})
    return found
