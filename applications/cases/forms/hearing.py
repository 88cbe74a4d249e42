"""Sending facts for comment, registering replies, ending a hearing, deciding without one."""

from collections.abc import Sequence
from datetime import datetime, time
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from applications.cases.forms.lines import LinesMixin
from applications.cases.limits import hearing_days
from applications.cases.models import WAIVER_LABELS
from applications.cases.suggestions import Fact
from vetting.kernel import clock
from vetting.kernel.forms import DateField, Form, NotLaterThanToday, TextField, VersionedForm

WAIVER_OWED = ("tried_on", "tried_time", "section", "told")
TIME_FORMATS = ["%H:%M", "%H.%M"]


class StartHearingForm(LinesMixin, VersionedForm):
    """Facts chosen from evidence cards, or written; when they are sent, and the last day to reply."""

    submit_label = _("Send for comment")
    owed = ("chosen",)
    source_help = _("What the applicant may know of the source.")

    chosen = forms.TypedMultipleChoiceField(
        label=_("Facts in the case"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )
    sent_on = NotLaterThanToday(label=_("Sent"), initial=clock.today)
    last_day = DateField(label=_("Last day to reply"))

    def __init__(self, *args: Any, facts: Sequence[Fact], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = list(facts)
        if self.known:
            labels = [f"{fact.text} ({fact.source})" if fact.source else fact.text for fact in self.known]
            self.fields["chosen"].choices = list(enumerate(labels))  # type: ignore[attr-defined]
        else:
            del self.fields["chosen"]
        self.fields["last_day"].initial = hearing_days().proposed
        self.add_lines()
        self.order_fields(["sent_on", "last_day", "chosen"])  # the rows last: more of them can be asked for

    @property
    def all_facts(self) -> list[dict[str, str]]:
        chosen = [self.known[index] for index in self.cleaned_data.get("chosen", [])]
        known = [{"text": fact.text, "source": fact.source, "evidence_key": fact.key} for fact in chosen]
        return [*known, *self.typed_lines]


class RepliesForm(Form):
    """The applicant's reply to each fact."""

    submit_label = _("Save the reply")

    arrived_on = NotLaterThanToday(label=_("Day the reply arrived"), initial=clock.today)

    def __init__(self, *args: Any, facts: Sequence[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for fact in facts:
            label = _("Reply to fact %(number)s") % {"number": fact.position}
            field = TextField(label=label, required=False, rows=4, max_length=6000, help_text=fact.text)
            field.owed = True  # type: ignore[attr-defined]
            self.add_field(f"fact_{fact.key.hex}", field)

    def by_fact(self, facts: Sequence[Any]) -> dict[Any, str]:
        return {fact.key: self.cleaned_data[f"fact_{fact.key.hex}"] for fact in facts}


class CommentsForm(RepliesForm):
    """What we say to the replies."""

    submit_label = _("Save the comment")

    def __init__(self, *args: Any, facts: Sequence[Any], **kwargs: Any) -> None:
        super().__init__(*args, facts=facts, **kwargs)
        del self.fields["arrived_on"]
        for fact in facts:
            field = self.fields[f"fact_{fact.key.hex}"]
            field.label = _("Our comment on fact %(number)s") % {"number": fact.position}


class WaiverFields(forms.Form):
    """The closed list, and what each ground demands; the service says what is missing."""

    waiver = forms.ChoiceField(label=_("Ground"), widget=forms.RadioSelect)
    why = TextField(label=_("Why"), rows=3, max_length=2000)
    tried_on = NotLaterThanToday(
        label=_("Oral hearing tried, day"), required=False, help_text=_("For an event that is near.")
    )
    tried_time = forms.TimeField(
        label=_("Time of day"),
        required=False,
        input_formats=TIME_FORMATS,
        help_text=_("For example 14:30."),
        error_messages={"invalid": _("Write the hour as 14:30.")},
    )
    section = forms.CharField(
        label=_("Secrecy provision"), required=False, max_length=24, help_text=_("For secrecy, for example OSL 21:3.")
    )
    told = TextField(
        label=_("What the applicant has been told"),
        required=False,
        rows=2,
        max_length=2000,
        help_text=_("For secrecy: what can be told is told."),
    )

    def detail(self) -> dict[str, Any]:
        """The details as the service takes them."""
        values = self.cleaned_data
        day, hour = values.get("tried_on"), values.get("tried_time")
        tried_at = datetime.combine(day, hour or time(0), tzinfo=clock.STOCKHOLM) if day and hour else None
        return {"why": values["why"], "tried_at": tried_at, "section": values["section"], "told": values["told"]}


def _offer_grounds(form: Any) -> None:
    form.fields["waiver"].choices = [(code, str(label)) for code, label in WAIVER_LABELS.items()]


class WaiveHearingForm(WaiverFields, Form):
    """Deciding without a hearing, with the ground from the closed list."""

    submit_label = _("Record it")
    owed = WAIVER_OWED

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer_grounds(self)


class EndHearingForm(VersionedForm):
    """Ends the hearing by what has come."""

    submit_label = _("End the hearing")


class WaiveRunningForm(WaiverFields, VersionedForm):
    """Ends a hearing that runs by a waiver."""

    submit_label = _("End without a reply")
    owed = WAIVER_OWED

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer_grounds(self)
