"""What this room must know of a case whose kind it does not import: filled by the owning room (design: the ways up).

A higher room registers one `Subject` per case kind in its `AppConfig.ready()`:

    subjects.register("grant", Subject(describe=…, comparables=…), owner="applications.grants")
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from applications.decisions.choices import Frame, Outcome
from vetting.kernel.errors import Reason
from vetting.kernel.registry import Registry
from vetting.kernel.workflow import Effect, Move


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """A rule as data. `version` is the programme version it stands in; empty for law. `ground` is a kernel Ground."""

    id: str
    ground: str
    section: str
    sv: str
    en: str
    version: str = ""
    frames: tuple[str, ...] = (Frame.LEGALITY, Frame.FULL_APPEAL)  # where it holds: a letter prints no other

    def as_data(self) -> dict[str, str]:
        """What the proposal and the record keep."""
        return {
            "id": self.id,
            "ground": str(self.ground),
            "section": self.section,
            "version": self.version,
            "sv": self.sv,
            "en": self.en,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """A cost applied for, in kr."""

    cost: str
    applied: Decimal


def _departs_from_nothing(amount: Decimal | None) -> Sequence[Reason]:
    return ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Described:
    """A case as a decision sees it. Sums in kr. `subject_sv/en` goes into "Beslut om …"."""

    subject_sv: str
    subject_en: str
    name: str = ""  # the applicant, where the case names no association
    requested: Decimal | None = None
    period: tuple[date | None, date | None] = (None, None)
    costs: tuple[Cost, ...] = ()
    address: tuple[str, ...] = ()  # lines below the name
    frame: str = Frame.LEGALITY
    rules_version: str = ""
    citations: tuple[Citation, ...] = ()  # the published rules of the version the case is handled by
    conditions: tuple[str, ...] = ()  # the programme's standard conditions
    report_on: date | None = None  # proposed last day of the report
    payment: str = ""  # how it is paid, one sentence
    adverse: frozenset[str] = frozenset()  # codes answered adversely in the review
    blocks: frozenset[str] = frozenset()
    lane_opened_by: str = ""  # audit reference of who opened the in-depth lane
    took_part: tuple[tuple[str, str], ...] = ()  # (audit reference, name) of second reader and others
    facts: str = ""  # a first draft of the facts, from what is recorded
    late: tuple[date, date] | None = None  # (last day, arrival day) when it came too late
    # Which of its own rules the kind departs from by granting a sum (kr; None: whatever the sum).
    departures: Callable[[Decimal | None], Sequence[Reason]] = _departs_from_nothing


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparable:
    """A decided case beside the present one: no name (docs: the equal-treatment mirror)."""

    year: int
    alike_sv: str
    alike_en: str
    outcome: str
    ground: str
    requested: Decimal | None
    amount: Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reviewed:
    """A signed review of the case and what it says: codes where it says to look, and where a stop is met."""

    review_id: int
    adverse: tuple[str, ...] = ()
    stops: tuple[str, ...] = ()


def _no_reviews(case: Any) -> Sequence[Reviewed]:
    return ()


def _nothing_to_compare(case: Any, proposal: Any) -> Sequence[Comparable]:
    return ()


def _nothing_rests_on_it(move: Move) -> None:
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """`describe(case)` reads the case; `comparables(case, proposal)` gives the newest ten alike, newest first.

    `reviews(case)` names the signed reviews a decision in the matter rests on; asked when it is recorded.

    `actions` says which step of the kind's workflow an outcome takes; `writable` in which states a proposal is
    written; `board_actions` the steps of a sitting that decide nothing in the matter.
    """

    describe: Callable[[Any], Described]
    comparables: Callable[[Any, Any], Sequence[Comparable]] = _nothing_to_compare
    reviews: Callable[[Any], Sequence[Reviewed]] = _no_reviews
    actions: Mapping[str, str] = field(
        default_factory=lambda: {
            Outcome.FULL: "grant",
            Outcome.PART: "grant",
            Outcome.REFUSED: "refuse",
            Outcome.DISMISSED: "dismiss",
            Outcome.STRUCK: "withdraw",
        }
    )
    board_actions: Mapping[str, str] = field(
        default_factory=lambda: {"aterremiss": "refer_back", "bordlagt": "table", "utgar": "strike"}
    )
    writable: frozenset[str] = frozenset({"registered", "formal_check", "completion", "review", "in_depth", "proposed"})
    letter: str = "grant-decision"  # code of the letter's template
    letters: Mapping[str, str] = field(default_factory=lambda: {Outcome.STRUCK: "withdrawal-decision"})  # of an outcome
    # What stops when a decision of the kind is annulled or replaced; sees the track's move (docs/domain.md §8.1).
    lost_force: Effect = _nothing_rests_on_it
    matter: str = "main"  # what is proposed


subjects: Registry[Subject] = Registry("decision subject")


def subject_of(case: Any) -> Subject:
    """What is registered for the case's kind in its very state (`rental.confirmed`), else for its kind.

    A kind where the same case is later proposed on in another matter (a booking that is to be terminated) registers
    that state, and the state the decision leads to, beside its own.
    """
    return subjects.get(f"{case.kind}.{case.state}") or subjects[case.kind]


def letter_of(case: Any, outcome: str) -> str:
    """The code of the template by which an outcome is told."""
    subject = subject_of(case)
    return subject.letters.get(outcome, subject.letter)


def described(case: Any) -> Described:
    """The case as its own room describes it."""
    return subject_of(case).describe(case)
