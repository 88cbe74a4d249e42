"""What a checklist is: typed, frozen, and the same whether it was read from a file or from a published version.

Source: docs/domain.md §3 (questions, polarity, stops, escalations), §10.2 (grounds). Built only by `rules.reading`.
"""

import re
from dataclasses import dataclass, field
from enum import StrEnum

from django.utils.translation import get_language

from vetting.kernel.workflow import Ground as GroundKind

TERM = re.compile(r"\[([^\]]+)\]\(([a-z_]+)\)")


class Value(StrEnum):
    """The four answers, always in this order (keys 1–4)."""

    YES = "ja"
    NO = "nej"
    UNCLEAR = "oklart"
    NOT_APPLICABLE = "ej_tillampligt"


class Subject(StrEnum):
    """What a review is about. Only answers about the association are ever reused (docs/domain.md §3, design §5)."""

    ASSOCIATION = "association"
    APPLICATION = "application"
    EVENT = "event"


class Frame(StrEnum):
    """The two legal frames (docs/domain.md §4.1)."""

    LEGALITY_REVIEW = "laglighetsprovning"
    ADMINISTRATIVE_APPEAL = "forvaltningslagen"


class Lane(StrEnum):
    """Formal for everyone; in depth only on a named concrete circumstance (docs/domain.md §8.1)."""

    FORMAL = "formal"
    IN_DEPTH = "in_depth"


class StopEffect(StrEnum):
    """What a stop locks until a human with authority has acted. It never sets an outcome."""

    PATH = "path"  # the way to a grant or a letting
    REFUSAL = "refusal"  # a refusal cannot be proposed (L8)
    LETTER = "letter"  # the letter cannot be made (L16)
    PERSON = "person"  # a person leaves the case (A24)


class Target(StrEnum):
    """To whom something must go. Role codes (docs/domain.md §7); police and board stand outside the roles."""

    UNIT_HEAD = "unit_head"
    COORDINATOR = "coordinator"
    LAWYER = "lawyer"
    SECOND_PERSON = "second_person"
    POLICE = "police"
    BOARD = "board"


class Procedure(StrEnum):
    """What a circumstance calls for beside, or instead of, a person."""

    IN_DEPTH = "in_depth"
    WRITTEN_SPLIT = "written_split"
    REFER = "refer"
    UNAVAILABLE = "unavailable"
    ASK_AGAIN = "ask_again"


class LookedAt(StrEnum):
    """What was looked at when the answer is that no concrete facts are known."""

    OWN_REGISTER = "own_register"
    PAPERS = "papers"
    OWN_SITE = "own_site"
    NOTHING_MORE = "nothing_more"


class AnsweredBy(StrEnum):
    PERSON = "person"
    SYSTEM = "system"  # from the system's own rows; can never be typed (A24, L16)


@dataclass(frozen=True, slots=True)
class Text:
    """The same sentence in Swedish and English. As a string: the one in the language in use, terms as plain words."""

    sv: str
    en: str

    def marked(self) -> str:
        """The sentence in the language in use, with its terms as `[word](term)`."""
        return self.en if (get_language() or "sv").startswith("en") else self.sv

    def __str__(self) -> str:
        return TERM.sub(r"\1", self.marked())

    def __bool__(self) -> bool:
        return bool(self.sv)

    def terms(self) -> frozenset[str]:
        return frozenset(match[1] for match in TERM.findall(self.sv + self.en))


NO_TEXT = Text("", "")


@dataclass(frozen=True, slots=True)
class Ground:
    """What a question rests on. `printed` is False where it guides the officer but must never stand in a letter."""

    kind: GroundKind
    text: Text
    frames: frozenset[Frame] = frozenset(Frame)
    printed: bool = True
    term: str = ""


@dataclass(frozen=True, slots=True)
class Stop:
    """When a question stops: on this answer, or (None) only by a circumstance. `rule`: only where it is demanded."""

    effect: StopEffect
    text: Text
    on: Value | None = None
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Escalation:
    """One of these answers must go to each of these."""

    on: frozenset[Value]
    to: tuple[Target, ...]
    text: Text


@dataclass(frozen=True, slots=True)
class Circumstance:
    """A named fact beside an answer, which has consequences of its own."""

    code: str
    text: Text
    any_answer: bool = False  # False: only with the adverse answer
    stops: bool = False
    rule: str = ""
    spares: tuple[str, ...] = ()  # the circumstances that do not stop when this one is named
    to: tuple[Target, ...] = ()
    see: str = ""  # the question the matter belongs to
    calls_for: Procedure | None = None


OTHER = Circumstance("other", Text("Annat, se motiveringen", "Something else, see the reasons"))


@dataclass(frozen=True, slots=True)
class AskedWhen:
    """A condition for a question to be asked. Empty: always."""

    departs_from_no: frozenset[str] = frozenset()  # one of these is answered, and not with nej
    refusal_considered: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    """One question with everything docs/domain.md §3 says about it."""

    code: str
    section: str
    text: Text
    short: Text
    help: Text
    evidence: Text
    grounds: tuple[Ground, ...]
    star: bool = False
    adverse: Value | None = None
    answered_by: AnsweredBy = AnsweredBy.PERSON
    asked_when: AskedWhen = AskedWhen()
    own_words_on: frozenset[Value] = frozenset()
    must_name: bool = False  # an adverse answer has several meanings: one must be named before the review is complete
    no_concrete: bool = False  # the ordinary nej reads "Inga konkreta uppgifter kända" and says what was looked at
    needs_evidence: bool = False  # a stop rests on at least one card
    special_reasons: bool = False  # special reasons are tried, and recorded also when none are found
    of_principle: bool = False  # two readers, hearing offered, the board by default (docs/domain.md §3, §4.2)
    weighs: bool = False
    weighs_rule: str = ""
    stop: Stop | None = None
    escalations: tuple[Escalation, ...] = ()
    circumstances: tuple[Circumstance, ...] = ()
    aside: Text = NO_TEXT  # what is handled outside the system, and must not be noted here

    @property
    def expected(self) -> Value | None:
        """The ordinary answer: the opposite of the adverse one; none where the question has no polarity."""
        return {Value.NO: Value.YES, Value.YES: Value.NO}.get(self.adverse) if self.adverse else None

    def circumstance(self, code: str) -> Circumstance | None:
        return next((one for one in self.circumstances if one.code == code), None)


@dataclass(frozen=True, slots=True)
class Section:
    code: str
    name: Text


@dataclass(frozen=True, slots=True)
class Profile:
    """A named choice of questions, for a programme or a venue tier."""

    code: str
    name: Text
    questions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RuleFlag:
    """Something a programme or the published terms may demand, on which a stop or a weight depends."""

    code: str
    text: Text


@dataclass(frozen=True, slots=True)
class Definition:
    """A whole checklist. Built only by `rules.reading.read_definition`, which refuses one that contradicts itself."""

    template: str
    subject: Subject
    name: Text
    sections: tuple[Section, ...]
    questions: tuple[Question, ...]
    profiles: tuple[Profile, ...]
    rule_flags: tuple[RuleFlag, ...] = ()
    least_looked_at: frozenset[LookedAt] = frozenset()
    reuse_months: int = 0  # 0: answers are never reused
    by_code: dict[str, Question] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "by_code", {question.code: question for question in self.questions})

    def profile(self, code: str) -> Profile:
        """Raises KeyError for a profile the checklist does not have."""
        for profile in self.profiles:
            if profile.code == code:
                return profile
        raise KeyError(code)
