"""Forms of the grant intake. Services do the saving; a form only reads what was typed."""

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from applications.cases.models import DOCUMENT_LABELS, DocumentKind
from applications.grants.arrival_form import ArrivalForm
from applications.grants.calls import calls_of
from applications.grants.models import Round
from applications.grants.models.application import Language
from applications.grants.services.enter_application import Cost, Support
from vetting.accounts.models import User
from vetting.kernel import clock
from vetting.kernel.forms import DateField, Form, Manners, MoneyField, NotLaterThanToday, TextField

BUDGET_ROWS = 8
SUPPORT_ROWS = 3
OWN_FIELDS = (
    "applied_amount",
    "purpose",
    "target_group",
    "place",
    "period_from",
    "period_to",
    "signed",
    "other_support",
    "help_given",
    "language",
    "contact_name",
    "contact_email",
    "form_code",
    "postmarked_on",
    "arrival_reason",
)


class ApplicationForm(ArrivalForm):
    """A paper application as it stands: what is asked for, and how it arrived."""

    field_order = ("version", "round", *OWN_FIELDS[:6], "other_support")  # as on the page: errors are listed so

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    round = forms.ChoiceField(label=_("Call"))
    applied_amount = MoneyField(label=_("Amount applied for"), least=Decimal(1))
    purpose = TextField(label=_("What will the grant be used for?"), rows=5, max_length=6000)
    target_group = forms.CharField(label=_("For whom"), required=False, max_length=300)
    place = forms.CharField(label=_("Where"), required=False, max_length=200)
    period_from = DateField(label=_("From"), required=False)
    period_to = DateField(label=_("To"), required=False)
    other_support = forms.TypedChoiceField(
        label=_("Does the association declare other support for the same purpose?"),
        choices=[("no", _("No")), ("yes", _("Yes, as below"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    signed = forms.BooleanField(label=_("The application is signed"), required=False)
    contact_name = forms.CharField(label=_("Contact in the association"), required=False, max_length=120)
    contact_email = forms.EmailField(
        label=_("E-mail"),
        required=False,
        error_messages={"invalid": _("Write the address in full, for example namn@exempel.se.")},
    )
    language = forms.ChoiceField(
        label=_("Language the association wants to use"),
        choices=[(Language.SWEDISH, _("Swedish")), (Language.FINNISH, _("Finnish")), (Language.ENGLISH, _("English"))],
    )
    help_given = TextField(
        label=_("Help given before the application was whole"),
        required=False,
        rows=2,
        max_length=1000,
        help_text=_("Service duty, FL 6 §. Leave empty if none was needed."),
    )
    submit_label = _("Save and go on to attachments")

    def __init__(self, *args: Any, rounds: list[Round], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rounds = {str(round.pk): round for round in rounds}
        self.fields["round"].choices = [("", _("Choose a call")), *calls_of(rounds)]  # type: ignore[attr-defined]

    def clean_round(self) -> Round:
        pk, _colon, self.cleaned_data["form_code"] = self.cleaned_data["round"].partition(":")
        return self.rounds[pk]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        start, end = values.get("period_from"), values.get("period_to")
        if start and end and end < start:
            self.add_error("period_to", _("The last day comes before the first. Check both."))
        return values

    @property
    def own_values(self) -> dict[str, Any]:
        said = {"arrival_reason": "", **self.cleaned_data}
        return {name: said[name] for name in OWN_FIELDS}


class CostForm(Manners, forms.Form):
    """One row of the budget; an empty row is no row."""

    cost = forms.CharField(label=_("Cost"), required=False, max_length=120)
    amount = MoneyField(label=_("Budget, kr"), required=False)
    applied = MoneyField(label=_("Applied for, kr"), required=False)

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if not self.has_changed():
            return values
        if not values.get("cost"):
            self.add_error("cost", _("Write what the cost is."))
        amount, applied = values.get("amount"), values.get("applied")
        if amount is None and "amount" not in self.errors:
            self.add_error("amount", _("Write the sum in kronor."))
        if amount is not None and applied is not None and applied > amount:
            self.add_error("applied", _("More is applied for than the cost itself."))
        return values


class SupportForm(Manners, forms.Form):
    """One supporter as the applicant declares it; an empty row is no row."""

    giver = forms.CharField(label=_("From whom"), required=False, max_length=160)
    cost = forms.CharField(label=_("For which cost"), required=False, max_length=120)
    amount = MoneyField(label=_("Sum, kr"), required=False)
    period = forms.CharField(label=_("For which time"), required=False, max_length=120)

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if self.has_changed() and not values.get("giver"):
            self.add_error("giver", _("Write who gives the support."))
        if self.has_changed() and values.get("amount") is None and "amount" not in self.errors:
            self.add_error("amount", _("Write the sum in kronor."))
        return values


BudgetFormSet = forms.formset_factory(CostForm, extra=BUDGET_ROWS, max_num=40)
SupportFormSet = forms.formset_factory(SupportForm, extra=SUPPORT_ROWS, max_num=20)


def are_valid(form: ApplicationForm, budget: Any, support: Any) -> bool:
    """Whether all three can be read, and a declared support is named: "yes" with no line says too little for A11."""
    valid = all([form.is_valid(), budget.is_valid(), support.is_valid()])
    if form.cleaned_data.get("other_support") and support.is_valid() and not supports_of(support):
        support.forms[0].add_error("giver", _("Write who gives the support."))
        return False
    return valid


def costs_of(formset: Any) -> list[Cost]:
    rows = [form.cleaned_data for form in formset if form.has_changed()]
    return [Cost(row["cost"], row["amount"], row.get("applied") or Decimal(0)) for row in rows]


def supports_of(formset: Any) -> list[Support]:
    rows = [form.cleaned_data for form in formset if form.has_changed()]
    return [Support(row["giver"], row["amount"], row.get("cost", ""), row.get("period", "")) for row in rows]


class AttachmentForm(Form):
    """One attachment to a case."""

    kind = forms.ChoiceField(label=_("What is it?"))
    dated_on = DateField(label=_("Date on the document"), required=False, last=clock.today)
    arrived_on = NotLaterThanToday(label=_("Arrived"), required=False, help_text=_("Empty: with the application."))
    file = forms.FileField(
        label=_("File"),
        help_text=_("PDF, JPEG, PNG, DOCX, XLSX or ODT, at most 20 MB."),
        allow_empty_file=True,
        error_messages={"required": _("Choose a file.")},
    )
    submit_label = _("Add the document")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        made = {DocumentKind.LETTER}
        self.fields["kind"].choices = [("", _("Choose"))] + [  # type: ignore[attr-defined]
            (kind.value, str(DOCUMENT_LABELS[kind])) for kind in DocumentKind if kind not in made
        ]


class OfficerForm(Form):
    """Who handles the case."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    officer = forms.ModelChoiceField(
        label=_("Officer"), queryset=User.objects.none(), empty_label=_("Nobody yet"), required=False
    )
    submit_label = _("Receive and register")

    def __init__(self, *args: Any, officers: Any, officer_required: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["officer"].queryset = officers  # type: ignore[attr-defined]
        self.fields["officer"].required = officer_required


class WithdrawalForm(Form):
    """The applicant's own request to withdraw, in writing."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    arrived_on = NotLaterThanToday(label=_("The request arrived"), initial=clock.today)
    file = forms.FileField(
        label=_("The request"),
        help_text=_("The letter or e-mail: PDF, JPEG, PNG, DOCX, XLSX or ODT."),
        allow_empty_file=True,
        error_messages={"required": _("Choose a file.")},
    )
    comment = TextField(label=_("Note"), required=False, rows=2, max_length=1000)
    submit_label = _("Write off the case")


class OpenLaneForm(Form):
    """Opening the in-depth lane: one named, concrete circumstance; never what somebody believes."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    circumstance = TextField(
        label=_("The concrete circumstance"),
        rows=3,
        max_length=1500,
        help_text=_("What was done, said or published, by whom in which role, when and where. Nothing on views."),
    )
    scope = forms.MultipleChoiceField(
        label=_("Which questions it is about"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose the questions it is about.")},
    )
    last_day = DateField(label=_("Last day"), first=clock.today, help_text=_("The association is told this day."))
    submit_label = _("Open the in-depth lane")

    def __init__(self, *args: Any, questions: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["scope"].choices = questions  # type: ignore[attr-defined]


class CloseLaneForm(Form):
    version = forms.IntegerField(widget=forms.HiddenInput)
    finding = TextField(label=_("What was found, for each question that was looked at"), rows=5, max_length=4000)
    submit_label = _("Close the in-depth lane")


def arrival_day(typed: date | None, case: Any) -> date:
    """The day an attachment counts as arrived: as typed, else with the application."""
    return typed or case.received_date or clock.today()
