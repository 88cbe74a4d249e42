"""The reviews of the volume's open cases: opened, answered and signed as sets, in the order the triggers demand.

A case that is closed has none: what is looked at daily weighs as much as in a real district, and the archive stays
quick to load. A review of an association that is open already is shared and signed by the next case, as in real work.
"""

import random
import uuid
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db import connection

from applications.cases.models import ReviewPart
from applications.examples.volume import writer
from applications.examples.volume.rounds import shipped_terms
from applications.grants.programmes.rules.review import asked_questions, least_looked_at, rule_flags
from applications.grants.review_cycle import PARTS
from applications.grants.rules import FORMAL
from checklists.models import ChecklistVersion
from checklists.rules.definition import LookedAt, Question, Value
from checklists.rules.review import ReviewView, asked_now, is_typed
from checklists.selectors.versions import definition_of, version_on
from checklists.services.complete_review import SYSTEM, digest_over
from vetting.accounts.models import District
from vetting.accounts.roles import Role
from vetting.audit.services import canonical_json
from vetting.kernel import clock

LOOKED = sorted(one.value for one in (LookedAt.OWN_REGISTER, LookedAt.PAPERS, LookedAt.OWN_SITE))
SUGGESTED = ("A1", "A2", "A11")  # what register and application suggest of an ordinary association
BY_SYSTEM = "A24"
MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Plan:
    """What every review of one part asks: the same for all, since the volume's programmes have the same terms."""

    part: str
    version: ChecklistVersion
    asked: list[str]
    flags: list[str]
    least: list[str]
    typed: tuple[Question, ...]


def plans() -> tuple[Plan, ...]:
    """One per part, from the shipped terms and the checklists in force today."""
    terms = shipped_terms()
    wanted, found = asked_questions(terms), []
    for part in PARTS:
        version = version_on(part.value, clock.today())
        definition = definition_of(version)
        asked = [code for code in wanted if code in definition.by_code]
        flags = rule_flags(terms) & {flag.code for flag in definition.rule_flags}
        now = asked_now(ReviewView(definition=definition, asked=frozenset(asked)))
        typed = tuple(one for one in now if is_typed(one) and one.expected)
        found.append(Plan(part.value, version, asked, sorted(flags), sorted(least_looked_at(terms)), typed))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Told:
    """A case as its review needs it. `signed_at` None: still open; `formal_only`: only the formal questions so far."""

    case_id: int
    case_key: uuid.UUID
    number: str
    association_id: int
    association_key: uuid.UUID
    officer: str
    began_at: datetime
    signed_at: datetime | None
    formal_only: bool


@dataclass(slots=True)
class Standing:
    """A review that is open, with what is answered: question → (value, looked at, key)."""

    pk: int
    key: uuid.UUID
    answered: dict[str, tuple[str, list[str], uuid.UUID]] = field(default_factory=dict)


@dataclass(slots=True)
class Wave:
    """Rows that go in together: no association stands twice among them, for its review is open only once."""

    reviews: list[Sequence[Any]] = field(default_factory=list)
    prefills: list[Sequence[Any]] = field(default_factory=list)
    answers: list[Sequence[Any]] = field(default_factory=list)
    changes: list[Sequence[Any]] = field(default_factory=list)
    links: list[Sequence[Any]] = field(default_factory=list)
    signed: list[tuple[int, datetime]] = field(default_factory=list)


