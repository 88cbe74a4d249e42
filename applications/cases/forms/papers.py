"""Notes, documents, links, assignment."""

from datetime import datetime, time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from applications.cases.arrival import arrival
from applications.cases.models import (
    CHANNEL_LABELS,
    DIRECTION_LABELS,
    DOCUMENT_LABELS,
    CaseLink,
    Channel,
    Direction,
    DocumentKind,
)
from vetting.accounts.models import User
from vetting.kernel import clock
from vetting.kernel.errors import Invalid
from vetting.kernel.forms import DateField, Form, NotLaterThanToday, TextField

LINK_WHY = {
    CaseLink.Why.EARLIER: _("An earlier case of the same association"),
    CaseLink.Why.SAME_MATTER: _("The same matter"),
    CaseLink.Why.JOINT_PROJECT: _("A joint project"),
    CaseLink.Why.REOPENED: _("Taken up again"),
}


class NoteForm(Form):
    """A note: public unless a secrecy provision is named."""

    submit_label = _("Save the note")
    owed = ("section",)

    text = TextField(label=_("Note"), rows=6, max_length=8000)
    secrecy = forms.ChoiceField(
        label=_("Secrecy"),
        choices=[
            ("none", _("None: the note is public on request")),
            ("marked", _("Mark it: a secrecy provision may apply")),
        ],
        initial="none",
        widget=forms.RadioSelect,
    )
    section = forms.CharField(
        label=_("Secrecy provision"),
        required=False,
        max_length=24,
        help_text=_("For example OSL 21:3. The mark is a warning: each request is tried anew."),
    )

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if values.get("secrecy") == "marked" and not values.get("section", "").strip():
            self.add_error("section", _("Name the provision. A mark without one cannot be saved."))
        if values.get("secrecy") == "none":
            values["section"] = ""
        return values


class AnswerNoteForm(Form):
    """The answer to an instruction."""

    submit_label = _("Save the answer")

    text = TextField(label=_("Answer"), rows=5, max_length=8000)


class DocumentForm(Form):
    """A document that came in, was sent or was drawn up."""

    submit_label = _("Add the document")
    owed = ("channel", "reached_on", "counts_earlier_reason")

    kind = forms.ChoiceField(label=_("What is it?"))
    title = forms.CharField(
        label=_("Title"), required=False, max_length=200, help_text=_("When the kind does not say enough.")
    )
    direction = forms.ChoiceField(label=_("Direction"), widget=forms.RadioSelect, initial=Direction.IN)
    dated_on = DateField(label=_("Date on the document"), required=False, last=clock.today)
    channel = forms.ChoiceField(label=_("How did it arrive?"), required=False, help_text=_("For what came in."))
    reached_on = NotLaterThanToday(label=_("Day it reached the district"), required=False, initial=clock.today)
    counts_earlier = forms.BooleanField(
        label=_("Post or letter box: count it as arrived on the working day before (FL 22 §)"),
        required=False,
        initial=True,
    )
    counts_earlier_reason = forms.CharField(
        label=_("If not: why?"), required=False, max_length=300, help_text=_("For example the date of the postmark.")
    )
    file = forms.FileField(
        label=_("File"),
        help_text=_("PDF, JPEG, PNG, DOCX, XLSX or ODT, at most 20 MB."),
        allow_empty_file=True,
        error_messages={"required": _("Choose a file.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = [(kind, str(label)) for kind, label in DOCUMENT_LABELS.items() if kind != DocumentKind.LETTER]
        channels = [(code, str(CHANNEL_LABELS[code])) for code in Channel if code != Channel.PORTAL]
        self.fields["kind"].choices = [("", _("Choose")), *kinds]  # type: ignore[attr-defined]
        self.fields["channel"].choices = [("", _("Choose")), *channels]  # type: ignore[attr-defined]
        self.fields["direction"].choices = [(code, str(label)) for code, label in DIRECTION_LABELS.items()]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        values["arrived_on"] = None
        if values.get("direction") != Direction.IN:
            values["channel"] = ""
            return values
        if not values.get("channel"):
            self.add_error("channel", _("Choose how it arrived."))
        if not values.get("reached_on") and "reached_on" not in self.errors:
            self.add_error("reached_on", _("Write the day it reached the district."))
        if values.get("channel") and values.get("reached_on"):
            self._read_arrival(values)
        return values

    def _read_arrival(self, values: dict[str, Any]) -> None:
        try:
            computed = arrival(
                channel=values["channel"],
                reached_at=datetime.combine(values["reached_on"], time(12), tzinfo=clock.STOCKHOLM),
                counts_earlier=values.get("counts_earlier", True),
                reason=values.get("counts_earlier_reason", ""),
            )
        except Invalid as error:
            for name, messages in error.fields.items():
                self.add_error(name, [ValidationError(str(message)) for message in messages])
        else:
            values["arrived_on"] = computed.day


class LinkForm(Form):
    """Links the case to another one of the district."""

    submit_label = _("Link the cases")

    number = forms.CharField(label=_("The other case's number"), max_length=24)
    why = forms.ChoiceField(label=_("How they belong together"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["why"].choices = list(LINK_WHY.items())  # type: ignore[attr-defined]


class AssignForm(Form):
    """Who handles the case from today, and until when if for a time only."""

    submit_label = _("Give the case")

    officer = forms.ModelChoiceField(label=_("Officer"), queryset=User.objects.none(), empty_label=_("Choose"))
    back_on = DateField(
        label=_("Goes back on"),
        required=False,
        help_text=_("Only when it is handed over for a time: the day the present officer takes it back."),
    )
    seen_officer = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, officers: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["officer"].queryset = officers  # type: ignore[attr-defined]
