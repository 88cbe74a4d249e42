"""Forms of the register."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from applications.associations.choices import (
    CheckResult,
    ConfirmedAgainst,
    DocumentKind,
    LegalForm,
    MainActivity,
    RegisterStatus,
    RepresentativeRole,
)
from applications.associations.fields import GiroNumberField, NoteField, OrgnrField, PlainTextField, WebsiteField
from applications.associations.services.register_association import SHARED_FIELDS
from applications.associations.services.save_own_data import OWN_FIELDS
from vetting.accounts.models import District
from vetting.kernel.forms import DateField, Form, NotLaterThanToday, NumberField, SearchForm, VersionedForm
from vetting.kernel.giro import GiroKind

NOT_CHOSEN = [("", _("Choose"))]
ALL = [("", _("All"))]


class FindForm(SearchForm):
    """The filters of the list. What cannot be read is an error, never "everything"."""

    q = forms.CharField(label=_("Search"), required=False, max_length=200)
    area = forms.ChoiceField(label=_("Area"), required=False)
    form = forms.ChoiceField(label=_("Legal form"), required=False, choices=[*ALL, *LegalForm.choices])
    status = forms.ChoiceField(label=_("Status"), required=False, choices=[*ALL, *RegisterStatus.choices])
    known = forms.ChoiceField(
        label=_("Whose"),
        required=False,
        choices=[("", _("All in the register")), ("own", _("Known to my district"))],
    )
    sida = forms.IntegerField(required=False, min_value=1, max_value=10_000, widget=forms.HiddenInput)

    def __init__(self, *args: Any, areas: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area"].choices = [*ALL, *((area, area) for area in areas)]  # type: ignore[attr-defined]
        self.fields["q"].widget.attrs |= {"type": "search", "autocomplete": "off"}


class SharedDataForm(VersionedForm):
    """What districts share about an association."""

    name = PlainTextField(label=_("Name"), max_length=300)
    legal_form = forms.ChoiceField(label=_("Legal form"), choices=[*NOT_CHOSEN, *LegalForm.choices])
    registered_date = NotLaterThanToday(label=_("Registered"), required=False)
    status = forms.ChoiceField(
        label=_("Status in the public register"),
        required=False,
        choices=[("", _("Not known")), *RegisterStatus.choices],
    )
    status_date = NotLaterThanToday(label=_("Status since"), required=False)
    seat = PlainTextField(label=_("Seat"), max_length=100, required=False, help_text=_("The municipality of the seat."))
    area = PlainTextField(
        label=_("Area"),
        max_length=100,
        required=False,
        help_text=_("The part of the city, as the association writes it."),
    )

    @property
    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in SHARED_FIELDS}


class RegisterForm(SharedDataForm):
    """A new association. The version has no meaning yet."""

    version = None  # type: ignore[assignment]
    orgnr = OrgnrField(help_text=_("Ten digits. Never a person's identity number."))
    district = forms.ModelChoiceField(label=_("District"), queryset=District.objects.none(), empty_label=None)
    field_order = ("orgnr", *SHARED_FIELDS, "district")
    submit_label = _("Register the association")

    def __init__(self, *args: Any, districts: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["district"].queryset = districts  # type: ignore[attr-defined]
        if len(districts) == 1:
            self.fields["district"].initial = districts[0]
            self.fields["district"].widget = self.fields["district"].hidden_widget()
            self.fields["district"].widget.choices = []


class StackedChoiceField(forms.ChoiceField):
    """Choices with long words, one below the other."""

    stacked = True

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=forms.RadioSelect, **kwargs)


class ConfirmForm(VersionedForm):
    """With what the register data were compared."""

    against = StackedChoiceField(label=_("Compared with"), choices=ConfirmedAgainst.choices)
    submit_label = _("Confirm the register data")


class OwnDataForm(VersionedForm):
    """What the district knows of the association. Counts only: no member list is ever asked for here."""

    members = NumberField(label=_("Members"), required=False, max_value=10_000_000)
    members_in_area = NumberField(label=_("Members in the area"), required=False, max_value=10_000_000)
    women = NumberField(label=_("Women and girls"), required=False, max_value=10_000_000)
    counted_on = NotLaterThanToday(label=_("Counts as of"), required=False)
    main_activity = forms.ChoiceField(
        label=_("Main activity"),
        required=False,
        choices=[("", _("Not stated")), *MainActivity.choices],
        help_text=_("For statistics. What the association mostly does, never what its members think or believe."),
    )
    website = WebsiteField(label=_("Website"), max_length=200, required=False)
    email = forms.EmailField(label=_("E-mail of the association"), required=False)
    phone = PlainTextField(
        label=_("Telephone of the association"),
        required=False,
        max_length=40,
        validators=[
            RegexValidator(r"^[0-9 ()+/-]+$", _("Write the telephone number in digits, for example 08-508 10 000."))
        ],
    )
    postal_address = PlainTextField(label=_("Postal address"), max_length=200, required=False)
    protected_activity = forms.BooleanField(
        label=_("Protected activity: address, venue and times are never published"), required=False
    )

    @property
    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in OWN_FIELDS}


_SIGNED = [("", _("Not looked at")), ("yes", _("Yes")), ("no", _("No"))]


def _signed(value: str) -> bool | None:
    return {"yes": True, "no": False}.get(value)


class DocumentForm(Form):
    """A paper of the association, with its file or as seen on paper."""

    kind = forms.ChoiceField(label=_("Document"), choices=[*NOT_CHOSEN, *DocumentKind.choices])
    dated_on = NotLaterThanToday(
        label=_("Date of the document"), help_text=_("The day it was adopted, approved or issued.")
    )
    signed = forms.TypedChoiceField(
        label=_("Signed"), choices=_SIGNED, coerce=_signed, empty_value=None, required=False
    )
    file = forms.FileField(
        label=_("File"),
        required=False,
        help_text=_("PDF, JPEG, PNG, DOCX, XLSX or ODT. Leave it out for a paper you have only seen."),
    )
    submit_label = _("Add the document")


class CheckDocumentForm(VersionedForm):
    """What the officer found."""

    result = forms.ChoiceField(
        label=_("What did the check show?"), choices=CheckResult.choices, widget=forms.RadioSelect
    )
    signed = forms.TypedChoiceField(
        label=_("Signed"), choices=_SIGNED, coerce=_signed, empty_value=None, required=False
    )
    note = NoteField(label=_("Note"), required=False, help_text=_("What is missing, or what you looked at."))
    submit_label = _("Save the check")


class RepresentativeForm(Form):
    """A person in a role. Name and role, nothing else about the person."""

    role = forms.ChoiceField(label=_("Role"), choices=[*NOT_CHOSEN, *RepresentativeRole.choices])
    post = PlainTextField(
        label=_("Post"), max_length=60, required=False, help_text=_("As the minutes say: chair, treasurer, deputy.")
    )
    name = PlainTextField(label=_("Name"), max_length=120, help_text=_("Name only, never an identity number."))
    protected = forms.BooleanField(label=_("Protected personal data: the name is kept out of lists"), required=False)
    valid_from = DateField(label=_("From"), help_text=_("The day of the election, as in the minutes."))
    valid_to = DateField(label=_("To"), required=False)
    submit_label = _("Add the role")


class EndRepresentativeForm(Form):
    valid_to = NotLaterThanToday(label=_("Last day in the role"))
    submit_label = _("End the role")


class GiroForm(Form):
    """A number to which money may be paid once somebody else has confirmed it."""

    kind = forms.ChoiceField(label=_("Kind"), choices=GiroKind.choices, widget=forms.RadioSelect)
    number = GiroNumberField(
        label=_("Number"),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "off", "class": "v-input-short"}),
    )
    submit_label = _("Register the number")


class ConfirmGiroForm(Form):
    """The second person's choice: nothing is chosen beforehand."""

    answer = forms.ChoiceField(
        label=_("Does the number agree with the proof from the association's bank?"),
        choices=[("confirm", _("Yes, take it into use")), ("reject", _("No, take it away"))],
        widget=forms.RadioSelect,
    )
    submit_label = _("Save the answer")


def differing(form: Any, current: Any, names: Iterable[str]) -> list[tuple[Any, Any, Any]]:
    """(label, typed, stored now) of the fields whose values differ, as they are shown to people."""
    found = []
    for name in names:
        typed, stored = form.cleaned_data.get(name), getattr(current, name)
        if typed != stored and (typed or stored):
            found.append((form.fields[name].label, shown(form.fields[name], typed), shown(form.fields[name], stored)))
    return found


def shown(field: forms.Field, value: Any) -> Any:
    """A value as its field shows it: the label of a choice, yes or no, the day; a dash for nothing."""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    choices = dict(getattr(field, "choices", ()) or ())
    return choices.get(value, field.prepare_value(value)) if value not in (None, "") else "–"
