"""Forms of what is registered about a decision afterwards."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from applications.decisions.choices import CourtAnswer
from vetting.kernel.forms import NotLaterThanToday, TextField, VersionedForm


class NoticeForm(VersionedForm):
    """The notice on the city's board, as it stands there."""

    submit_label = _("Register the announcement")
    approved_on = NotLaterThanToday(
        label=_("Minutes approved"), help_text=_("The day the minutes or the § was approved.")
    )
    announced_on = NotLaterThanToday(label=_("Announced"), help_text=_("The day the notice was put up."))
    address = forms.URLField(
        label=_("Address of the notice"),
        max_length=500,
        assume_scheme="https",
        error_messages={
            "invalid": _("Write the address as the browser shows it, for example https://city.example/notices.")
        },
        widget=forms.URLInput(attrs={"autocomplete": "off"}),
    )
    minutes_place = forms.CharField(label=_("Where the minutes are"), max_length=200, required=False)
    proof = forms.FileField(
        label=_("Picture of the notice"),
        help_text=_("A page capture (PDF or image). It is kept with its checksum."),
        required=False,
    )


class MeetingNoticeForm(NoticeForm):
    """The same notice for all decisions of a meeting's minutes."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)


class TakeDownForm(VersionedForm):
    submit_label = _("Register the take-down")
    taken_down_on = NotLaterThanToday(label=_("Taken down"))


class FinalForm(VersionedForm):
    """The question to the court and its answer."""

    submit_label = _("Confirm legal force")
    asked_on = NotLaterThanToday(label=_("Question put to the administrative court"))
    answered_on = NotLaterThanToday(label=_("Answer received"))
    answer = forms.ChoiceField(label=_("The court's answer"), choices=CourtAnswer.choices, widget=forms.RadioSelect)
    reference = forms.CharField(
        label=_("Who answered, and how"), help_text=_("For example: the court's registry, by e-mail."), max_length=120
    )


class AppealForm(VersionedForm):
    submit_label = _("Register the appeal")
    arrived_on = NotLaterThanToday(
        label=_("Arrived"), help_text=_("At any registry of the city, or at the court, whichever was first (KL 13:6).")
    )
    forwarded_on = NotLaterThanToday(label=_("Forwarded to the court"), required=False)
    court_number = forms.CharField(label=_("The court's case number"), max_length=40, required=False)


class CourtForm(VersionedForm):
    """What the court said. `steps` are the rows that leave the present state."""

    submit_label = _("Register")
    step = forms.ChoiceField(label=_("What the court said"), widget=forms.RadioSelect)
    judged_on = NotLaterThanToday(label=_("Day of the judgment or order"))
    ground = TextField(
        label=_("The fault the court named"),
        help_text=_("When the decision is annulled: a new decision must avoid it."),
        required=False,
        rows=4,
    )

    def __init__(self, *args: Any, steps: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["step"].choices = [(row.action, row.label) for row in steps]  # type: ignore[attr-defined]
