"""Guards that the rows of a case's workflow name: each sees a `Move` and answers with a reason, or None.

For the rooms above: import what a row needs. All of them read the open proposal of the row's matter once per call
(`move.facts`). On a button (`data["preview"]`) they answer the same as in the executor.
"""

from datetime import date
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

from applications.decisions import selectors
from applications.decisions.choices import GRANTING, Body, Outcome, Path
from applications.decisions.freezing import is_intact
from applications.decisions.letters.templates import lacking_facts
from applications.decisions.models import DecisionTrack, Proposal
from applications.decisions.proposals import board_facts, decision_facts, proposal_facts, ruling_of
from applications.decisions.rules.board import board_missing
from applications.decisions.rules.delegation import Entry, body_may_decide, may_decide
from applications.decisions.rules.reasons import missing
from applications.decisions.subjects import described, letter_of, subject_of
from vetting.accounts.roles import Permission
from vetting.kernel.errors import Reason
from vetting.kernel.workflow import Move

_GROUPS = frozenset({"citations", "criteria", "principle"})


def _matter(move: Move) -> str:
    return move.row.matter or "main"


def proposal_on(move: Move) -> Proposal | None:
    """The open proposal on the row's matter, read once per call."""
    name = f"proposal:{_matter(move)}"
    if name not in move.facts:
        move.facts[name] = selectors.open_proposal(move.case.pk, _matter(move))
    found: Proposal | None = move.facts[name]
    return found


def item_on(move: Move) -> Any:
    """The `BoardItem` by which the case stands before a board, read once per call; or None."""
    if "board_item" not in move.facts:
        move.facts["board_item"] = selectors.open_item(move.case.pk)
    return move.facts["board_item"]


def facts_of_proposal(move: Move, proposal: Proposal) -> Any:
    """The proposal as the rules see it, read once per call."""
    if "proposal_facts" not in move.facts:
        move.facts["proposal_facts"] = proposal_facts(move.subject, proposal)
    return move.facts["proposal_facts"]


def page(name: str, case: Any, field: str = "") -> str:
    """Where what is missing can be put right."""
    try:
        url = reverse(name, args=[case.key])
    except NoReverseMatch:
        return ""
    return f"{url}#{anchor(field)}" if field else url


def _form(move: Move, field: str = "") -> str:
    """The proposal's form, for whoever may write in it; others are not led to a closed door."""
    writes = move.actor.may(Permission.WRITE_PROPOSAL, move.case.district_id)
    return page("edit-proposal", move.case, field) if writes else ""


def anchor(field: str) -> str:
    """The id a link to a field leads to: of a group its first choice."""
    return f"id_{field}_0" if field in _GROUPS else f"id_{field}"


def _no_proposal(move: Move) -> Reason:
    return Reason("no_proposal", _("Write the proposal first."), _form(move))


def proposal_drafted(move: Move) -> Reason | None:
    """A proposal with outcome and class exists: what a second reader reads beside the review."""
    proposal = proposal_on(move)
    if proposal is None or not (proposal.outcome and proposal.reason_class):
        return _no_proposal(move)
    return None


def proposal_complete(move: Move) -> Reason | None:
    """Nothing that the reason class demands is missing, and a letter can be made of it."""
    proposal = proposal_on(move)
    if proposal is None:
        return _no_proposal(move)
    lacking = missing(facts_of_proposal(move, proposal))
    if lacking:
        first = lacking[0]
        where = _form(move, str(first.data.get("field", "")))
        return Reason(first.code, first.text, where, {"all": lacking, **first.data})
    return letter_possible(move)


def letter_possible(move: Move) -> Reason | None:
    """A published letter template and the district's own facts are there: the text can be frozen whole."""
    if not _has_template(move):
        return Reason(
            "no_template", _("There is no letter template in force. A lawyer signs one, then it is published.")
        )
    lacking = lacking_facts(move.case.district)
    if lacking:
        text = _("The district has not stated what its letters need: %(what)s.") % {"what": ", ".join(lacking)}
        return Reason("letter_facts", text)
    return None


_templates_seen: set[tuple[int, str, date]] = set()


def _has_template(move: Move) -> bool:
    """Whether a template is in force. A button remembers one seen today; the step itself always asks."""
    proposal = proposal_on(move)
    code = letter_of(move.case, proposal.outcome if proposal else "")
    key = (move.case.district_id, code, move.today)
    if move.data.get("preview") and key in _templates_seen:
        return True
    found = selectors.template_on(*key) is not None
    if found:
        if len(_templates_seen) > 1_000:
            _templates_seen.clear()
        _templates_seen.add(key)
    return found


def _outcome_is(move: Move, outcomes: frozenset[str], text: Any) -> Reason | None:
    proposal = proposal_on(move)
    if proposal is None:
        return _no_proposal(move)
    if proposal.outcome in outcomes:
        return None
    return Reason("other_outcome", text, _form(move, "outcome"))


