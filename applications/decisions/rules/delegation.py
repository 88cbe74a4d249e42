"""Who may decide what (docs/domain.md §0.11, §4.2; KL 6:37–40, 7:5–8). Pure: facts and a table in, an answer out."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from applications.decisions.choices import ADVERSE, Body, DelegateKind, Outcome, Path, Reported
from vetting.accounts.roles import ROLES, Role
from vetting.kernel.errors import Reason
from vetting.kernel.text import kronor

CONTENT = re.compile(r"^(A12a|A1[3-8]|L[5-9])$")
_BODIES = {Body.COMMITTEE: DelegateKind.COMMITTEE, Body.PRESIDIUM: DelegateKind.PRESIDIUM}
# What a person may be by role; bodies and the chair's urgent power are not taken from here.
_PERSONAL = frozenset({DelegateKind.EMPLOYEE, DelegateKind.SUB_DELEGATED, DelegateKind.MEMBER, DelegateKind.SUBSTITUTE})
_OF_PRINCIPLE = _("A case of principle is the board's to decide. No delegation opens it (KL 6:38).")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One row of a delegation table. `role` or `person` (user:<uuid>) says whom; `ceiling` is in kr, None for none.

    `opens_content` opens adverse decisions that rest on A12a–A18 or L5–L9. Of principle has no column to open it:
    it closes every row.
    """

    rule: str
    kind: str
    matter: str
    outcomes: frozenset[str]
    ceiling: Decimal | None
    delegate: str
    role: str = ""
    person: str = ""
    opens_content: bool = False
    reported: str = Reported.REPORTED
    valid_from: date | None = None
    valid_to: date | None = None

    def covers(self, facts: "DecisionFacts") -> bool:
        """Whether the row is about this kind, matter and outcome, on that day."""
        return (
            self.kind in ("", facts.kind)
            and self.matter == facts.matter
            and facts.outcome in self.outcomes
            and self.holds_on(facts.on)
        )

    def holds_on(self, day: date) -> bool:
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day <= self.valid_to)

    def names(self, actor: str, roles: frozenset[str]) -> bool:
        """Whether the row names this person, by reference or by role."""
        return self.person == actor if self.person else self.role in roles

    @property
    def who(self) -> str:
        return str(ROLES[Role(self.role)].label).lower() if self.role else str(DelegateKind(self.delegate).label)


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionFacts:
    """What the check needs to know. `criteria` holds the codes the decision rests on and those that are adverse."""

    kind: str
    matter: str
    outcome: str
    amount: Decimal | None
    requested: Decimal | None
    criteria: frozenset[str]
    principle: bool | None
    path: str
    on: date
    actor: str
    lane_opened_by: str = ""
    urgent_reason: str = ""
    next_meeting: date | None = None

    @property
    def on_content(self) -> bool:
        """Adverse, and resting on what the association did or failed to stand behind."""
        return self.outcome in ADVERSE and any(CONTENT.match(code) for code in self.criteria)

    @property
    def size(self) -> Decimal | None:
        """The sum held against a ceiling: of an adverse outcome what was asked for counts too, in kr."""
        sums = [self.amount, self.requested if self.outcome in ADVERSE or self.amount is None else None]
        return max((value for value in sums if value is not None), default=None)


def entries(content: Mapping[str, Any]) -> tuple[Entry, ...]:
    """The rows of a delegation version. Raises ValueError naming the row that cannot be read."""
    rows = []
    for number, row in enumerate(content["rows"], 1):
        try:
            rows.append(_entry(row))
        except (KeyError, ValueError, ArithmeticError) as error:
            raise ValueError(f"row {number} ({row.get('rule', '?')}): {error}") from error
    return tuple(rows)


def _entry(row: Mapping[str, Any]) -> Entry:
    ceiling = row.get("ceiling")
    days = {key: date.fromisoformat(row[key]) if row.get(key) else None for key in ("valid_from", "valid_to")}
    if row.get("role"):
        Role(row["role"])
    return Entry(
        rule=str(row["rule"]),
        kind=row.get("kind", ""),
        matter=row.get("matter", "main"),
        outcomes=frozenset(Outcome(outcome).value for outcome in row["outcomes"]),
        ceiling=None if ceiling is None else Decimal(str(ceiling)),
        delegate=DelegateKind(row["delegate"]).value,
        role=row.get("role", ""),
        person=row.get("person", ""),
        opens_content=bool(row.get("opens_content", False)),
        reported=Reported(row.get("reported", Reported.REPORTED)).value,
        **days,
    )


