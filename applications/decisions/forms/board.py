"""Forms of the board's secretary: a meeting, a case on its list, what the board did."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from applications.decisions.choices import BoardOutcome, Body, Outcome, ReasonClass
from applications.decisions.models import BoardMeeting
from vetting.kernel import clock
from vetting.kernel.forms import DateField, Form, MoneyField, TextField, VersionedForm
from vetting.kernel.text import day


class MeetingForm(Form):
    """A coming meeting."""

    submit_label = _("Enter the meeting")
    district: Any = forms.ModelChoiceField(queryset=None, label=_("District"), empty_label=None)
    body = forms.ChoiceField(label=_("Body"), choices=Body.choices)
    date = DateField(label=_("Day"), first=clock.today, last=lambda: clock.today() + timedelta(days=730))
    place = forms.CharField(label=_("Place"), required=False, max_length=120)

    def __init__(self, *args: Any, districts: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["district"].queryset = districts  # type: ignore[attr-defined]
        if len(districts) == 1:
            self.fields["district"].widget = forms.HiddenInput()
            self.fields["district"].initial = districts[0]


class SendForm(VersionedForm):
    """Which meeting takes the case up."""

    submit_label = _("Send to the board")
    meeting = forms.ModelChoiceField(
        queryset=BoardMeeting.objects.none(),
        label=_("Meeting"),
        empty_label=None,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a meeting.")},
    )

    def __init__(self, *args: Any, meetings: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["meeting"]
        field.queryset = meetings  # type: ignore[attr-defined]
        field.label_from_instance = lambda meeting: f"{Body(meeting.body).label}, {day(meeting.date, weekday=True)}"  # type: ignore[attr-defined]


class TableForm(VersionedForm):
    """The sitting decided nothing: the paragraph of the minutes."""

    submit_label = _("Table")
    paragraph = forms.CharField(label=_("Paragraph of the minutes (§)"), max_length=16)


class OutcomeForm(VersionedForm):
    """What the board did. Its own outcome and reasons where it departed from the proposal."""

    submit_label = _("Save the outcome")
    outcome = forms.ChoiceField(label=_("The board's outcome"), choices=[("", _("Choose")), *BoardOutcome.choices])
    paragraph = forms.CharField(label=_("Paragraph of the minutes (§)"), max_length=16)
    own_outcome = forms.ChoiceField(
        label=_("What the board decided instead"),
        choices=[("", _("Choose")), *((o.value, o.label) for o in (Outcome.FULL, Outcome.PART, Outcome.REFUSED))],
        required=False,
    )
    own_amount = MoneyField(label=_("Sum granted, kr"), required=False)
    own_reason_class = forms.ChoiceField(
        label=_("The board's decision rests on"),
        choices=[("", _("Choose")), *((c.value, c.label) for c in ReasonClass if c != ReasonClass.FORMAL)],
        required=False,
    )
    own_text = TextField(
        label=_("The board's own reasons, as the minutes say"),
        help_text=_("They replace the proposal's in the decision and in the letter."),
        required=False,
        rows=6,
    )
    instruction = TextField(
        label=_("The board's instruction, when the case was referred back"), required=False, rows=3, max_length=2000
    )
    present = TextField(
        label=_("Present, reservations, conflicts of interest"),
        help_text=_("As the minutes say. It stands in the record, not in the letter."),
        required=False,
        rows=3,
        max_length=2000,
    )
    closed_doors = forms.BooleanField(label=_("Behind closed doors (KL 6:25)"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("own_outcome", "own_amount", "own_reason_class", "own_text"):
            self.fields[name].owed = True  # type: ignore[attr-defined]  # where the board departed from the proposal


class ConfirmForm(VersionedForm):
    """Nothing to fill in: the check page has said what will happen."""

    proposal_version = forms.IntegerField(widget=forms.HiddenInput, required=False)
