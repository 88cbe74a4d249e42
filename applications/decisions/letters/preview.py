"""The letter as it would be today, from a proposal that may lack anything; and what changed since it was saved."""

from datetime import date
from typing import Any

from applications.decisions import selectors
from applications.decisions.choices import Outcome, Path
from applications.decisions.letters.compose import Document, Signer, compose
from applications.decisions.letters.reading import board_signer, letter_facts
from applications.decisions.letters.templates import lacking_facts
from applications.decisions.models import Proposal
from applications.decisions.proposals import decision_facts
from applications.decisions.subjects import Described, letter_of


def preview(case: Any, proposal: Proposal, about: Described, *, on: date) -> Document | None:
    """The document, or None while there is no outcome, no template in force or no facts of the district."""
    template = selectors.template_on(case.district_id, letter_of(case, proposal.outcome), on)
    if template is None or proposal.outcome not in Outcome.values or lacking_facts(case.district):
        return None
    item = selectors.open_item(case.pk) if proposal.pk else None
    signer = board_signer(item, case.district.board_name) if item else _signer(case, proposal, about, on)
    facts = letter_facts(
        case=case, proposal=proposal, about=about, on=on, signer=signer, item=item, is_example=template.is_example
    )
    return compose(facts, template.content) if facts.outcome else None  # the board's own may be said but half


def _signer(case: Any, proposal: Proposal, about: Described, on: date) -> Signer:
    """Who would sign: the first that the delegation names for it; at the board its next meeting."""
    if proposal.path == Path.BOARD:
        meeting = selectors.next_board_meeting(case.district_id, on)
        return Signer(name=case.district.board_name, meeting=meeting.date if meeting else None, paragraph="…")
    _version, table = selectors.table_on(case.district_id, on)
    facts = decision_facts(case, proposal, about, actor="", on=on)
    row = next((row for row in table if row.covers(facts) and (row.role or row.person)), None)
    if row is None:
        return Signer(name="…", rule="…")
    return Signer(name="", title=row.who.capitalize(), rule=row.rule, reported=row.reported)


def marked(document: Document, saved: Document | None) -> Document:
    """The document with each line of its sections as `{text, changed}`: changed where the saved letter lacks it."""
    known = {line for section in (saved or document)["sections"] for part in section["parts"] for line in _flat(part)}
    sections = []
    for section in document["sections"]:
        parts = []
        for part in section["parts"]:
            lines = [{"text": line, "changed": _key(line) not in known} for line in part["lines"]]
            parts.append(part | {"lines": lines})
        sections.append(section | {"parts": parts})
    return document | {"sections": sections}


def _flat(part: dict[str, Any]) -> list[str]:
    return [_key(line) for line in part["lines"]]


def _key(line: Any) -> str:
    return line if isinstance(line, str) else ": ".join(line)
