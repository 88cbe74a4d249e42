"""How far a review has come, per question and section: counts of work, never of the association."""

from dataclasses import dataclass
from enum import StrEnum

from checklists.rules.definition import Section
from checklists.rules.findings import Doubt, Verdict
from checklists.rules.review import ReviewView


class Mark(StrEnum):
    """One question's square on the map."""

    ANSWERED = "answered"
    TO_CONFIRM = "toconfirm"
    UNSETTLED = "unclear"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class SectionProgress:
    section: Section
    questions: tuple[str, ...]
    marks: dict[str, Mark]

    def count(self, mark: Mark) -> int:
        return sum(one == mark for one in self.marks.values())

    @property
    def total(self) -> int:
        return len(self.questions)

    @property
    def answered(self) -> int:
        return self.count(Mark.ANSWERED)

    @property
    def to_confirm(self) -> int:
        return self.count(Mark.TO_CONFIRM)

    @property
    def unsettled(self) -> int:
        return self.count(Mark.UNSETTLED)

    @property
    def missing(self) -> int:
        return self.count(Mark.MISSING)


def mark(verdict: Verdict, question: str) -> Mark:
    """The strongest of what is open for the question."""
    doubts = {one.doubt for one in verdict.doubts(question)}
    if doubts & {Doubt.MISSING, Doubt.SYSTEM_WAITS}:
        return Mark.MISSING
    if doubts - {Doubt.UNCONFIRMED}:
        return Mark.UNSETTLED
    return Mark.TO_CONFIRM if doubts else Mark.ANSWERED


def progress(review: ReviewView, verdict: Verdict) -> tuple[SectionProgress, ...]:
    """The sections that have a question asked now, in the checklist's order."""
    sections = []
    for section in review.definition.sections:
        codes = tuple(code for code in verdict.asked if review.definition.by_code[code].section == section.code)
        if codes:
            sections.append(SectionProgress(section, codes, {code: mark(verdict, code) for code in codes}))
    return tuple(sections)
