"""What a proposal lacks before it can be decided, per reason class (design: §2.3–2.4; docs/domain.md §2.4, §8.1).

Pure. A reason's `data["field"]` is the form field to go to.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from applications.decisions.choices import (
    ADVERSE,
    GRANTING,
    RUNG_OF,
    Differs,
    FactSource,
    FormalGround,
    Outcome,
    Path,
    ReasonClass,
    Rung,
    SpecialReasons,
)
from applications.decisions.rules.delegation import CONTENT
from vetting.kernel.errors import Reason
from vetting.kernel.text import kronor


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalFacts:
    """A proposal and what its case says, as plain values. Sums in kr; `rungs` are step → why it is not enough."""

    outcome: str
    reason_class: str
    requested: Decimal | None = None
    amount: Decimal | None = None
    line_sum: Decimal | None = None
    applied_lines: Decimal | None = None  # what the application's own lines come to
    criteria: frozenset[str] = frozenset()
    facts: str = ""
    facts_from: str = ""
    citations: Sequence[Mapping[str, Any]] = ()
    assessment: str = ""
    rungs: Mapping[str, str] | None = None
    priority_note: str = ""
    formal_ground: str = ""
    formal_last_day: date | None = None
    formal_came_on: date | None = None
    formal_helped_on: date | None = None
    principle: bool | None = None
    principle_reason: str = ""
    special_reasons: str = ""
    special_reasons_text: str = ""
    differs: str = ""
    differs_reason: str = ""
    last_report_on: date | None = None
    today: date | None = None  # the day the question is asked: a report cannot be owed before it
    repayment_clause: bool = True
    path: str = Path.DELEGATE
    urgent_reason: str = ""
    has_comparables: bool = False
    adverse_answers: frozenset[str] = frozenset()  # of the review
    blocks: frozenset[str] = frozenset()  # questions that lock the grant path
    departures: Sequence[str] = ()  # in words: which of the programme's own rules this grant departs from

    @property
    def adverse(self) -> bool:
        return self.outcome in ADVERSE


_OVERALL = re.compile(
    r"\b(?:(?:vid|efter|utifrån|enligt|genom)\s+)?(?:en\s+)?samlad\w*\s+(?:bedömning|värdering)\w*|"
    r"\bhelhetsbedömning\w*|\b(?:on\s+)?an?\s+overall\s+assessment|\ball\s+things\s+considered",
    re.IGNORECASE,
)
# Words that say the outcome, not why.
_OUTCOME_WORDS = """
ansökan ansökningen avslås avslag beviljas bifalls bifall delvis föreningen förvaltningen nämnden
stadsdelsnämnden bedömer bedömningen beslutar beslutet därför finner inte skall villkoren villkor kraven krav
uppfyller uppfylls uppfyllda bidrag bidraget stöd stödet detta denna från have that this with application
association refused granted therefore board does meet conditions decision grant
"""
_EMPTY = frozenset(_OUTCOME_WORDS.split())
_FEWEST_WORDS = 5


def only_overall(text: str) -> bool:
    """Whether the text says "an overall assessment" and nothing the reasons can be read from (HFD 2011 ref. 10)."""
    rest, found = _OVERALL.subn(" ", text)
    words = {word.lower() for word in re.findall(r"[^\W\d_]{4,}", rest)} - _EMPTY
    return bool(found) and len(words) < _FEWEST_WORDS


def _words(text: str) -> int:
    return len(re.findall(r"\w+", text))


def _lack(code: str, text: Any, place: str) -> Reason:
    return Reason(code, text, data={"field": place})


def missing(proposal: ProposalFacts) -> list[Reason]:
    """Everything the proposal still lacks, in the order of the form; empty when it can be decided."""
    chosen = []
    if not proposal.outcome:
        chosen.append(_lack("outcome", _("Choose the outcome."), "outcome"))
    if not proposal.reason_class:
        chosen.append(_lack("reason_class", _("Choose on what kind of reason the decision rests."), "reason_class"))
    always = (_texts, _principle)  # owed whatever is chosen
    parts = always if chosen else (_sum, _texts, _of_class, _special, _departing, _principle, _equal, _clauses)
    return chosen + [reason for part in parts for reason in part(proposal)]


def _sum(proposal: ProposalFacts) -> list[Reason]:
    if proposal.outcome not in GRANTING or proposal.requested is None:
        return []
    amount, asked = proposal.amount, proposal.requested
    if proposal.applied_lines is not None and proposal.applied_lines != asked:
        text: Any = _(
            "The application's lines come to %(lines)s, but %(sum)s is applied for. The letter would print both: ask "
            "the association which holds, or correct the application."
        )
        sums = {"lines": kronor(proposal.applied_lines), "sum": kronor(asked)}
        return [_lack("applied_lines", text % sums, "amount")]
    if amount is None:
        return [_lack("amount", _("Write the sum to be granted."), "amount")]
    if amount > asked:
        text = _("At most what was applied for, %(sum)s, can be granted.") % {"sum": kronor(asked)}
        return [_lack("amount_over", text, "amount")]
    if proposal.outcome == Outcome.FULL and amount != asked:
        text = _("Less than applied for is “granted in part”. Change the outcome or the sum.")
        return [_lack("amount_full", text, "amount")]
    if proposal.outcome == Outcome.PART and amount == asked:
        text = _("The whole sum is “granted”. Change the outcome or the sum.")
        return [_lack("amount_part", text, "amount")]
    if proposal.line_sum is not None and proposal.line_sum != amount:
        sums = {"lines": kronor(proposal.line_sum), "amount": kronor(amount)}
        text = _("The costs add up to %(lines)s, the sum is %(amount)s. They must agree.") % sums
        return [_lack("amount_lines", text, "amount")]
    return []


def _texts(proposal: ProposalFacts) -> list[Reason]:
    found = []
    if (proposal.adverse or proposal.outcome == Outcome.STRUCK) and _words(proposal.facts) < _FEWEST_WORDS:
        found.append(_lack("facts", _("Write the facts: what has come to light, when, from whom."), "facts"))
    if not proposal.citations:
        found.append(_lack("citations", _("Choose the rule that the decision rests on."), "citations"))
    weighed = proposal.adverse and proposal.reason_class != ReasonClass.FORMAL
    if weighed and _words(proposal.assessment) < _FEWEST_WORDS:
        text: Any = _("Write why the rule leads to this outcome in this very case.")
        found.append(_lack("assessment", text, "assessment"))
    for place, written in (("facts", proposal.facts), ("assessment", proposal.assessment)):
        if only_overall(written):
            text = _("“An overall assessment” is no reason. Write which circumstances weighed, and how.")
            found.append(_lack("only_overall", text, place))
    return found


def _of_class(proposal: ProposalFacts) -> list[Reason]:
    if proposal.reason_class == ReasonClass.FORMAL:
        return _formal(proposal)
    if proposal.outcome in (Outcome.DISMISSED, Outcome.STRUCK):
        return [_lack("dismissed_formal", _("Only formal reasons lead to that outcome."), "reason_class")]
    if not proposal.adverse:
        return []
    if proposal.reason_class == ReasonClass.CONDUCT:
        return _conduct(proposal)
    if proposal.reason_class == ReasonClass.RULE:
        return _rule(proposal)
    if _words(proposal.priority_note) < _FEWEST_WORDS:
        text: Any = _("Write the priority note: the pot, what it went to first, and why in that order.")
        return [_lack("priority_note", text, "priority_note")]
    return []


def _conduct(proposal: ProposalFacts) -> list[Reason]:
    found = []
    if not proposal.criteria:
        text: Any = _("Choose the questions of the review that the proposal rests on.")
        found.append(_lack("criteria", text, "criteria"))
    return found + _ladder(proposal)


def _ladder(proposal: ProposalFacts) -> list[Reason]:
    """Each milder step than the chosen one carries why it is not enough."""
    order, goal = list(Rung), RUNG_OF.get(Outcome(proposal.outcome))
    if goal is None:
        return []
    tried = {rung for rung, reason in (proposal.rungs or {}).items() if _words(reason) >= 2}
    lacking = [rung for rung in order[: order.index(goal)] if rung.value not in tried]
    if not lacking:
        return []
    names = ", ".join(str(rung.label).lower() for rung in lacking)
    text: Any = _("Write why a milder step is not enough: %(steps)s.") % {"steps": names}
    return [_lack("ladder", text, f"rung_{lacking[0].value}")]


def _rule(proposal: ProposalFacts) -> list[Reason]:
    found = []
    if not any(citation.get("section") and citation.get("version") for citation in proposal.citations):
        text: Any = _("Choose the published condition that is not met: with version and section.")
        found.append(_lack("rule_version", text, "citations"))
    if not proposal.facts_from:
        found.append(_lack("facts_from", _("Say where the facts come from."), "facts_from"))
    return found


def _formal(proposal: ProposalFacts) -> list[Reason]:
    last, came, helped = proposal.formal_last_day, proposal.formal_came_on, proposal.formal_helped_on
    if proposal.formal_ground == FormalGround.LATE:
        if not (last and came):
            return [_lack("formal_dates", _("Write the last day and the day it came in."), "formal_last_day")]
        if came <= last:
            return [_lack("formal_not_late", _("It came in on time by these days. Check them."), "formal_came_on")]
        return []
    if proposal.formal_ground == FormalGround.INCOMPLETE:
        if not (last and helped):
            text: Any = _("Write the day completion was asked for and its last day.")
            return [_lack("formal_dates", text, "formal_helped_on")]
        return []
    if proposal.formal_ground == FormalGround.WITHDRAWN:
        return [] if came else [_lack("formal_dates", _("Write the day the request came in."), "formal_came_on")]
    return [_lack("formal_ground", _("Choose the formal ground."), "formal_ground")]


def _special(proposal: ProposalFacts) -> list[Reason]:
    """Särskilda skäl: looked for whenever a question of the clause is adverse; found, where a block is passed."""
    content = {code for code in proposal.adverse_answers | proposal.criteria if CONTENT.match(code)}
    if not content or proposal.outcome in (Outcome.DISMISSED, Outcome.STRUCK):
        return []
    if not proposal.special_reasons or _words(proposal.special_reasons_text) < 3:
        text: Any = _("Write whether there are special reasons: distance taken, measures, a single act, long ago.")
        return [_lack("special_reasons", text, "special_reasons")]
    blocked = proposal.outcome in GRANTING and {code for code in proposal.blocks if CONTENT.match(code)}
    if blocked and proposal.special_reasons != SpecialReasons.FOUND:
        text = _("%(codes)s stops a grant unless there are special reasons.") % {"codes": ", ".join(sorted(blocked))}
        return [_lack("blocked", text, "special_reasons")]
    return []


def _departing(proposal: ProposalFacts) -> list[Reason]:
    """A grant beside the programme's own rules: special reasons in writing, which a second reader then reads."""
    if not proposal.departures:
        return []
    if proposal.special_reasons == SpecialReasons.FOUND and _words(proposal.special_reasons_text) >= 3:
        return []
    text: Any = _("%(why)s To grant all the same, write the special reasons for it.")
    return [_lack("departs", text % {"why": " ".join(proposal.departures)}, "special_reasons")]


