"""Consultations: the case's tab, the question, the answer as an officer registers it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from applications.cases.available import next_steps
from applications.cases.forms.consultation import AskConsultationForm, RegisterAnswerForm
from applications.cases.pages import CasePage, LinesPage, StepPage
from applications.cases.selectors.requests import consultations_of
from applications.cases.services.consultation import answer_consultation, ask_consultation


class ShowConsultationsView(CasePage):
    """The tab *Samråd*: what was asked of whom, and the answers."""

    template = "cases/consultations.html"
    tab = "consultations"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self.page(consultations=consultations_of(self.case), next=next_steps(self.case, self.actor))


class AskConsultationView(LinesPage, StepPage):
    action = "consult"
    tab = "consultations"
    form_class = AskConsultationForm
    template = "cases/ask_consultation.html"
    title = _("Ask for a consultation")
    done = _("The question is registered.")

    def do(self, values: dict[str, Any]) -> None:
        ask_consultation(
            case=self.case,
            asked_of=values["asked_of"],
            asked_name=values["asked_name"],
            circumstance=values["circumstance"],
            question=values["question"],
            acts=self.bound.typed_lines,
            last_day=values["last_day"],
            actor=self.actor,
            expected_version=values["version"],
            key=values["idempotency_key"],
        )


class AnswerConsultationView(StepPage):
    """An officer registers an answer that came by other ways, or ends a question nobody answered in time."""

    action = "answered"
    tab = "consultations"
    form_class = RegisterAnswerForm
    template = "cases/answer_consultation.html"
    title = _("Register the consultation's answer")
    done = _("The answer is registered.")

    def show(self, form: Any, *, status: int = 200, **context: Any) -> HttpResponse:
        asked = next((view for view in consultations_of(self.case) if view.open), None)
        return super().show(form, status=status, asked=asked, **context)

    def do(self, values: dict[str, Any]) -> None:
        answer_consultation(
            case=self.case,
            actor=self.actor,
            answer=values["answer"],
            basis=values["basis"],
            who=values["who"],
            answered_on=values["answered_on"],
            expected_version=values["version"],
            key=values["idempotency_key"],
        )

    def next_url(self) -> str:
        return reverse("show-consultations", args=[self.case.key])
