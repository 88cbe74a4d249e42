"""How a case under the programme is handled: questions, readers, days, frame, and the texts a decision cites."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from django.utils.translation import gettext as _

from applications.grants.programmes.terms.choices import ReadAlways
from applications.grants.programmes.terms.window import DAYS, PERCENT
from checklists.definitions import shipped_definition
from checklists.rules.definition import Frame, LookedAt
from vetting.kernel.labels import Label
from vetting.kernel.schema import said
from vetting.kernel.workflow import Ground

FRAME_WORDS = {
    Frame.LEGALITY_REVIEW: Label("Laglighetsprövning", "Legality review"),
    Frame.ADMINISTRATIVE_APPEAL: Label("Förvaltningslagen", "Administrative Procedure Act"),
}
LOOKED_WORDS = {
    LookedAt.OWN_REGISTER: Label("Eget register", "Own register"),
    LookedAt.PAPERS: Label("Ansökningshandlingarna", "The application papers"),
    LookedAt.OWN_SITE: Label("Föreningens egen webbplats", "The association's own site"),
}
GROUND_WORDS = {
    Ground.CONSTITUTION: Label("Grundlag", "Constitution"),
    Ground.ACT: Label("Lag", "Act"),
    Ground.ORDINANCE: Label("Förordning", "Ordinance"),
    Ground.EU_LAW: Label("EU-rätt", "EU law"),
    Ground.POLICY: Label("Kommunal policy", "Municipal policy"),
    Ground.CONDITION: Label("Villkor i beslut", "Condition in a decision"),
    Ground.CONTRACT: Label("Avtal", "Contract"),
}
# What never bends (design §2.5): a programme can add to these, never leave one out.
LEAST_READ = (
    ReadAlways.ADVERSE,
    ReadAlways.SPECIAL_REASONS,
    ReadAlways.IN_DEPTH,
    ReadAlways.CHANGED_GIRO,
    ReadAlways.FIRST_TIME,
)


@cache
def known_questions() -> tuple[str, ...]:
    """The codes of the shipped lists about an association and its application, in their order."""
    lists = (shipped_definition(template) for template in ("association", "application"))
    codes = {code for one in lists for code in one.by_code}
    return tuple(sorted(codes, key=lambda code: (int("".join(filter(str.isdigit, code))), code)))


@dataclass(frozen=True, slots=True)
class Checklist:
    """Which questions the programme asks (none named: all), and what must at least be looked at (docs/domain.md §3)."""

    questions: tuple[str, ...] = said("Frågor", "Questions", ())
    least_looked_at: tuple[LookedAt, ...] = said("Minst detta ses igenom", "At least looked at", (), words=LOOKED_WORDS)

    def check(self) -> Iterator[tuple[str, str]]:
        unknown = [code for code in self.questions if code not in known_questions()]
        if unknown:
            known = ", ".join(known_questions())
            yield (
                "questions",
                _("There is no question %(code)s. Questions: %(known)s.")
                % {
                    "code": unknown[0],
                    "known": known,
                },
            )
        if LookedAt.NOTHING_MORE in self.least_looked_at:
            yield "least_looked_at", _("“nothing_more” is no place to look.")


@dataclass(frozen=True, slots=True)
class SecondReader:
    """Who always gets a second reader, from which sum, and the share that is drawn of the others."""

    always: tuple[ReadAlways, ...] = said("Alltid", "Always")
    over_kr: Decimal | None = said("Alltid över", "Always above", None)
    share_percent: Decimal = said("Annars lottas", "Otherwise drawn", Decimal(20), unit=PERCENT)

    def check(self) -> Iterator[tuple[str, str]]:
        missing = [one.value for one in LEAST_READ if one not in self.always]
        if missing:
            yield "always", _("These always have a second reader; add: %(missing)s.") % {"missing": ", ".join(missing)}
        if not 0 <= self.share_percent <= 100:
            yield "share_percent", _("Must lie between 0 and 100.")
        if self.over_kr is not None and self.over_kr < 0:
            yield "over_kr", _("Must not be negative.")


@dataclass(frozen=True, slots=True)
class Handling:
    """Days are calendar days, the least that is given; a last day that is no working day moves on."""

    frame: Frame = said("Rättslig ram", "Legal frame", Frame.LEGALITY_REVIEW, words=FRAME_WORDS)
    completion_days: int = said("Tid att komplettera", "Time to complete", 14, unit=DAYS)
    hearing_days: int = said("Tid att yttra sig, minst", "Time to reply, at least", 14, unit=DAYS)
    keep_identity_copy: bool = said(
        "Kopia av firmatecknarens legitimation krävs (gallras efter kontrollen)",
        "A copy of the signatory's identity document is required (disposed of after the check)",
        False,
    )
    second_reader: SecondReader = said("Andra läsare", "Second reader", SecondReader(always=LEAST_READ))

    def check(self) -> Iterator[tuple[str, str]]:
        for name in ("completion_days", "hearing_days"):
            if not 5 <= getattr(self, name) <= 90:
                yield name, _("Must lie between 5 and 90 days.")


@dataclass(frozen=True, slots=True)
class Criterion:
    """A numbered point of the published rules: what the Rule part of a decision cites."""

    point: str = said("Punkt", "Point")
    title: Label = said("Rubrik", "Heading")
    text: Label = said("Text", "Text", prose=True)
    ground: Ground = said("Grund", "Ground", Ground.POLICY, words=GROUND_WORDS)


@dataclass(frozen=True, slots=True)
class Clauses:
    """Reservations of every grant decision: without them a reclaim has no ground (docs/domain.md §0.8)."""

    repayment: Label = said("Återkrav", "Repayment")
    interest: Label = said("Ränta", "Interest")
