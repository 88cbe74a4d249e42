"""Reviews as their page shows them: questions by section, each with its answer, history, evidence and what is open."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from checklists.labels import LOOKED_AT, answer_label, prefill_mark
from checklists.models import Answer, Escalation, Evidence, Prefill, Review, SpecialReasons
from checklists.models.rows import ReviewRow
from checklists.rules.answers import can_confirm_in_bulk
from checklists.rules.definition import LookedAt, Question, Section, Value
from checklists.rules.findings import Block, Doubt, EscalationDue, Open, Verdict
from checklists.rules.progress import Mark, mark
from checklists.rules.review import is_typed
from checklists.rules.verdict import verdict
from checklists.selectors.reviews import Material, materials
from checklists.words import words_in
from vetting.accounts.roles import ROLES, Role

FORMS_AGAIN = frozenset({Doubt.MISSING, Doubt.UNCONFIRMED, Doubt.UNCLEAR, Doubt.LOOKED_AT, Doubt.UNNAMED, Doubt.SEE})


@dataclass(frozen=True, slots=True)
class Given:
    """An answer as text: what, why, by whom, when, on what."""

    row: Answer
    label: str
    words: str
    by: str
    at: datetime
    looked_at: tuple[str, ...]
    circumstances: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One question on the page."""

    review: Review
    question: Question
    doubts: tuple[Open, ...]
    mark: Mark
    current: Given | None
    earlier: tuple[Given, ...]
    prefill: Prefill | None
    prefill_mark: str
    evidence: tuple[Evidence, ...]
    escalations: tuple[Escalation, ...]
    special_reasons: tuple[SpecialReasons, ...]
    blocks: tuple[Block, ...]
    least_looked_at: frozenset[LookedAt]

    @property
    def code(self) -> str:
        return self.question.code

    @property
    def has_form(self) -> bool:
        """Whether the page asks for an answer now: none yet, one to confirm, or one that must be given again."""
        asks = {one.doubt for one in self.doubts} & FORMS_AGAIN
        return bool(asks) and is_typed(self.question) and self.review.is_open

    @property
    def suggested(self) -> str:
        """The suggestion as it would read."""
        return answer_label(self.question, Value(self.prefill.value)) if self.prefill else ""

    @property
    def to_confirm(self) -> bool:
        return any(one.doubt == Doubt.UNCONFIRMED for one in self.doubts)

    @property
    def is_plain(self) -> bool:
        """Settled and ordinary, with nothing more to read: folded away among the finished."""
        return (
            not self.doubts
            and self.current is not None
            and self.current.row.value == self.question.expected
            and not (self.current.words or self.evidence or self.escalations or self.blocks)
        )

    @property
    def in_bulk(self) -> bool:
        """Whether the suggestion may be confirmed together with others."""
        return (
            self.to_confirm
            and self.current is None
            and self.prefill is not None
            and can_confirm_in_bulk(self.question, Value(self.prefill.value))
        )


@dataclass(frozen=True, slots=True)
class SectionSheet:
    """A section with its questions, from all the reviews shown together."""

    section: Section
    lines: tuple[Line, ...]
    dormant: tuple[str, ...] = ()  # questions whose condition does not hold now: their place is kept

    @property
    def plain(self) -> tuple[Line, ...]:
        return tuple(line for line in self.lines if line.is_plain)

    @property
    def shown(self) -> tuple[Line, ...]:
        return tuple(line for line in self.lines if not line.is_plain)

    @property
    def bulk(self) -> tuple[Line, ...]:
        return tuple(line for line in self.lines if line.in_bulk)

    def count(self, wanted: Mark) -> int:
        return sum(line.mark == wanted for line in self.lines)

    @property
    def progress(self) -> str:
        """E.g. "9 of 12 done, 2 to confirm, 1 missing"."""
        parts = [_("%(done)d of %(total)d done") % {"done": self.count(Mark.ANSWERED), "total": len(self.lines)}]
        for wanted, words in (
            (Mark.TO_CONFIRM, _("%(count)d to confirm")),
            (Mark.UNSETTLED, _("%(count)d to settle")),
            (Mark.MISSING, _("%(count)d missing")),
        ):
            if count := self.count(wanted):
                parts.append(words % {"count": count})
        return ", ".join(parts)


