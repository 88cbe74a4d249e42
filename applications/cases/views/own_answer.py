"""The coordinator's and the lawyer's minimal pages: association, circumstance, acts, sources, question."""

import uuid
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from applications.cases.forms.consultation import GiveAnswerForm
from applications.cases.models import JavAnswer
from applications.cases.selectors.requests import ConsultationView, one_put_to, put_to
from applications.cases.services.consultation import answer_consultation
from applications.cases.services.jav import declare_jav
from vetting.accounts.form_page import FormPage
from vetting.accounts.pages import Page
from vetting.accounts.roles import Permission
from vetting.kernel.errors import NotFound


class ShowMyConsultationsView(Page):
    """What is asked of the person's role, open questions first."""

    permission = Permission.ANSWER_CONSULTATION

    def get(self, request: HttpRequest) -> HttpResponse:
        views = put_to(self.actor)
        context = {"waiting": [v for v in views if v.open], "answered": [v for v in views if not v.open]}
        return render(request, "cases/my_consultations.html", context)


class GiveAnswerView(FormPage):
    """One question, and the person's own answer to it. The declaration on jäv is part of the same form."""

    permission = Permission.ANSWER_CONSULTATION
    template = "cases/give_answer.html"
    form_class = GiveAnswerForm

    def load(self, key: uuid.UUID, **kwargs: Any) -> None:
        found = one_put_to(self.actor, key)
        if found is None:
            raise NotFound(_("There is no such question, or it was put to somebody else."))
        self.asked: ConsultationView = found

    def submit(self, form: Any) -> None:
        """Declaration and answer, both or neither; who steps out gives no answer."""
        values, case = form.cleaned_data, self.asked.consultation.case
        key = values["idempotency_key"]
        with transaction.atomic():
            declare_jav(case=case, actor=self.actor, answer=values["jav"], reason=values["reason"], key=key)
            if values["jav"] == JavAnswer.YES:
                self.done = _("You have stepped out. The officer is told in the case's history and asks somebody else.")
                return
            answer_consultation(
                case=case,
                actor=self.actor,
                answer=values["answer"],
                basis=values["basis"],
                own=True,
                key=key,
            )
        self.done = _("Your answer is sent to the officer.")

    def done_url(self) -> str:
        return reverse("show-my-consultations")

    def context(self) -> dict[str, Any]:
        return {"asked": self.asked, "title": _("Answer a question")}
