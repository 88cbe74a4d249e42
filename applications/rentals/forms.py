"""Forms of the rentals room. Services do the saving; a form only reads what was typed."""

import re
from datetime import date, time, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from applications.cases.models import CHANNEL_LABELS, Channel
from applications.rentals.models import (
    CIRCUMSTANCES,
    OPENNESS_LABELS,
    PERMIT_LABELS,
    UNAVAILABLE_LABELS,
    Openness,
    Room,
    UnavailableBecause,
)
from applications.rentals.services.enter_rental import Wanted
from applications.rentals.slots.slot import slot_on
from vetting.kernel import clock
from vetting.kernel.forms import DateField, Form, NotLaterThanToday, NumberField, TextField, VersionedForm

CHANNELS = [Channel.EMAIL, Channel.IN_PERSON, Channel.POST, Channel.LETTER_BOX]
OWN_FIELDS = (
    "purpose_code",
    "purpose",
    "openness",
    "circumstances",
    "sub_organiser",
    "permits",
    "unclear",
    "contact_name",
    "contact_email",
    "contact_phone",
)
ANSWERED_FIELDS = (
    "terms_accepted_on",
    "terms_accepted_by",
    "fee_settled_on",
    "consent_from",
    "consent_scope",
    "consent_on",
)


class HourField(forms.TimeField):
    """An hour as people write it: `18`, `18.30`, `18:30`; midnight at the end of a day is `24` or `00`."""

    default_error_messages = {"invalid": _("Write the hour as 18.30.")}

    def __init__(self, **kwargs: Any) -> None:
        attrs = {"autocomplete": "off", "class": "v-input-short", "inputmode": "decimal"}
        kwargs.setdefault("widget", forms.TextInput(attrs=attrs))
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> time | None:
        if value in self.empty_values:
            return None
        if isinstance(value, time):
            return value
        found = re.fullmatch(
            r"([0-9]{1,2})(?:[.:]?([0-9]{2}))?", str(value).strip().lower().removeprefix("kl").strip(". ")
        )
        hour, minute = (int(found[1]), int(found[2] or 0)) if found else (99, 0)
        if (hour, minute) == (24, 0):
            return time(0)
        if hour > 23 or minute > 59:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return time(hour, minute)

    def prepare_value(self, value: Any) -> Any:
        return f"{value:%H.%M}" if isinstance(value, time) else value


class RoomChoice(forms.ModelChoiceField):
    def label_from_instance(self, row: Any) -> str:
        return _("%(room)s, %(places)d places") % {"room": row.name, "places": row.capacity}


