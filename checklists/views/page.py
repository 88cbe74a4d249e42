"""The review page (docs: ui.md, Review): questions by section, and beside them what is open."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from checklists.doubt_texts import SECOND_READINGS, block_reason, escalation_reason, lack
from checklists.forms.answers import AnswerForm
from checklists.hosts import reasons_against
from checklists.models import ChecklistVersion
from checklists.rules.definition import Lane, Subject
from checklists.rules.findings import Doubt, EscalationState
from checklists.selectors.sheets import Line, SectionSheet, Sheet, order
from checklists.views.base import HostedPage
from checklists.views.questions import question_context
from vetting.accounts.roles import Permission


class ShowReviewView(HostedPage):
    """GET: the whole review. `?andra=A4` opens an answered question's form again."""

    http_method_names = ("get", "head", "options")

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        edited = request.GET.get("andra", "")
        return render(request, "checklists/review.html", self.frame() | review_context(self, self.sheet, edited))


def review_context(view: HostedPage, sheet: Sheet, edited: str = "", form: AnswerForm | None = None) -> dict[str, Any]:
    """What the page shows. `form` is the bound form of the question `edited`, after an error."""
    sections = [_section(view, one, edited, form) for one in sheet.sections]
    return {"sheet": sheet, "sections": sections, "summary": summary_context(view, sheet), "form": form}


def _section(view: HostedPage, sheet: SectionSheet, edited: str, form: AnswerForm | None) -> dict[str, Any]:
    """The finished and ordinary folded away; the rest in order, with a kept place for what is not asked now."""
    folded = [line for line in sheet.lines if line.is_plain and line.code != edited]
    blocks = {
        line.code: question_context(view, line, edited=line.code == edited, form=form if line.code == edited else None)
        for line in sheet.lines
        if line not in folded
    }
    places = sorted([*blocks, *sheet.dormant], key=order)
    return {
        "sheet": sheet,
        "entries": [{"code": code, "block": blocks.get(code)} for code in places],
        "folded": [question_context(view, line) for line in folded],
        "confirm_url": f"{view.to('confirm-answers')}?avsnitt={sheet.section.code}"
        if sheet.bulk and view.why_not is None
        else "",
    }


def summary_context(view: HostedPage, sheet: Sheet) -> dict[str, Any]:
    """The sticky summary: the map, what hinders, what stops, who must see it, and what comes next."""
    may = view.why_not is None
    first_open = next((line.code for line in sheet.lines if line.has_form), "")
    readings = {one for said in sheet.verdicts for one in said.second_reading}
    bulk = sum(len(section.bulk) for section in sheet.sections) if may else 0
    done = may and sheet.complete
    return {
        "versions": _versions(sheet),
        "done": sheet.done,
        "total": len(sheet.lines),
        "squares": [_square(line) for line in sheet.lines],
        "next_url": f"#{first_open}" if may and first_open else "",
        "hinders": _hinders(sheet),
        "stops": [block_reason(line.question, block) for line in sheet.lines for block in line.blocks],
        "asks": [escalation_reason(due) for due in sheet.escalations if due.state != EscalationState.ANSWERED],
        "readings": [str(words) for one, words in SECOND_READINGS.items() if one in readings],
        "in_depth": any(review.lane == Lane.IN_DEPTH for review in sheet.reviews),
        "bulk": bulk,
        "bulk_url": view.to("confirm-answers"),
        "complete": sheet.complete,
        "is_open": sheet.is_open,
        "why_not": view.why_not,
        "complete_url": view.to("complete-review") if done and not view.host.next_url else "",
        "next_step_url": view.host.next_url if done else "",
        "refusal_url": view.to("consider-refusal") if may and _is_about_event(sheet) else "",
        "refusal_considered": any(review.refusal_considered for review in sheet.reviews),
        "reopen_url": view.to("reopen-review") if _may_reopen(view, sheet) else "",
        "lane_url": view.host.lane_url if view.actor.may(Permission.CHANGE_LANE, view.host.district_id) else "",
    }


def _versions(sheet: Sheet) -> list[ChecklistVersion]:
    """The versions in use; those with the same number and day are named once."""
    return list({(one.version.number, one.version.valid_from): one.version for one in sheet.reviews}.values())


def _hinders(sheet: Sheet) -> list[dict[str, Any]]:
    """What keeps the review from being complete: questions with the same lack in one line."""
    found: dict[tuple[Doubt, str], list[str]] = {}
    for one in sheet.open:
        found.setdefault((one.doubt, one.about), []).append(one.question)
    return [
        {"questions": questions, "words": lack(doubt, about, len(questions))}
        for (doubt, about), questions in found.items()
    ]


def _square(line: Line) -> dict[str, str]:
    return {"code": line.code, "number": line.code.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ"), "status": line.mark.value}


def _is_about_event(sheet: Sheet) -> bool:
    return any(review.is_open and review.template == Subject.EVENT for review in sheet.reviews)


def _may_reopen(view: HostedPage, sheet: Sheet) -> bool:
    signed = bool(sheet.reviews) and not sheet.is_open
    if not signed or not view.actor.may(Permission.REOPEN_REVIEW, view.host.district_id):
        return False
    return not any(reasons_against(one, view.actor, "review.reopened") for one in sheet.reviews)
