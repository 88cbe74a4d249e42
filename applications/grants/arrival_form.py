"""How and when an application reached the district, as typed; what day it counts for is computed (FL 22 §)."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from applications.cases.arrival import Arrival, arrival
from applications.cases.models import CHANNEL_LABELS, Channel
from applications.grants.services.enter_application import Arrived
from vetting.kernel import clock, text
from vetting.kernel.errors import Invalid
from vetting.kernel.forms import DateField, Form
from vetting.kernel.workdays import workday_before

PAPER = [Channel.POST, Channel.LETTER_BOX, Channel.IN_PERSON, Channel.EMAIL]
NOT_AT_THE_POST_OFFICE = _(
    "By its postmark the letter was not at the post office on the working day before. Take the tick away."
)


def _a_year_back() -> date:
    """An application lies a year at most before it is entered; an older day is a slip of the pen."""
    return clock.today() - timedelta(days=366)


class ArrivalForm(Form):
    """`cleaned_data["arrived"]` is an `Arrived`; `arrival_reason` why paper is not counted to the day before."""

    channel = forms.ChoiceField(label=_("How did it arrive?"))
    reached_on = DateField(
        label=_("Day it reached the district"),
        first=_a_year_back,
        last=clock.today,
        help_text=_("For example 2026-03-03."),
    )
    reached_time = forms.TimeField(
        label=_("Hour (e-mail and handed in)"),
        required=False,
        input_formats=["%H:%M", "%H.%M"],
        help_text=_("For example 14:30. Not needed for post."),
        error_messages={"invalid": _("Write the hour as 14:30.")},
    )
    counts_earlier = forms.BooleanField(
        label=_("Post or letter box: count it as arrived on the working day before (FL 22 §)"),
        required=False,
        initial=True,
    )
    counts_earlier_reason = forms.CharField(
        label=_("If not: why?"), required=False, max_length=300, help_text=_("For example the date of the postmark.")
    )
    postmarked_on = DateField(
        label=_("Postmark"),
        required=False,
        first=_a_year_back,
        last=clock.today,
        help_text=_("Post only: the day on the postmark, where it can be read and the day matters."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["channel"].choices = [(c.value, str(CHANNEL_LABELS[c])) for c in PAPER]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if values.get("channel") and values.get("reached_on"):
            self._read_arrival(values)
        return values

    def _read_arrival(self, values: dict[str, Any]) -> None:
        at = datetime.combine(values["reached_on"], values.get("reached_time") or time(12), tzinfo=clock.STOCKHOLM)
        if at > clock.now() and values["reached_on"] == clock.today():
            at = clock.now()
        if values["channel"] == Channel.EMAIL and not values.get("reached_time"):
            self.add_error("reached_time", _("Write the hour the e-mail reached the district."))
            return
        if (postmark := values.get("postmarked_on")) and not self._read_postmark(postmark, values):
            return
        try:
            computed: Arrival = arrival(
                channel=values["channel"],
                reached_at=at,
                counts_earlier=values.get("counts_earlier", True),
                reason=values.get("counts_earlier_reason", ""),
            )
        except Invalid as error:
            for name, messages in error.fields.items():
                self.add_error(name, [ValidationError(str(message)) for message in messages])
            return
        values["arrival_reason"] = computed.reason
        values["arrived"] = Arrived(values["channel"], at, computed)

    def _read_postmark(self, postmark: date, values: dict[str, Any]) -> bool:
        """A postmark later than the working day before says that the letter was not at the post office then."""
        reached = values["reached_on"]
        if values["channel"] != Channel.POST:
            self.add_error("postmarked_on", _("Only what came by post has a postmark. Take the day away."))
        elif postmark > reached:
            self.add_error("postmarked_on", _("The postmark comes after the day it reached the district. Check both."))
        elif postmark > workday_before(reached) and values.get("counts_earlier"):
            self.add_error("counts_earlier", NOT_AT_THE_POST_OFFICE)
        else:
            if postmark > workday_before(reached) and not values.get("counts_earlier_reason"):
                values["counts_earlier_reason"] = str(_("Postmarked %(day)s.") % {"day": text.day(postmark)})
            return True
        return False
