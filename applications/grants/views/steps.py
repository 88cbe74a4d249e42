"""Forms of single steps: withdraw, open and close the in-depth lane."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from applications.cases.services.add_document import Upload
from applications.grants import forms
from applications.grants.review_cycle import questions_of
from applications.grants.services.lane import close_lane, open_lane
from applications.grants.services.withdraw_application import withdraw_application
from applications.grants.views.base import ApplicationPage, answer, problem
from vetting.accounts.roles import Permission
from vetting.kernel.errors import DomainError


class StepView(ApplicationPage):
    """One form, one move. `do` makes the domain call; who may stands in the workflow's row, asked by the executor."""

    post_permission = Permission.SEE_CASES
    form_class: Any
    title: Any = ""
    lead: Any = ""
    done: Any = ""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self.page(self.form(initial={"version": self.application.version}))

    def form(self, *args: Any, **kwargs: Any) -> Any:
        return self.form_class(*args, **kwargs)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = self.form(request.POST, request.FILES or None)
        if not form.is_valid():
            return self.page(form)
        try:
            self.do(form.cleaned_data)
        except DomainError as error:
            problem(request, form, error)
            return self.page(form, error)
        messages.success(request, str(self.done))
        return redirect("show-case", key=self.application.key)

    def do(self, values: dict[str, Any]) -> None:
        raise NotImplementedError

    def page(self, form: Any, error: DomainError | None = None) -> HttpResponse:
        context = {"form": form, "application": self.application, "title": self.title, "lead": self.lead}
        return answer(self.request, "grants/step.html", context, error)


class WithdrawApplicationView(StepView):
    form_class = forms.WithdrawalForm

    title = _("Write off: the applicant withdrew")
    lead = _("Only on the applicant's own request in writing. Nothing is held against the next application.")
    done = _("The case is written off.")

    def do(self, values: dict[str, Any]) -> None:
        upload = values["file"]
        withdraw_application(
            actor=self.actor,
            application=self.application,
            upload=Upload(upload.file, upload.name, upload.size),
            arrived_on=values["arrived_on"],
            comment=values["comment"],
            expected_version=values["version"],
            key=values["idempotency_key"],
        )


class OpenLaneView(StepView):
    form_class = forms.OpenLaneForm

    title = _("Open the in-depth lane")
    lead = _("Only on a named, concrete circumstance in this case. The share of cases in this lane is shown to all.")
    done = _("The in-depth lane is open.")

    def form(self, *args: Any, **kwargs: Any) -> Any:
        return self.form_class(*args, questions=questions_of(self.application), **kwargs)

    def do(self, values: dict[str, Any]) -> None:
        open_lane(
            actor=self.actor,
            application=self.application,
            circumstance=values["circumstance"],
            scope=values["scope"],
            last_day=values["last_day"],
            expected_version=values["version"],
            key=values["idempotency_key"],
        )


class CloseLaneView(StepView):
    form_class = forms.CloseLaneForm

    title = _("Close the in-depth lane")
    done = _("The in-depth lane is closed.")

    def do(self, values: dict[str, Any]) -> None:
        close_lane(
            actor=self.actor,
            application=self.application,
            finding=values["finding"],
            expected_version=values["version"],
            key=values["idempotency_key"],
        )
