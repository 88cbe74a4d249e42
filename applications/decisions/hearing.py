"""Whether the applicant was heard before a decision goes against it (design: §2.4; docs/domain.md §3, §4.1, §8.1).

Asked of the proposal before it goes on, and again of what the board decided: the board may decide otherwise than
proposed, and facts may have been added since.
"""

from dataclasses import replace
from typing import Any

from django.utils.translation import gettext_lazy as _

from applications.cases.models import Hearing
from applications.cases.rules import hearing_missing
from applications.cases.suggestions import Fact, speaking_against
from applications.decisions import guards
from applications.decisions.choices import ADVERSE
from applications.decisions.proposals import proposal_facts, ruling_of
from applications.decisions.rules.reasons import hearing_owed
from applications.decisions.subjects import described
from vetting.kernel.errors import Reason
from vetting.kernel.workflow import Move


def heard_if_owed(move: Move) -> Reason | None:
    """Facts that did not come from the applicant have been sent to it, each of them, or a waiver is recorded."""
    proposal = guards.proposal_on(move)
    if proposal is None or not hearing_owed(guards.facts_of_proposal(move, proposal)):
        return None
    return _missing(move, proposal.outcome, proposal.criteria)


def heard_before_board(move: Move) -> Reason | None:
    """The same of what the board decided, in its own words where it departed from the proposal."""
    item = guards.item_on(move)
    if item is None:
        return None  # another guard says so
    ruling = ruling_of(item.proposal, item, described(move.subject))
    facts = replace(
        proposal_facts(move.subject, item.proposal), outcome=ruling.outcome, reason_class=ruling.reason_class
    )
    if not hearing_owed(facts):
        return None
    return _missing(move, ruling.outcome, item.proposal.criteria)


def _missing(move: Move, outcome: str, criteria: list[str]) -> Reason | None:
    if reason := hearing_missing(move, adverse=outcome in ADVERSE):
        return reason
    if move.data.get("preview"):
        return None  # which facts are new is asked when the step is taken
    new = [fact for fact in speaking_against(move.subject) if _weighs(fact, criteria) and not _waived(move, fact)]
    if not new:
        return None
    questions = ", ".join(dict.fromkeys(fact.question for fact in new if fact.question))
    text = _("Facts came after the hearing (%(questions)s). They are sent to the applicant first, or waived.")
    return Reason("new_facts", text % {"questions": questions or len(new)}, guards.page("start-hearing", move.case))


def _weighs(fact: Fact, criteria: list[str]) -> bool:
    """Only what the decision rests on must be heard; a proposal that names no question rests on all of them."""
    return not criteria or not fact.question or fact.question in criteria


def _waived(move: Move, fact: Fact) -> bool:
    """Whether a waiver was recorded after the fact was known."""
    if "waived_at" not in move.facts:
        waived = Hearing.objects.filter(case_id=move.case.pk, ended_as=Hearing.Ended.WAIVED)
        move.facts["waived_at"] = waived.order_by("-id").values_list("ended_at", flat=True).first()
    at: Any = move.facts["waived_at"]
    return at is not None and (fact.at is None or fact.at <= at)
