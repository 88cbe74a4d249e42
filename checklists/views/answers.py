"""Answering one question, on its page or in place (htmx), and confirming several suggestions."""

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from checklists.forms.answers import AnswerForm, ConfirmForm
from checklists.labels import VALUES
from checklists.rules.definition import LookedAt, Value
from checklists.selectors.sheets import Line, SectionSheet, Sheet
from checklists.services.answer_question import answer_question
from checklists.services.confirm_answers import Listed, confirm_answers
from checklists.views.base import HostedForm, HostedPage, is_htmx
from checklists.views.page import review_context, summary_context
from checklists.views.questions import question_context
from vetting.accounts.form_page import key_of, problem
from vetting.accounts.roles import Permission
from vetting.kernel.errors import DomainError, Stale


class AnswerQuestionView(HostedPage):
    """POST: one answer. Without script the whole page answers; with htmx the question and what it changed."""

    post_permission = Permission.ANSWER_CHECKLIST
    http_method_names = ("post",)

    def load_more(self, review: uuid.UUID, question: str, **kwargs: Any) -> None:
        self.before = self.line(review, question)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = AnswerForm(self.before, request.POST)
        if not form.is_valid():
            return self.again(self.before, form)
        try:
            self.save(form.cleaned_data)
        except Stale as error:
            return self.conflict(form, error)
        except DomainError as error:
            problem(form, error)
            return self.again(self.before, form)
        sheet = self.read_sheet()
        if is_htmx(request):
            return self.fragments(sheet)
        following = next((line.code for line in sheet.lines if line.has_form), self.before.code)
        return redirect(self.here(following))

    def save(self, said: dict[str, Any]) -> None:
        answer_question(
            review=self.before.review,
            question=self.before.code,
            value=Value(said["answer"]),
            own_words=said["own_words"],
            circumstances=said.get("circumstances", ()),
            looked_at=[LookedAt(one) for one in said.get("looked_at", ())],
            supersedes=said["supersedes"],
            actor=self.actor,
            key=said["idempotency_key"],
            case=self.host.case,
        )

    def again(self, line: Line, form: AnswerForm, conflict: dict[str, Any] | None = None) -> HttpResponse:
        """The question with what is wrong and what was typed; the rest of the page stays as it is."""
        status = 409 if conflict else 422
        if is_htmx(self.request):
            context = question_context(self, line, edited=True, form=form)
            return render(
                self.request,
                "checklists/_question.html",
                {"block": context, "in_place": True, "conflict": conflict},
                status=status,
            )
        context = review_context(self, self.sheet, line.code, form) | {"conflict": conflict, "has_errors": True}
        return render(self.request, "checklists/review.html", self.frame() | context, status=status)

    def conflict(self, form: AnswerForm, error: Stale) -> HttpResponse:
        """Both texts, and the form with the person's own, made from the answer that stands now."""
        self.sheet = self.read_sheet()
        line = self.sheet.line(self.before.code) or self.before
        theirs, yours = error.data["theirs"], error.data["yours"]
        differences = [
            (_("Answer"), _value(yours["value"]), _value(theirs["value"])),
            (_("Reason in your own words"), yours["own_words"] or "–", theirs["own_words"] or "–"),
        ]
        data = self.request.POST.copy()
        data["supersedes"] = error.data["current"]
        data["idempotency_key"] = str(uuid.uuid4())
        return self.again(line, AnswerForm(line, data), {"stale": error.text, "differences": differences})

    def fragments(self, sheet: Sheet) -> HttpResponse:
        """The question, and out of band: the summary, the section heads, and the questions the answer changed."""
        earlier = {line.code: line for line in self.sheet.lines}
        changed = [
            line
            for line in sheet.lines
            if line.code != self.before.code
            and (line.code not in earlier or (line.doubts != earlier[line.code].doubts and line.current))
        ]
        gone = [code for code in earlier if sheet.line(code) is None]
        self.sheet = sheet
        line = sheet.line(self.before.code) or self.before
        context = {
            "block": question_context(self, line),
            "changed": [question_context(self, one) for one in changed],
            "gone": gone,
            "sections": sheet.sections,
            "summary": summary_context(self, sheet),
            "view": self,
        }
        return render(self.request, "checklists/_answered.html", context)


def _value(value: str) -> str:
    return str(VALUES[Value(value)]) if value else "–"


class ConfirmAnswersView(HostedForm):
    """Each suggestion listed with its source, then stored as this person's answers. `?avsnitt=` limits to a section."""

    permission = Permission.ANSWER_CHECKLIST
    template = "checklists/confirm.html"

    @property
    def sections(self) -> list[SectionSheet]:
        wanted = self.request.GET.get("avsnitt", "")
        return [one for one in self.sheet.sections if one.bulk and wanted in ("", one.section.code)]

    def form(self, data: Any = None, files: Any = None) -> ConfirmForm:
        return ConfirmForm([line for section in self.sections for line in section.bulk], data)

    def submit(self, form: Any) -> None:
        stored = confirm_answers(
            listed=self.listed(),
            actor=self.actor,
            looked_at=[LookedAt(one) for one in form.cleaned_data.get("looked_at", ())],
            key=key_of(form),
            case=self.host.case,
        )
        said = ngettext("%(number)d answer is confirmed.", "%(number)d answers are confirmed.", len(stored))
        self.done = said % {"number": len(stored)}

    def listed(self) -> list[Listed]:
        """What was on the page when it was read: the posted keys, by review and question."""
        found = []
        for review in self.reviews:
            shown: dict[str, uuid.UUID] = {}
            for name, value in self.request.POST.items():
                prefix, _sep, code = name.partition(":")
                if prefix == str(review.key):
                    shown[code] = _key(str(value))
            if shown:
                found.append(Listed(review, shown))
        return found

    def reload(self) -> None:
        self.sheet = self.read_sheet()

    def context(self) -> dict[str, Any]:
        return super().context() | {"sections": self.sections, "why_not": self.why_not}


def _key(value: str) -> uuid.UUID:
    try:
        return uuid.UUID(value)
    except ValueError:
        return uuid.UUID(int=0)  # no suggestion has this key: the answer says that the list changed