def _principle(proposal: ProposalFacts) -> list[Reason]:
    found = []
    if proposal.outcome != Outcome.STRUCK:
        if proposal.principle is None:
            found.append(_lack("principle", _("Answer whether the case is one of principle."), "principle"))
        elif not proposal.principle_reason.strip() and (proposal.principle or proposal.adverse):
            found.append(_lack("principle_reason", _("Write a line on why, or why not."), "principle_reason"))
    if proposal.path == Path.CHAIR and not proposal.urgent_reason.strip():
        text: Any = _("Write why the board's next meeting cannot be awaited (KL 6:39).")
        found.append(_lack("urgent_reason", text, "urgent_reason"))
    return found


def _equal(proposal: ProposalFacts) -> list[Reason]:
    owed = proposal.adverse and proposal.outcome != Outcome.DISMISSED and proposal.has_comparables
    if owed and not proposal.differs:
        return [_lack("differs", _("Answer whether the proposal differs from comparable cases."), "differs")]
    if proposal.differs == Differs.YES and _words(proposal.differs_reason) < 3:
        return [_lack("differs_reason", _("Write what is different in this case."), "differs_reason")]
    return []


def _clauses(proposal: ProposalFacts) -> list[Reason]:
    if proposal.outcome not in GRANTING or proposal.requested is None:
        return []
    found = []
    if proposal.last_report_on is None:
        found.append(_lack("last_report_on", _("Write the last day for the report."), "last_report_on"))
    elif proposal.today and proposal.last_report_on <= proposal.today:
        passed: Any = _("The last day for the report has passed. Write a day that lies ahead.")
        found.append(_lack("report_passed", passed, "last_report_on"))
    if not proposal.repayment_clause:
        text: Any = _("A grant carries the clause on repayment; without it nothing can be claimed back.")
        found.append(_lack("repayment_clause", text, "repayment_clause"))
    return found


def hearing_owed(proposal: ProposalFacts) -> bool:
    """Whether facts must have been sent to the applicant first, or a waiver recorded (design: §2.4)."""
    if any(CONTENT.match(code) for code in proposal.blocks):
        return True  # whatever the reason is said to be (docs/domain.md §3)
    if not proposal.adverse:
        return False
    elsewhere = proposal.reason_class == ReasonClass.RULE and proposal.facts_from == FactSource.OTHER
    return elsewhere or proposal.reason_class == ReasonClass.CONDUCT
