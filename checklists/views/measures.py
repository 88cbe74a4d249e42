"""Pages of what is done about a doubt: put it to somebody, answer, try special reasons, consider a refusal."""

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from checklists.doubt_texts import TARGETS
from checklists.forms.measures import EscalationAnswerForm, EscalationForm, SpecialReasonsForm
from checklists.models import Escalation
from checklists.rules.definition import Subject, Target
from checklists.rules.findings import EscalationState
from checklists.rules.review import Weighed
from checklists.selectors.sheets import who
from checklists.services.answer_escalation import answer_escalation, answers_in_person
from checklists.services.consider_refusal import consider_refusal
from checklists.services.escalate_question import escalate_question
from checklists.services.record_special_reasons import record_special_reasons
from checklists.views.base import MISSING, HostedForm, HostedPage, QuestionForm
from checklists.words import words_in
from vetting.accounts.roles import Permission
from vetting.kernel.errors import NotFound


class EscalateQuestionView(QuestionForm):
    """Put the question to somebody."""

    permission = Permission.ANSWER_CHECKLIST
    title = _("Put the question to somebody")
    done = _("The question is put.")

    def form(self, data: Any = None, files: Any = None) -> EscalationForm:
        due = [
            one.to
            for one in self.sheet.escalations
            if one.question == self.about.code and one.state == EscalationState.NEEDED
        ]
        return EscalationForm(due or [Target.UNIT_HEAD], data)

    def submit(self, form: Any) -> None:
        escalate_question(
            review=self.about.review,
            question=self.about.code,
            to=Target(form.cleaned_data["to"]),
            text=form.cleaned_data["text"],
            actor=self.actor,
            case=self.host.case,
        )


class AnswerEscalationView(HostedForm):
    """Answer what was put to one, or register what somebody else answered."""

    permission = Permission.ANSWER_ESCALATION
    done = _("The answer is saved.")

    def load_more(self, escalation: uuid.UUID, **kwargs: Any) -> None:
        found = [(line, one) for line in self.sheet.lines for one in line.escalations if one.key == escalation]
        if not found:
            raise NotFound(MISSING)
        self.about = found[0][0]
        self.escalation: Escalation = found[0][1]
        self.title = _("Answer from %(whom)s") % {"whom": TARGETS[Target(self.escalation.to)]}

    def form(self, data: Any = None, files: Any = None) -> EscalationAnswerForm:
        return EscalationAnswerForm(answers_in_person(self.escalation, self.actor), data)

    def submit(self, form: Any) -> None:
        answer_escalation(
            escalation=self.escalation,
            text=form.cleaned_data["text"],
            reference=form.cleaned_data.get("reference", ""),
            actor=self.actor,
            case=self.host.case,
        )

    def context(self) -> dict[str, Any]:
        row = self.escalation
        asked = {"text": words_in(row).get("text", ""), "by": who(row), "at": row.at}
        return super().context() | {"asked": asked}


class TrySpecialReasonsView(QuestionForm):
    """Special reasons, tried by somebody with authority."""

    permission = Permission.RECORD_SPECIAL_REASONS
    title = _("Try special reasons")
    lead = _("Recorded also when none are found. A refusal is recorded in the decision, not here.")
    done = _("The trial is recorded.")

    def form(self, data: Any = None, files: Any = None) -> SpecialReasonsForm:
        return SpecialReasonsForm(data)

    def submit(self, form: Any) -> None:
        said = form.cleaned_data
        record_special_reasons(
            review=self.about.review,
            question=self.about.code,
            found=bool(said["found"]),
            text=said["text"],
            weighed=[Weighed(one) for one in said["weighed"]],
            actor=self.actor,
            case=self.host.case,
        )


class ConsiderRefusalView(HostedPage):
    """POST: a refusal is considered, or no longer; the questions about it come or go."""

    permission = Permission.ANSWER_CHECKLIST
    http_method_names = ("post",)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        considered = request.POST.get("considered") == "yes"
        for review in self.reviews:
            if review.is_open and review.template == Subject.EVENT and review.refusal_considered != considered:
                consider_refusal(review=review, actor=self.actor, considered=considered, case=self.host.case)
        return redirect(self.here())
