"""Putting a question to somebody, answering, trying special reasons, and reasons for opening again."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from checklists.doubt_texts import TARGETS
from checklists.forms.evidence import yes_no
from checklists.labels import WEIGHED
from checklists.rules.definition import Target
from checklists.rules.review import Weighed
from vetting.kernel.forms import Form, TextField


class EscalationForm(Form):
    """To whom, and what is asked. `first` are those the checklist says it must go to."""

    to = forms.ChoiceField(label=_("To whom"), widget=forms.RadioSelect)
    text = TextField(
        label=_("What do you ask, and what do you know?"),
        help_text=_("Only what is needed to answer. Name acts and roles, not views."),
        max_length=2000,
        required=False,
    )

    submit_label = _("Put the question")

    def __init__(self, first: Sequence[Target], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rest = [one for one in Target if one not in first]
        self.fields["to"].choices = [(one.value, TARGETS[one]) for one in (*first, *rest)]  # type: ignore[attr-defined]
        if len(first) == 1:
            self.initial.setdefault("to", first[0].value)


class EscalationAnswerForm(Form):
    """The answer; registered for somebody else it needs its reference."""

    text = TextField(label=_("Answer"), max_length=4000, required=False)
    reference = forms.CharField(
        label=_("Where the answer is found"),
        max_length=80,
        required=False,
        help_text=_("The day and how it came, or a diary number."),
    )

    submit_label = _("Save the answer")

    def __init__(self, in_person: bool, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if in_person:
            del self.fields["reference"]


class SpecialReasonsForm(Form):
    """Special reasons are recorded also when none are found."""

    weighed = forms.MultipleChoiceField(
        label=_("What is weighed"),
        choices=[(one.value, WEIGHED[one]) for one in Weighed],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    found = yes_no(_("Are there special reasons?"))
    text = TextField(
        label=_("What speaks for and against, in your own words"),
        max_length=4000,
        required=False,
        help_text=_("Facts with dates. “After an overall assessment” is no reason by itself."),
    )

    submit_label = _("Record the trial")


class ReasonForm(Form):
    """Why something is done."""

    why = TextField(label=_("Why is the review opened again?"), max_length=1000, required=False, rows=3)

    submit_label = _("Open the review again")


class CompleteForm(Form):
    """Nothing to fill in: the page says what is signed."""

    submit_label = _("Complete the review")
