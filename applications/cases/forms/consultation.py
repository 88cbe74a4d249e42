"""Putting a fact question, registering its answer, and giving one's own."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from applications.cases.forms.jav import ANSWERS
from applications.cases.forms.lines import LinesMixin
from applications.cases.limits import consultation_days
from applications.cases.models import CONSULTED_LABELS, JavAnswer
from vetting.kernel.forms import DateField, Form, NotLaterThanToday, TextField, VersionedForm


class AskConsultationForm(LinesMixin, VersionedForm):
    """A concrete circumstance and a fact question: what the other sees stands here, and nothing more."""

    submit_label = _("Send the question")
    line_label = _("Act")
    source_help = _("For example the association's own site, 3 March, or minutes of a meeting.")

    asked_of = forms.ChoiceField(label=_("Who is asked?"), widget=forms.RadioSelect)
    asked_name = forms.CharField(
        label=_("Which board, authority or unit"),
        required=False,
        max_length=160,
        help_text=_("Needed for another board or authority."),
    )
    circumstance = TextField(
        label=_("The concrete circumstance"),
        rows=3,
        max_length=1500,
        help_text=_("What was done, said or published, by whom in which role, when and where. Nothing on views."),
    )
    question = TextField(
        label=_("The question"),
        rows=3,
        max_length=1500,
        help_text=_("Ask for facts. Nobody else can say what the outcome should be (RF 12:2)."),
    )
    last_day = DateField(label=_("Last day to answer"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["asked_of"].choices = [(code, str(label)) for code, label in CONSULTED_LABELS.items()]  # type: ignore[attr-defined]
        self.fields["last_day"].initial = consultation_days().proposed
        self.add_lines()
        self.order_fields(["asked_of", "asked_name", "circumstance", "question", "last_day"])  # the acts last


class RegisterAnswerForm(VersionedForm):
    """An officer registers what was answered; empty when nobody did and the last day has passed."""

    submit_label = _("Register the answer")
    owed = ("answer", "basis")

    answer = TextField(
        label=_("The answer"),
        required=False,
        rows=6,
        max_length=6000,
        help_text=_("As it was given. Leave empty if no answer came and the last day has passed."),
    )
    basis = TextField(label=_("What the answer rests on"), required=False, rows=3, max_length=2000)
    who = forms.CharField(
        label=_("Who answered, by office"),
        required=False,
        max_length=160,
        help_text=_("For example the local police area. No names of private persons."),
    )
    answered_on = NotLaterThanToday(label=_("Day of the answer"), required=False)


class GiveAnswerForm(Form):
    """The coordinator's or lawyer's own answer: facts in a named respect."""

    submit_label = _("Send the answer")
    owed = ("answer", "basis")

    jav = forms.ChoiceField(
        label=_("Do you have a conflict of interest in this matter?"),
        choices=[choice for choice in ANSWERS if choice[0] != JavAnswer.POSSIBLE],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(label=_("If there is a connection: which?"), required=False, max_length=500)
    answer = TextField(
        label=_("Facts in answer to the question"),
        required=False,
        rows=6,
        max_length=6000,
        help_text=_("Facts only: do not recommend an outcome, and write nothing from the social services' cases."),
    )
    basis = TextField(
        label=_("What the facts rest on"),
        required=False,
        rows=3,
        max_length=2000,
        help_text=_("Your sources, and how sure they are. “Nothing known” is an answer too."),
    )