class Reviews:
    """The reviews of one district while it is filled: knows which are open."""

    def __init__(self, district: District, rng: random.Random) -> None:
        self.district, self.rng, self.plans = district, rng, plans()
        self.standing: dict[int, Standing] = {}  # association → its open review
        self.events: list[Sequence[Any]] = []
        self.ids = writer.Ids()

    def write(self, told: Iterable[Told]) -> list[Sequence[Any]]:
        """Writes the reviews of a set and returns what the log is to say of them (`writer.EVENT_COLUMNS`)."""
        self.events = []
        for wave in self._waves(told):
            _write(wave)
        return self.events

    def _waves(self, told: Iterable[Told]) -> list[Wave]:
        waves: list[Wave] = []
        turns: dict[int, int] = defaultdict(int)
        for one in told:
            turn = turns[one.association_id]
            turns[one.association_id] += 1
            if turn == len(waves):
                waves.append(Wave())
            for plan in self.plans:
                self._review(waves[turn], plan, one)
        return waves

    def _review(self, wave: Wave, plan: Plan, told: Told) -> None:
        shared = plan.part == ReviewPart.ASSOCIATION
        review = self.standing.get(told.association_id) if shared else None
        if review is None:
            review = self._open(wave, plan, told)
            if shared:
                self.standing[told.association_id] = review
        wave.links.append((told.case_id, review.pk, plan.part, told.began_at))
        self._answer(wave, plan, told, review)
        if told.signed_at is not None:
            self._sign(wave, plan, told, review)
            if shared:
                del self.standing[told.association_id]

    def _open(self, wave: Wave, plan: Plan, told: Told) -> Standing:
        review = Standing(self.ids("checklists_review"), uuid.uuid4())
        key = told.association_key if plan.part == ReviewPart.ASSOCIATION else told.case_key
        wave.reviews.append(
            (review.pk, review.key, self.district.pk, plan.version.pk, plan.version.code, f"{plan.part}:{key}",
             told.number, plan.asked, plan.flags, plan.least, "formal", False, "open", 1, told.began_at, told.officer,
             None)
        )  # fmt: skip
        wave.changes.append(_change(review.pk, "opened", 1, "", told.officer, told.began_at))
        data = {"template": plan.version.code, "version": plan.version.number}
        self._log(told, review, "review.opened", told.began_at, data)
        return review

    def _answer(self, wave: Wave, plan: Plan, told: Told, review: Standing) -> None:
        """The ordinary answer to each question that is due by now; suggestions are confirmed."""
        made, at = {}, told.began_at
        for question in plan.typed:
            if question.code in review.answered or not self._due(told, question):
                continue
            at += MINUTE
            value, prefill = str(question.expected), None
            if question.code in SUGGESTED:
                prefill = self.ids("checklists_prefill")
                wave.prefills.append((prefill, uuid.uuid4(), review.pk, question.code, value, [], "register",
                                      clock.stockholm(told.began_at).date(), "", "", None, told.began_at))  # fmt: skip
            looked = LOOKED if question.no_concrete else []
            made[question.code] = (value, looked, uuid.uuid4())
            wave.answers.append(_answer_row(review.pk, question.code, made[question.code], told.officer, at, prefill))
        review.answered |= made
        if made:
            data = {"questions": ", ".join(made), "answers": [str(key) for _value, _looked, key in made.values()]}
            self._log(told, review, "review.confirmed", at, data)

    def _due(self, told: Told, question: Question) -> bool:
        """A signed review is answered whole; one that is worked on has gaps, and its turn may be the formal part's."""
        if told.signed_at is not None:
            return True
        return (FORMAL.match(question.code) is not None or not told.formal_only) and self.rng.random() < 0.8

    def _sign(self, wave: Wave, plan: Plan, told: Told, review: Standing) -> None:
        signed_at = told.signed_at or told.began_at
        if BY_SYSTEM in plan.asked:
            review.answered[BY_SYSTEM] = (Value.YES.value, [], uuid.uuid4())
            row = _answer_row(review.pk, BY_SYSTEM, review.answered[BY_SYSTEM], SYSTEM.reference, signed_at, None)
            wave.answers.append(row)
        standing = [
            [code, value, [], looked, "", str(key)]
            for code in definition_of(plan.version).by_code
            if code in review.answered
            for value, looked, key in (review.answered[code],)
        ]
        digest = digest_over(review.key, plan.version.digest, plan.asked, standing)
        wave.changes.append(_change(review.pk, "completed", 2, digest, told.officer, signed_at))
        wave.signed.append((review.pk, signed_at))
        data = {"digest": digest, "questions": [one.code for one in plan.typed]}
        self._log(told, review, "review.completed", signed_at, data)

    def _log(self, told: Told, review: Standing, verb: str, at: datetime, data: dict[str, Any]) -> None:
        """One event in the bytes that `audit.services.record` would have written."""
        key, role = uuid.uuid4(), Role.GRANT_OFFICER.value
        body = {"format": 1, "key": str(key), "at": writer.moment(at), "actor": told.officer, "role": role,
                "verb": verb, "district": self.district.code, "case": str(told.case_key),
                "subject": f"review:{review.key}", "data": data, "payload": ""}  # fmt: skip
        self.events.append((told.case_id, at, key, told.officer, role, verb, self.district.code, told.case_key,
                            body["subject"], canonical_json(body)))  # fmt: skip


def _change(review: int, kind: str, revision: int, digest: str, actor: str, at: datetime) -> Sequence[Any]:
    return (uuid.uuid4(), actor, Role.GRANT_OFFICER.value, at, "", review, kind, revision, digest)


def _answer_row(
    review: int, code: str, given: tuple[str, list[str], uuid.UUID], actor: str, at: datetime, prefill: int | None
) -> Sequence[Any]:
    value, looked, key = given
    role = "system" if actor == SYSTEM.reference else Role.GRANT_OFFICER.value
    return (key, actor, role, at, "", review, code, value, [], looked, prefill)


REVIEWS = (
    "id", "key", "district_id", "version_id", "template", "subject", "reference", "asked", "rule_flags",
    "least_looked_at", "lane", "refusal_considered", "state", "revision", "opened_at", "opened_by", "completed_at",
)  # fmt: skip
PREFILLS = ("id", "key", "review_id", "question", "value", "circumstances", "source", "as_of", "reference", "url",
            "from_answer_id", "at")  # fmt: skip
ANSWERS = ("key", "actor", "role", "at", "commitment", "review_id", "question", "value", "circumstances", "looked_at",
           "prefill_id")  # fmt: skip
CHANGES = ("key", "actor", "role", "at", "commitment", "review_id", "kind", "revision", "digest")
LINKS = ("case_id", "review_id", "part", "linked_at")
SIGN = """
UPDATE checklists_review r SET state = 'complete', revision = r.revision + 1, completed_at = s.at
FROM unnest(%s::bigint[], %s::timestamptz[]) AS s (pk, at) WHERE r.id = s.pk
"""


def _write(wave: Wave) -> None:
    writer.copy_rows("checklists_review", REVIEWS, wave.reviews)
    writer.copy_rows("checklists_prefill", PREFILLS, wave.prefills)
    writer.copy_rows("checklists_answer", ANSWERS, wave.answers)
    writer.copy_rows("checklists_reviewchange", CHANGES, wave.changes)
    writer.copy_rows("cases_casereview", LINKS, wave.links)
    if wave.signed:
        with connection.cursor() as cursor:
            cursor.execute(SIGN, [[pk for pk, _at in wave.signed], [at for _pk, at in wave.signed]])