def proposal_grants(move: Move) -> Reason | None:
    return _outcome_is(move, frozenset(GRANTING), _("The proposal is not to grant."))


def proposal_refuses(move: Move) -> Reason | None:
    return _outcome_is(move, frozenset({Outcome.REFUSED}), _("The proposal is not to refuse."))


def proposal_dismisses(move: Move) -> Reason | None:
    return _outcome_is(move, frozenset({Outcome.DISMISSED}), _("The proposal is not to dismiss."))


def goes_to_board(move: Move) -> Reason | None:
    """The proposal says that the board decides; otherwise whoever the delegation names does."""
    proposal = proposal_on(move)
    if proposal is None:
        return _no_proposal(move)
    if proposal.path == Path.BOARD:
        return None
    text = _("The proposal says that somebody else decides. Choose the board there first.")
    return Reason("not_for_board", text, _form(move, "path"))


def decider_allowed(move: Move) -> Reason | None:
    """The delegation empowers this person for this proposal; leaves the row in `move.facts["delegation"]`."""
    proposal = proposal_on(move)
    if proposal is None:
        return _no_proposal(move)
    if proposal.path == Path.BOARD:
        return Reason(
            "board_decides",
            _("The proposal goes to the board. Send it there, or change who is to decide."),
            _form(move, "path"),
        )
    answer = delegation_answer(move, proposal)
    if isinstance(answer, Reason):
        return answer
    move.facts["delegation"] = answer
    return None


def delegation_answer(move: Move, proposal: Proposal) -> Reason | Entry:
    """What the table in force today says of this actor and proposal."""
    _version, table = selectors.table_on(move.case.district_id, move.today)
    urgent = proposal.path == Path.CHAIR
    meeting = selectors.next_board_meeting(move.case.district_id, move.today) if urgent else None
    facts = decision_facts(
        move.case,
        proposal,
        described(move.subject),
        actor=move.actor.reference,
        on=move.today,
        next_meeting=meeting.date if meeting else None,
    )
    roles = {role.value for role in move.actor.roles_in(move.case.district_id)}
    return may_decide(facts, roles, table)


def board_outcome_registered(move: Move) -> Reason | None:
    """The secretary has registered what the board decided, whole, and the body was allowed to decide it."""
    item = item_on(move)
    if item is None:
        return Reason("no_item", _("The case stands on no meeting's list."), page("send-to-board", move.case))
    about = described(move.subject)
    where = page("register-board-decision", move.case)
    lacking = board_missing(board_facts(item, item.proposal, about))
    if lacking:
        return Reason(lacking[0].code, lacking[0].text, where, {"all": lacking, **lacking[0].data})
    ruling = ruling_of(item.proposal, item, about)
    if subject_of(move.case).actions.get(ruling.outcome) != move.row.action:
        return Reason("other_outcome", _("The board decided otherwise."), where)
    if item.meeting.body != Body.BOARD and (reason := _body_against(move, item, about, ruling)):
        return reason
    return letter_possible(move)


def _body_against(move: Move, item: Any, about: Any, ruling: Any) -> Reason | None:
    _version, table = selectors.table_on(move.case.district_id, move.today)
    facts = decision_facts(
        move.case, item.proposal, about, actor=move.actor.reference, on=item.meeting.date, ruling=ruling
    )
    answer = body_may_decide(facts, item.meeting.body, table)
    if isinstance(answer, Reason):
        return answer
    move.facts["delegation"] = answer
    return None


def reasons_frozen(move: Move) -> Reason | None:
    """A decision is recorded on the matter, and its frozen text still gives its hash."""
    track = selectors.in_force(move.case.pk, _matter(move))
    if track is None:
        return Reason("no_decision", _("No decision is recorded yet."))
    if not is_intact(track.decision):
        return Reason(
            "not_frozen", _("The frozen text of the decision does not match its checksum. Call system support.")
        )
    return None


def _newest(move: Move) -> DecisionTrack | None:
    """The newest decision's track on the row's matter, read once per call."""
    name = f"track:{_matter(move)}"
    if name not in move.facts:
        move.facts[name] = selectors.newest_track(move.case.pk, _matter(move))
    found: DecisionTrack | None = move.facts[name]
    return found


def decision_final(move: Move) -> Reason | None:
    """The newest decision on the matter has legal force, or nobody can appeal a writing off at own request."""
    track = _newest(move)
    if track is None:
        return Reason("no_decision", _("No decision is recorded yet."))
    if track.state == "final" or track.decision.outcome == Outcome.STRUCK:
        return None
    text = _("The decision does not have legal force yet. The registrar confirms it.")
    return Reason("not_final", text, page("show-decisions", move.case))


def decision_annulled(move: Move) -> Reason | None:
    """A court has annulled the newest decision on the matter."""
    track = _newest(move)
    if track is not None and track.state == "annulled":
        return None
    return Reason("not_annulled", _("No court has annulled the decision."), page("show-decisions", move.case))


board_decided = board_outcome_registered