def may_decide(facts: DecisionFacts, roles: Iterable[str], table: Sequence[Entry]) -> Reason | Entry:
    """The row of the table that empowers the actor to decide alone, or why there is none.

    `roles` are the actor's in the district. Answers for `Path.DELEGATE` and `Path.CHAIR`; the board needs no row.
    """
    held = frozenset(roles)
    if facts.path == Path.CHAIR:
        return _chair(facts, held, table)
    if facts.principle is None:
        return Reason("principle_open", _("Answer first whether the case is one of principle."))
    if facts.principle:
        return Reason("principle", _OF_PRINCIPLE)
    if facts.lane_opened_by and facts.lane_opened_by == facts.actor:
        return Reason(
            "in_depth_opener",
            _("You opened the in-depth review of this case. Somebody else, or the board, must decide it."),
        )
    mine = [row for row in table if row.covers(facts) and row.delegate in _PERSONAL and row.names(facts.actor, held)]
    return _first_that_fits(facts, mine, table)


def body_may_decide(facts: DecisionFacts, body: str, table: Sequence[Entry]) -> Reason | Entry | None:
    """For a registered outcome: None for the board itself; of a committee or the presidium its row, or why not."""
    if body == Body.BOARD:
        return None
    if facts.principle is not False:
        return Reason("principle", _OF_PRINCIPLE)
    rows = [row for row in table if row.covers(facts) and row.delegate == _BODIES[Body(body)]]
    return _first_that_fits(facts, rows, table)


def _chair(facts: DecisionFacts, held: frozenset[str], table: Sequence[Entry]) -> Reason | Entry:
    """KL 6:39: what cannot be awaited, by the one the board has named, reported at the very next meeting."""
    rows = [row for row in table if row.delegate == DelegateKind.CHAIR_URGENT and row.holds_on(facts.on)]
    mine = [row for row in rows if row.names(facts.actor, held)]
    if not mine:
        named = ", ".join(dict.fromkeys(row.who for row in rows)) or str(ROLES[Role.CHAIR].label).lower()
        return Reason("chair_only", _("What cannot be awaited is decided by: %(who)s (KL 6:39).") % {"who": named})
    if not facts.urgent_reason.strip():
        return Reason("urgent_reason", _("Write why the board's next meeting cannot be awaited (KL 6:39)."))
    if facts.next_meeting is None:
        return Reason(
            "next_meeting", _("Enter the board's next meeting first: the decision is reported there (KL 6:40).")
        )
    return mine[0]


def _first_that_fits(facts: DecisionFacts, rows: Sequence[Entry], table: Sequence[Entry]) -> Reason | Entry:
    if not rows:
        return _not_in_table(facts, table)
    open_rows = [row for row in rows if row.opens_content or not facts.on_content]
    if not open_rows:
        return Reason(
            "content",
            _("Against the association on A12a–A18 or L5–L9 the board decides: the delegation does not open it."),
        )
    size = facts.size
    fitting = [row for row in open_rows if row.ceiling is None or (size is not None and size <= row.ceiling)]
    if fitting:
        return fitting[0]
    highest = max(row.ceiling for row in open_rows if row.ceiling is not None)
    sums = {"ceiling": kronor(highest), "size": kronor(size) if size is not None else "?"}
    return Reason("ceiling", _("The delegation reaches %(ceiling)s; here %(size)s counts.") % sums)


def _not_in_table(facts: DecisionFacts, table: Sequence[Entry]) -> Reason:
    others = dict.fromkeys(row.who for row in table if row.covers(facts) and row.delegate != DelegateKind.CHAIR_URGENT)
    if others:
        text = _("By the delegation this is decided by: %(who)s.") % {"who": ", ".join(others)}
        return Reason("not_delegated_to_you", text)
    return Reason("not_delegated", _("The delegation does not open this. Send the proposal to the board."))
