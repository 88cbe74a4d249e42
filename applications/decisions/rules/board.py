"""What a registered board outcome lacks before it can be recorded as a decision (docs/domain.md §4.2)."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from applications.decisions.choices import ADVERSE, DECIDING, GRANTING, BoardOutcome, Outcome
from applications.decisions.rules.reasons import only_overall
from vetting.kernel.errors import Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardFacts:
    """The item, and the proposal the board had before it. Sums in kr."""

    outcome: str
    paragraph: str
    own_outcome: str
    own_reason_class: str
    own_amount: Decimal | None
    own_text: str
    proposed_outcome: str
    proposed_amount: Decimal | None
    requested: Decimal | None
    same_text: bool  # the proposal still reads as it did when it was sent


def decided_outcome(item: BoardFacts) -> str:
    """What the board decided in the matter; empty when it decided nothing in it."""
    if item.outcome == BoardOutcome.AS_PROPOSED:
        return item.proposed_outcome
    if item.outcome == BoardOutcome.REFUSED:
        return Outcome.REFUSED
    return item.own_outcome if item.outcome == BoardOutcome.CHANGED else ""


def _lack(code: str, text: Any, place: str) -> Reason:
    return Reason(code, text, data={"field": place})


def board_missing(item: BoardFacts) -> list[Reason]:
    """Everything that is missing before the outcome can be recorded; empty when it can."""
    if item.outcome not in DECIDING:
        return [_lack("no_outcome", _("Register what the board decided first."), "outcome")]
    found = []
    if not item.paragraph.strip():
        found.append(_lack("paragraph", _("Write the paragraph (§) of the minutes."), "paragraph"))
    if item.outcome == BoardOutcome.AS_PROPOSED:
        if not item.same_text:
            text = _("The proposal was changed after it was sent. The board has not seen this text.")
            found.append(_lack("text_changed", text, "outcome"))
        return found
    outcome = decided_outcome(item)
    if not outcome:
        return [*found, _lack("own_outcome", _("Choose what the board decided instead."), "own_outcome")]
    found += _own_sum(item, outcome)
    if outcome in ADVERSE and not item.own_text.strip():
        text = _(
            "The board went against the applicant without reasons of its own in the minutes. No letter can be made "
            "until they stand here: warn the chair and the lawyer before the minutes are approved."
        )
        found.append(_lack("board_reasons", text, "own_text"))
    if only_overall(item.own_text):
        text = _("“An overall assessment” is no reason. Write which circumstances weighed, as the minutes say.")
        found.append(_lack("only_overall", text, "own_text"))
    if not item.own_reason_class:
        text = _("Choose on what kind of reason the board's decision rests.")
        found.append(_lack("own_reason_class", text, "own_reason_class"))
    return found


def _own_sum(item: BoardFacts, outcome: str) -> list[Reason]:
    if outcome not in GRANTING or item.requested is None:
        return []
    amount = item.own_amount
    if amount is None:
        return [_lack("own_amount", _("Write the sum the board granted."), "own_amount")]
    if amount > item.requested:
        return [_lack("own_amount_over", _("The board cannot grant more than was applied for."), "own_amount")]
    if (outcome == Outcome.FULL) != (amount == item.requested):
        text = _("Sum and outcome do not agree: the whole sum is “granted”, less is “granted in part”.")
        return [_lack("own_amount_outcome", text, "own_amount")]
    return []
