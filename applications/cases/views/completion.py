"""Asking the applicant for what is missing, and registering what came."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from applications.cases.forms.completion import AskCompletionForm, RegisterCompletionForm
from applications.cases.limits import completion_days
from applications.cases.models import Completion
from applications.cases.pages import StepPage
from applications.cases.services.completion import ask_completion, register_completion
from applications.cases.suggestions import missing_in
from applications.cases.texts import read
from vetting.kernel import text


class AskCompletionView(StepPage):
    action = "ask_completion"
    form_class = AskCompletionForm
    title = _("Ask for a completion")
    lead = _("The association is told what is missing and until when. Ask once, for everything.")
    done = _("The request for completion is registered.")

    def form(self, data: Any = None, files: Any = None) -> AskCompletionForm:
        return AskCompletionForm(data, initial=self.initial(), missing=missing_in(self.case))

    def initial(self) -> dict[str, Any]:
        return super().initial() | {"last_day": completion_days(self.case).proposed}

    def submit(self, form: Any) -> None:
        values = form.cleaned_data
        ask_completion(
            case=self.case,
            items=form.all_items,
            last_day=values["last_day"],
            actor=self.actor,
            expected_version=values["version"],
            key=values["idempotency_key"],
        )


class RegisterCompletionView(StepPage):
    action = "completed"
    form_class = RegisterCompletionForm
    title = _("Register the completion")
    done = _("The completion is registered.")

    def load(self, key: Any, **kwargs: Any) -> None:
        super().load(key)
        request = Completion.objects.filter(case_id=self.case.pk, ended_at__isnull=True).first()
        self.items: list[str] = []
        if request is not None:
            self.items = read([request.payload_id]).get(request.payload_id, {}).get("items", [])
            self.lead = _(
                "Asked for %(asked)s, last day %(last)s. Tick what has come; add the papers themselves first."
            ) % {
                "asked": text.day(request.asked_at),
                "last": text.day(request.last_day),
            }

    def form(self, data: Any = None, files: Any = None) -> RegisterCompletionForm:
        return RegisterCompletionForm(data, initial=self.initial(), items=self.items)

    def submit(self, form: Any) -> None:
        values = form.cleaned_data
        register_completion(
            case=self.case,
            received=values["received"],
            arrived_on=values["arrived_on"],
            note=values["note"],
            actor=self.actor,
            expected_version=values["version"],
            key=values["idempotency_key"],
        )