class RentalForm(Form):
    """A request as it came by telephone, mail or paper: which room, when, for what, and what the event is."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    room = RoomChoice(label=_("Room"), queryset=Room.objects.none(), empty_label=_("Choose a room"))
    day = DateField(label=_("Day"), first=lambda: date(2000, 1, 1), help_text=_("For example 2026-03-12."))
    begins = HourField(label=_("From"), help_text=_("For example 18.30."))
    ends = HourField(label=_("To"))
    people = NumberField(label=_("Number of people"), min_value=1, max_value=100_000)
    weeks = NumberField(
        label=_("How many weeks in a row"),
        required=False,
        min_value=1,
        max_value=52,
        initial=1,
        help_text=_("The same weekday and time. 1: this day only."),
    )
    purpose_code = forms.ChoiceField(label=_("Purpose, as the venue is published for"))
    purpose = TextField(label=_("What will be done?"), rows=3, max_length=2000)
    openness = forms.ChoiceField(
        label=_("Who may come?"),
        choices=[(one.value, OPENNESS_LABELS[one]) for one in Openness],
        widget=forms.RadioSelect,
    )
    circumstances = forms.MultipleChoiceField(
        label=_("What holds for the event?"),
        choices=list(CIRCUMSTANCES.items()),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Tick what was said. Nothing is ticked for most events."),
    )
    sub_organiser = forms.CharField(label=_("Somebody else who organises a part of it"), required=False, max_length=200)
    permits = forms.ChoiceField(
        label=_("What does the tenant say on permits and notifications?"),
        choices=list(PERMIT_LABELS.items()),
        required=False,
        help_text=_("That there is an answer is noted; the tenant answers for what it says."),
    )
    unclear = forms.BooleanField(label=_("What is to happen is not clear from what was said"), required=False)
    tenant_name = forms.CharField(label=_("The tenant's name"), max_length=120)
    contact_name = forms.CharField(label=_("Responsible on the spot"), required=False, max_length=120)
    contact_phone = forms.CharField(label=_("Telephone"), required=False, max_length=40)
    contact_email = forms.EmailField(
        label=_("E-mail"),
        required=False,
        error_messages={"invalid": _("Write the address in full, for example namn@exempel.se.")},
    )
    channel = forms.ChoiceField(
        label=_("How did the request come?"), choices=[(one.value, CHANNEL_LABELS[one]) for one in CHANNELS]
    )
    received_on = NotLaterThanToday(label=_("Day it came"), initial=clock.today)
    terms_accepted_on = NotLaterThanToday(
        label=_("The terms were accepted on"), required=False, help_text=_("Empty until the tenant has accepted them.")
    )
    terms_accepted_by = forms.CharField(label=_("Accepted by"), required=False, max_length=120)

    def __init__(
        self, *args: Any, venue: Any, terms: Any, for_person: bool, fixed: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.venue = venue
        open_rooms = Room.objects.filter(venue=venue, closed_on__isnull=True)
        self.fields["room"].queryset = open_rooms  # type: ignore[attr-defined]
        self.fields["purpose_code"].choices = [  # type: ignore[attr-defined]
            ("", _("Choose")),
            *((one.code, one.label) for one in terms.purposes),
        ]
        if not for_person:
            del self.fields["tenant_name"]
        if fixed:
            for name in ("room", "day", "begins", "ends", "people", "weeks", "channel", "received_on"):
                self.fields.pop(name, None)

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        on, by = values.get("terms_accepted_on"), values.get("terms_accepted_by")
        if on and not by:
            self.add_error("terms_accepted_by", _("Write who accepted the terms."))
        if by and not on and "terms_accepted_on" not in self.errors:
            self.add_error("terms_accepted_on", _("Write the day the terms were accepted."))
        return values

    @property
    def own_values(self) -> dict[str, Any]:
        names = (*OWN_FIELDS, "terms_accepted_on", "terms_accepted_by")
        return {name: self.cleaned_data[name] for name in names}

    def wanted(self) -> list[Wanted]:
        """The dates: one, or the same weekday for some weeks in a row."""
        said = self.cleaned_data
        first = slot_on(said["day"], said["begins"], said["ends"], said["people"])
        weeks = said.get("weeks") or 1
        return [Wanted(said["room"], first.moved(timedelta(days=7 * number))) for number in range(weeks)]


class EditRentalForm(RentalForm):
    """The same request, corrected, with what was answered since: terms, fee, consent."""

    fee_settled_on = NotLaterThanToday(label=_("Fee or deposit settled on"), required=False)
    consent_from = forms.CharField(label=_("Consent given by"), required=False, max_length=160)
    consent_scope = forms.CharField(label=_("For what"), required=False, max_length=300)
    consent_on = NotLaterThanToday(label=_("Day of the consent"), required=False)
    submit_label = _("Save")

    def __init__(self, *args: Any, venue: Any, **kwargs: Any) -> None:
        super().__init__(*args, venue=venue, for_person=False, **kwargs)
        self.fields.pop("weeks", None)
        if not venue.rented_in:
            for name in ("consent_from", "consent_scope", "consent_on"):
                del self.fields[name]

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        if said.get("consent_on") and not (said.get("consent_from") and said.get("consent_scope")):
            self.add_error("consent_from", _("Write who gave the consent and for what."))
        return said

    @property
    def own_values(self) -> dict[str, Any]:
        names = [name for name in ANSWERED_FIELDS if name in self.fields]
        return super().own_values | {name: self.cleaned_data[name] for name in names}


class ConfirmForm(VersionedForm):
    """What a confirmation rests on: who accepted the terms and when, the fee, the landlord's consent."""

    submit_label = _("Confirm the booking")
    terms_accepted_on = NotLaterThanToday(label=_("The terms were accepted on"))
    terms_accepted_by = forms.CharField(label=_("Accepted by"), max_length=120)
    fee_settled_on = NotLaterThanToday(label=_("Fee or deposit settled on"), required=False)
    consent_from = forms.CharField(
        label=_("Consent given by"), max_length=160, help_text=_("The landlord, or hyresnämnden.")
    )
    consent_scope = forms.CharField(label=_("For what"), max_length=300)
    consent_on = NotLaterThanToday(label=_("Day of the consent"))
    comment = TextField(label=_("Comment"), required=False, rows=2, max_length=1000)

    def __init__(self, *args: Any, fee_owed: bool, consent_owed: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["fee_settled_on"].required = fee_owed
        if not fee_owed:
            del self.fields["fee_settled_on"]
        if not consent_owed:
            for name in ("consent_from", "consent_scope", "consent_on"):
                del self.fields[name]

    @property
    def filled(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ANSWERED_FIELDS if name in self.fields}


class ReserveForm(VersionedForm):
    submit_label = _("Reserve the time")


class AgainForm(Form):
    submit_label = _("Reserve again")


class UnavailableForm(VersionedForm):
    """The reason of an answer *otillgänglig*, from the closed list."""

    submit_label = _("Answer: not available")
    because = forms.ChoiceField(
        label=_("Why"),
        choices=[(one.value, UNAVAILABLE_LABELS[one]) for one in UnavailableBecause],
        widget=forms.RadioSelect,
        help_text=_("What must be judged is not on this list: start the review instead."),
    )
    comment = TextField(label=_("What the tenant is told beside it"), required=False, rows=3, max_length=1500)


class CancelForm(VersionedForm):
    submit_label = _("Cancel the booking")
    asked_on = NotLaterThanToday(label=_("The tenant cancelled on"), initial=clock.today)
    comment = TextField(label=_("Who cancelled, and how"), rows=2, max_length=1000)
