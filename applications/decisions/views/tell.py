"""What several pages tell: who may decide, the mirror of comparable cases, what differs between two texts."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _

from applications.decisions import selectors
from applications.decisions.choices import DelegateKind, Path, ReasonClass
from applications.decisions.guards import anchor
from applications.decisions.models import Proposal
from applications.decisions.proposals import decision_facts
from applications.decisions.rules.delegation import Entry, may_decide
from applications.decisions.subjects import Described, subject_of
from vetting.kernel import clock
from vetting.kernel.errors import Reason
from vetting.kernel.text import kronor, number, tongue


def who_decides(case: Any, proposal: Proposal | None, about: Described) -> list[dict[str, Any]]:
    """Whom the delegation names for this proposal, and how far it reaches: `{who, text}`."""
    if proposal is None or not proposal.outcome:
        return []
    if proposal.path == Path.BOARD:
        return [{"who": case.district.board_name, "text": _("The board decides.")}]
    today = clock.today()
    _version, table = selectors.table_on(case.district_id, today)
    meeting = selectors.next_board_meeting(case.district_id, today)
    facts = decision_facts(case, proposal, about, actor="", on=today, next_meeting=meeting.date if meeting else None)
    by_chair = proposal.path == Path.CHAIR
    rows = [row for row in table if row.role and (row.delegate == DelegateKind.CHAIR_URGENT) == by_chair]
    told: dict[str, list[str]] = {}
    for role in dict.fromkeys(row.role for row in rows if by_chair or row.covers(facts)):
        answer = may_decide(facts, [role], table)
        who = next(row.who for row in rows if row.role == role)
        told.setdefault(str(answer) if isinstance(answer, Reason) else _reach(answer), []).append(who)
    return [{"who": ", ".join(names), "text": text} for text, names in told.items()]


def _reach(entry: Entry) -> str:
    if entry.ceiling is None:
        return _("May decide, delegation %(rule)s.") % {"rule": entry.rule}
    return _("May decide up to %(sum)s, delegation %(rule)s.") % {"sum": kronor(entry.ceiling), "rule": entry.rule}


def with_places(reasons: Sequence[Reason], url: str = "") -> list[Reason]:
    """Reasons that lead to their field of the proposal's form, here or at `url`."""
    return [replace(reason, url=f"{url}#{anchor(str(reason.data['field']))}") for reason in reasons]


def mirror(case: Any, proposal: Proposal | None) -> list[dict[str, Any]]:
    """The newest ten decided cases alike, names hidden: year, in what alike, outcome, ground, deduction."""
    rows = []
    for place, one in enumerate(subject_of(case).comparables(case, proposal), 1):
        ground = ReasonClass(one.ground).label if one.ground in ReasonClass.values else one.ground
        rows.append(
            {
                "name": _("Association %(number)s, %(year)s") % {"number": place, "year": one.year},
                "alike": one.alike_en if tongue() == "en" else one.alike_sv,
                "outcome": one.outcome,
                "ground": ground,
                "deduction": _deduction(one),
            }
        )
    return rows


def _deduction(one: Any) -> str:
    if not one.requested:
        return ""
    cut = (one.requested - (one.amount or 0)) * 100 / one.requested
    return f"{number(round(cut))}\u00a0%"


def differences(mine: Mapping[str, Any], theirs: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The written parts in which two versions differ, the other's text beside one's own."""
    from applications.decisions.forms.proposal import ProposalForm  # its labels are the words people know

    found = []
    for name, value in theirs.items():
        field = ProposalForm.base_fields.get(name)
        if field is not None and isinstance(value, str) and value != mine.get(name):
            found.append({"label": field.label, "theirs": value, "mine": mine.get(name)})
    return found
