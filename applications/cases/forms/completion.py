"""Asking for what is missing, and registering what came."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from applications.cases.limits import completion_days
from vetting.kernel.forms import DateField, NotLaterThanToday, TextField, VersionedForm


class AskCompletionForm(VersionedForm):
    """What is missing: ticked from what the case's room knows, or written, one thing a line."""

    submit_label = _("Ask for it")
    owed = ("missing", "items")

    missing = forms.MultipleChoiceField(
        label=_("Missing in the application"), required=False, widget=forms.CheckboxSelectMultiple
    )
    items = TextField(
        label=_("What else is missing"),
        rows=5,
        max_length=4000,
        required=False,
        help_text=_("One thing a line, in words the association understands."),
    )
    last_day = DateField(label=_("Last day to send it"))

    def __init__(self, *args: Any, missing: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if missing:
            self.fields["missing"].choices = [(item, item) for item in missing]  # type: ignore[attr-defined]
        else:
            del self.fields["missing"]
            self.fields["items"].label = _("What is missing")
        self.fields["last_day"].initial = completion_days().proposed

    @property
    def all_items(self) -> list[str]:
        typed = [line.strip() for line in self.cleaned_data["items"].splitlines()]
        return [*self.cleaned_data.get("missing", []), *(line for line in typed if line)]


class RegisterCompletionForm(VersionedForm):
    """Which of the things asked for came, and when."""

    submit_label = _("Register and go on")
    owed = ("received", "arrived_on")

    received = forms.TypedMultipleChoiceField(
        label=_("What came?"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )
    arrived_on = NotLaterThanToday(label=_("Day it arrived"), required=False)
    note = TextField(
        label=_("Note"),
        required=False,
        rows=3,
        max_length=2000,
        help_text=_("For example that the association has said that nothing more will come. Public on request."),
    )

    def __init__(self, *args: Any, items: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["received"].choices = list(enumerate(items))  # type: ignore[attr-defined]