@dataclass(frozen=True, slots=True)
class Sheet:
    """The reviews of one page, together."""

    reviews: tuple[Review, ...]
    verdicts: tuple[Verdict, ...]
    sections: tuple[SectionSheet, ...]

    @property
    def lines(self) -> tuple[Line, ...]:
        return tuple(line for section in self.sections for line in section.lines)

    def line(self, code: str) -> Line | None:
        return next((line for line in self.lines if line.code == code), None)

    @property
    def done(self) -> int:
        return sum(line.mark == Mark.ANSWERED for line in self.lines)

    @property
    def complete(self) -> bool:
        return all(one.complete for one in self.verdicts)

    @property
    def is_open(self) -> bool:
        return any(review.is_open for review in self.reviews)

    @property
    def open(self) -> tuple[Open, ...]:
        return tuple(one for line in self.lines for one in line.doubts)

    @property
    def blocks(self) -> tuple[Block, ...]:
        return tuple(block for line in self.lines for block in line.blocks)

    @property
    def escalations(self) -> tuple[EscalationDue, ...]:
        shown = {line.code for line in self.lines}
        return tuple(due for one in self.verdicts for due in one.escalations if due.question in shown)


def sheet_of(reviews: Sequence[Review], *, only_sections: Iterable[str] = ()) -> Sheet:
    """The page's content, in a constant number of queries. `only_sections` limits what a lent reader sees."""
    wanted = frozenset(only_sections)
    lines: dict[tuple[str, str], list[Line]] = {}
    sections: dict[tuple[str, str], Section] = {}
    dormant: dict[tuple[str, str], list[str]] = {}
    verdicts = []
    for material in materials(reviews, with_words=True):
        said = verdict(material.view)
        verdicts.append(said)
        for section in material.definition.sections:
            if wanted and section.code not in wanted:
                continue
            place = (section.code, section.name.sv)
            sections.setdefault(place, section)
            lines.setdefault(place, []).extend(_lines(material, said, section))
            dormant.setdefault(place, []).extend(_dormant(material, said, section))
    made = [
        SectionSheet(section, tuple(sorted(lines[place], key=lambda line: order(line.code))), tuple(dormant[place]))
        for place, section in sections.items()
        if lines[place]
    ]
    return Sheet(tuple(reviews), tuple(verdicts), tuple(made))


def order(code: str) -> tuple[Any, ...]:
    """A2 before A12 before A12a."""
    found = re.fullmatch(r"([A-Z]+)([0-9]+)([a-z]*)", code)
    return (found[1], int(found[2]), found[3]) if found else (code, 0, "")


def _lines(material: Material, said: Verdict, section: Section) -> list[Line]:
    return [
        _line(material, said, question)
        for code in said.asked
        if (question := material.definition.by_code[code]).section == section.code
    ]


def _dormant(material: Material, said: Verdict, section: Section) -> list[str]:
    asleep = set(material.review.asked) - set(said.asked)
    return [one.code for one in material.definition.questions if one.code in asleep and one.section == section.code]


def _line(material: Material, said: Verdict, question: Question) -> Line:
    code = question.code
    given = [_given(question, row) for row in material.answers if row.question == code]
    if not given and code in material.view.system:
        given = [_from_system(material, question)]
    prefill = material.prefill(code)
    return Line(
        review=material.review,
        question=question,
        doubts=said.doubts(code),
        mark=mark(said, code),
        current=given[-1] if given else None,
        earlier=tuple(reversed(given[:-1])),
        prefill=prefill,
        prefill_mark=prefill_mark(prefill) if prefill else "",
        evidence=tuple(card for card in material.evidence if card.question == code),
        escalations=tuple(one for one in material.escalations if one.question == code),
        special_reasons=tuple(one for one in material.special_reasons if one.question == code),
        blocks=tuple(block for block in said.blocks if block.question == code),
        least_looked_at=material.view.least_looked_at,
    )


def _given(question: Question, row: Answer) -> Given:
    return Given(
        row=row,
        label=answer_label(question, Value(row.value)),
        words=str(words_in(row).get("own_words", "")),
        by=who(row),
        at=row.at,
        looked_at=tuple(str(LOOKED_AT[LookedAt(one)]) for one in row.looked_at),
        circumstances=tuple(str(found.text) for one in row.circumstances if (found := question.circumstance(one))),
    )


def _from_system(material: Material, question: Question) -> Given:
    """What the system answers now: not stored before the review is signed."""
    answer = material.view.system[question.code]
    row = Answer(
        review=material.review, question=question.code, value=answer.value, circumstances=sorted(answer.circumstances)
    )
    row.at = answer.at
    row.said = row.by_name = None  # type: ignore[attr-defined]
    return _given(question, row)


def who(row: ReviewRow) -> str:
    """The person's name with the role it was done in; "the system" where no person acts."""
    name = getattr(row, "by_name", None)
    if not name:
        return _("the system")
    title = str(ROLES[Role(row.role)].label).lower() if row.role in ROLES else ""
    return f"{name}, {title}" if title else str(name)
