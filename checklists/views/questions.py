"""One question as the page shows it: its form where an answer is asked for, else its answer as text."""

from typing import Any

from checklists.doubt_texts import TARGETS, block_reason, reason_for
from checklists.forms.answers import AnswerForm, starting_from
from checklists.models import Escalation, Evidence
from checklists.rules.definition import Target
from checklists.rules.review import is_typed
from checklists.selectors.sheets import Line, who
from checklists.services.answer_escalation import answers_in_person, may_answer
from checklists.views.base import HostedPage
from checklists.views.cards import card_context
from checklists.words import words_in
from vetting.accounts.roles import Permission


def question_context(
    view: HostedPage, line: Line, *, edited: bool = False, form: AnswerForm | None = None
) -> dict[str, Any]:
    """`form` is bound after an error; `edited` opens an answered question's form again."""
    may = view.why_not is None and line.review.is_open
    asks = may and is_typed(line.question) and (edited or form is not None or line.has_form)
    where = {"review": line.review.key, "question": line.code}
    return {
        "line": line,
        "form": (form or AnswerForm(line, initial=starting_from(line))) if asks else None,
        "edited": edited,
        "doubts": [reason_for(one) for one in line.doubts],
        "stops": [block_reason(line.question, one) for one in line.blocks],
        "answer_url": view.to("answer-question", **where),
        "change_url": f"{view.here()}?andra={line.code}#{line.code}" if may and is_typed(line.question) else "",
        "evidence_url": view.to("add-evidence", **where) if may else "",
        "escalate_url": view.to("escalate-question", **where) if may else "",
        "completion_url": view.host.completion_url if may else "",
        "special_url": view.to("try-special-reasons", **where) if _may_try(view, line) else "",
        "cards": [_card(view, one, may) for one in line.evidence],
        "escalations": [_escalation(view, line, one) for one in line.escalations],
        "special_reasons": [
            {"row": one, "by": who(one), "text": words_in(one).get("text", "")} for one in line.special_reasons
        ],
    }


def _card(view: HostedPage, card: Evidence, may: bool) -> dict[str, Any]:
    return card_context(card, view.to("note-evidence", evidence=card.key) if may else "")


def _may_try(view: HostedPage, line: Line) -> bool:
    may = view.actor.may(Permission.RECORD_SPECIAL_REASONS, view.host.district_id)
    return bool(line.blocks) and may and line.review.is_open


def _escalation(view: HostedPage, line: Line, row: Escalation) -> dict[str, Any]:
    answer = getattr(row, "answer", None)
    if answer is not None:  # read in the question's own query
        answer.said, answer.by_name = row.answer_said, row.answer_by_name  # type: ignore[attr-defined]
    may = line.review.is_open and may_answer(row, view.actor)
    return {
        "to": TARGETS[Target(row.to)],
        "at": row.at,
        "by": who(row),
        "text": words_in(row).get("text", ""),
        "answer": words_in(answer).get("text", "") if answer else "",
        "answer_by": who(answer) if answer else "",
        "answer_at": answer.at if answer else None,
        "reference": answer.reference if answer else "",
        "in_person": answers_in_person(row, view.actor),
        "answer_url": view.to("answer-escalation", escalation=row.key) if may and answer is None else "",
    }
