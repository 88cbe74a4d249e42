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

    def submit(self, form: Any) -> None:
        values = form.cleaned_data
        ask_consultation(
            case=self.case,
            asked_of=values["asked_of"],
            asked_name=values["asked_name"],
            circumstance=values["circumstance"],
            question=values["question"],
            acts=form.typed_lines,
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

    def context(self) -> dict[str, Any]:
        asked = next((view for view in consultations_of(self.case) if view.open), None)
        return super().context() | {"asked": asked}

    def submit(self, form: Any) -> None:
        values = form.cleaned_data
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

    def done_url(self) -> str:
        return reverse("show-consultations", args=[self.case.key])
