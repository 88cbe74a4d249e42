"""Forms of venues, rooms, terms and tariff."""

import re
import tomllib
from datetime import timedelta
from itertools import pairwise
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from applications.rentals.models import Room
from applications.rentals.slots.slot import of_wall
from vetting.accounts.models import User
from vetting.kernel import clock
from vetting.kernel.forms import DateField, Form, NumberField, TextField, VersionedForm

WEEKDAYS = (
    _("Monday"),
    _("Tuesday"),
    _("Wednesday"),
    _("Thursday"),
    _("Friday"),
    _("Saturday"),
    _("Sunday"),
)
_PART = re.compile(r"([0-9]{1,2})(?:[.:]([0-9]{2}))?\s*[-–—]\s*([0-9]{1,2})(?:[.:]([0-9]{2}))?")


class HoursField(forms.CharField):
    """Opening hours of a weekday as people write them: `8–22`, `08.00–12.00, 16–24`; empty: closed."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("required", False)
        kwargs.setdefault("max_length", 80)
        super().__init__(**kwargs)
        self.owed = True  # empty means closed: no "optional" beside it

    def clean(self, value: Any) -> list[tuple[int, int]]:
        said = super().clean(value).strip()
        found: list[tuple[int, int]] = []
        for part in filter(None, (one.strip() for one in said.split(","))):
            match = _PART.fullmatch(part)
            if match is None:
                raise ValidationError(_("Write the hours as 8–22, several with a comma: 8–12, 16–22."), code="invalid")
            opens, closes = int(match[1]) * 60 + int(match[2] or 0), int(match[3]) * 60 + int(match[4] or 0)
            if not opens < closes <= 1440:
                raise ValidationError(_("The hours must lie within the day, first before last."), code="order")
            found.append((opens, closes))
        found.sort()
        if any(first[1] > second[0] for first, second in pairwise(found)):
            raise ValidationError(_("The hours overlap each other."), code="overlap")
        return found

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, list):
            return ", ".join(f"{of_wall(opens)}–{of_wall(closes)}" for opens, closes in value)
        return value


class VenueForm(VersionedForm):
    """A venue: where, how it is reached, when it is open."""

    submit_label = _("Save the venue")
    name = forms.CharField(label=_("Name"), max_length=120)
    address = forms.CharField(label=_("Address"), required=False, max_length=200)
    contact = forms.CharField(
        label=_("How the tenant reaches the venue"), required=False, max_length=200, help_text=_("Telephone or e-mail.")
    )
    key_text = TextField(label=_("Where the key is fetched and left"), required=False, rows=2, max_length=400)
    turnaround_minutes = NumberField(
        label=_("Minutes between two bookings"), max_value=480, help_text=_("For cleaning and furniture.")
    )
    rented_in = forms.BooleanField(label=_("The district itself rents the venue"), required=False)
    head_lease = forms.CharField(
        label=_("The head lease"), required=False, max_length=300, help_text=_("Landlord, end date, allowed use.")
    )
    closed_on = DateField(label=_("Let no more from"), required=False)
    OWN = ("name", "address", "contact", "key_text", "turnaround_minutes", "rented_in", "head_lease", "closed_on")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.day_names = []
        for number, label in enumerate(WEEKDAYS):
            name = f"weekday_{number}"
            self.add_field(name, HoursField(label=label))
            self.day_names.append(name)

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if values.get("head_lease") and not values.get("rented_in"):
            self.add_error("rented_in", _("There is a head lease only where the district rents the venue."))
        return values

    @property
    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.OWN}

    @property
    def hours(self) -> list[tuple[int, int, int]]:
        return [
            (number, opens, closes)
            for number, name in enumerate(self.day_names)
            for opens, closes in self.cleaned_data[name]
        ]


class RoomForm(VersionedForm):
    """A room. `parent` only for a new one: its place in the tree stays."""

    submit_label = _("Save the room")
    name = forms.CharField(label=_("Name"), max_length=120)
    capacity = NumberField(label=_("Most people at once"), min_value=1, max_value=100_000)
    price_class = forms.ChoiceField(label=_("Price class"))
    position = NumberField(label=_("Place in lists"), max_value=999, initial=0)
    parent = forms.ModelChoiceField(
        label=_("Part of"),
        queryset=Room.objects.none(),
        required=False,
        empty_label=_("A room of its own"),
        help_text=_("A hall that can be divided: the hall first, then its parts. Booking the hall takes all of them."),
    )
    closed_on = DateField(label=_("Let no more from"), required=False)
    OWN = ("name", "capacity", "price_class", "position", "closed_on")

    def __init__(self, *args: Any, parents: Any, classes: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["price_class"].choices = [(one, one) for one in classes]  # type: ignore[attr-defined]
        if parents is None:
            del self.fields["parent"]
        else:
            self.fields["parent"].queryset = parents  # type: ignore[attr-defined]

    @property
    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.OWN}


class OfficersForm(Form):
    submit_label = _("Save")
    officers = forms.ModelMultipleChoiceField(
        label=_("Premises officers who serve the venue"),
        queryset=User.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Nobody ticked: every premises officer of the district."),
    )

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["officers"].queryset = people  # type: ignore[attr-defined]


class ContentForm(Form):
    """A version's content as TOML, as in the shipped examples: the whole rule at one glance."""

    submit_label = _("Save the draft")
    content = TextField(label=_("Content (TOML)"), rows=24, max_length=40_000)

    def clean_content(self) -> dict[str, Any]:
        try:
            return tomllib.loads(self.cleaned_data["content"])
        except tomllib.TOMLDecodeError as error:
            raise ValidationError(_("This cannot be read: %(what)s.") % {"what": error}, code="toml") from error


class PublishForm(Form):
    submit_label = _("Publish")
    valid_from = DateField(
        label=_("Valid from"), first=clock.today, last=lambda: clock.today() + timedelta(days=730), initial=clock.today
    )
