"""Forms of single steps: register, withdraw, the in-depth lane. Who may stands in the workflow's rows."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from applications.cases.pages import StepPage
from applications.cases.services.add_document import Upload
from applications.grants import forms
from applications.grants.review_cycle import questions_of
from applications.grants.services.lane import close_lane, open_lane
from applications.grants.services.receive_application import officers, register_case
from applications.grants.services.withdraw_application import withdraw_application


class RegisterApplicationView(StepPage):
    """The row `register`: who handles the case."""

    action = "register"
    form_class = forms.OfficerForm
    title = _("Register and assign")
    done = _("The case is registered.")

    def form(self, data: Any = None, files: Any = None) -> Any:
        chosen = officers(self.case.district_id)
        form = forms.OfficerForm(data, officers=chosen, officer_required=True, initial=self.initial())
        form.submit_label = self.title
        return form

    def initial(self) -> dict[str, Any]:
        return super().initial() | {"officer": self.case.officer_id}

    def submit(self, form: Any) -> None:
        values = form.cleaned_data
        register_case(
            actor=self.actor,
            application=self.case,
            officer=values["officer"],
            expected_version=values["version"],
            key=values["idempotency_key"],
        )


class WithdrawApplicationView(StepPage):
    action = "withdraw"
    form_class = forms.WithdrawalForm
    title = _("Write off: the applicant withdrew")
    lead = _("Only on the applicant's own request in writing. Nothing is held against the next application.")
    done = _("The case is written off.")

    def submit(self, form: Any) -> None:
        values = form.cleaned_data
        upload = values["file"]
        withdraw_application(
            actor=self.actor,
            application=self.case,
            upload=Upload(upload.file, upload.name, upload.size),
            arrived_on=values["arrived_on"],
            comment=values["comment"],
            expected_version=values["version"],
            key=values["idempotency_key"],
        )


class OpenLaneView(StepPage):
    action = "open_in_depth"
    form_class = forms.OpenLaneForm
    title = _("Open the in-depth lane")
    lead = _("Only on a named, concrete circumstance in this case. The share of cases in this lane is shown to all.")
    done = _("The in-depth lane is open.")

    def form(self, data: Any = None, files: Any = None) -> Any:
        return forms.OpenLaneForm(data, questions=questions_of(self.case), initial=self.initial())

    def submit(self, form: Any) -> None:
        values = form.cleaned_data
        open_lane(
            actor=self.actor,
            application=self.case,
            circumstance=values["circumstance"],
            scope=values["scope"],
            last_day=values["last_day"],
            expected_version=values["version"],
            key=values["idempotency_key"],
        )


class CloseLaneView(StepPage):
    action = "close_in_depth"
    form_class = forms.CloseLaneForm
    title = _("Close the in-depth lane")
    done = _("The in-depth lane is closed.")

    def submit(self, form: Any) -> None:
        values = form.cleaned_data
        close_lane(
            actor=self.actor,
            application=self.case,
            finding=values["finding"],
            expected_version=values["version"],
            key=values["idempotency_key"],
        )
