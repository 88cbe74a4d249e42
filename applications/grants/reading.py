"""Whether a second person reads the review before the proposal: the programme's rule (docs/domain.md §8.1, §6.2 F3).

The draw's seed is made once per case and kept, so that the draw can be redone by an auditor.
"""

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from applications.associations.choices import LegalForm
from applications.decisions.choices import ADVERSE, GRANTING
from applications.decisions.guards import proposal_on
from applications.decisions.subjects import described
from applications.grants.late import lateness_of
from applications.grants.other_cases import granted_before
from applications.grants.programmes.rules.second_reader import (
    ReadingFacts,
    SecondReading,
    needs_second_reader,
    new_seed,
)
from applications.grants.programmes.terms.stored import terms_of
from applications.grants.review_cycle import verdicts_on
from checklists.rules.findings import SecondReading as Because
from vetting.kernel.errors import Reason
from vetting.kernel.workflow import Move


def reader_rule(move: Move) -> None:
    """Guard of `submit_review` that never refuses: computes whether a reader is asked, for the step and its effect."""
    if move.data.get("preview"):
        return
    case = move.subject
    seed = case.readings.values_list("seed", flat=True).first() or new_seed()
    rule = terms_of(case.round.programme_version).handling.second_reader
    answer = needs_second_reader(facts_of(move), rule, seed)
    move.facts["reading"] = answer
    move.facts["next_state"] = "second_reading" if answer.needed else "proposed"


def store_reading(move: Move) -> None:
    """Effect `grant.reading_stored`: what the answer rested on, with the seed; and who prepared the review."""
    answer: SecondReading = move.facts["reading"]
    because = [str(reason) for reason in answer.always]
    because += ["over_kr"] if answer.over_kr else []
    because += ["drawn"] if answer.drawn else []
    proposal = proposal_on(move)
    move.subject.readings.create(
        asked=answer.needed,
        because=because,
        seed=answer.seed,
        draw=answer.draw_percent,
        outcome=proposal.outcome if proposal else "",
        reason_class=proposal.reason_class if proposal else "",
        amount=proposal.amount if proposal else None,
        at=move.at,
    )
    type(move.subject).objects.filter(pk=move.subject.pk).update(preparer_id=move.actor.user_id)


def reading_holds(move: Move) -> Reason | None:
    """What goes on to a decision is what the rule was applied to, and what the second reader read.

    A proposal may be worked on after the review; one whose outcome, kind of reason or sum is another goes back. Asked
    only when the step is taken, not when its button is shown.
    """
    if move.data.get("preview"):
        return None
    proposal, last = proposal_on(move), move.subject.readings.order_by("-id").first()
    if proposal is None or last is None:
        return None  # other guards say what is missing
    if (proposal.outcome, proposal.reason_class, proposal.amount) == (last.outcome, last.reason_class, last.amount):
        return None
    rule = terms_of(move.subject.round.programme_version).handling.second_reader
    if not last.asked and not needs_second_reader(facts_of(move), rule, last.seed).needed:
        return None
    return Reason(
        "reading_owed",
        _("Outcome, reason or sum was changed after the review. Send the proposal back, so that it is read again."),
    )


def facts_of(move: Move) -> ReadingFacts:
    """The case as the programme's rule sees it when the review is submitted."""
    case = move.subject
    proposal = proposal_on(move)
    verdicts = verdicts_on(move)
    reasons = {reason for one in verdicts for reason in one.second_reading}
    outcome = getattr(proposal, "outcome", "")
    amount = getattr(proposal, "amount", None) or case.applied_amount or Decimal(0)
    beside_the_rules = outcome in GRANTING and bool(described(case).departures(amount))
    return ReadingFacts(
        case_key=str(case.key),
        amount_kr=amount,
        adverse=outcome in ADVERSE or Because.STOP_OF_PRINCIPLE in reasons,
        special_reasons=Because.SPECIAL_REASONS in reasons or beside_the_rules,
        in_depth=Because.IN_DEPTH in reasons or case.lanes.exists(),
        changed_giro=giro_changed(case),
        first_time=not granted_before(case).exists(),
        late=lateness_of(case).is_late,
        foundation=case.association.legal_form == LegalForm.FOUNDATION,
    )


def giro_changed(case: Any) -> bool:
    """An account waits for a second person: it was changed since it was last confirmed (docs/domain.md §6.2 F9)."""
    return bool(case.association.giro_accounts.filter(confirmed_at__isnull=True, ended_at__isnull=True).exists())
