"""How every form behaves: the button, the hidden fields, how a field is dressed, the words of its ordinary errors."""

import uuid
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms
from django.core.exceptions import NON_FIELD_ERRORS
from django.forms.utils import ErrorList
from django.utils.functional import cached_property
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from vetting.kernel.forms.problems import place_of

CHECKS = (forms.CheckboxInput, forms.RadioSelect, forms.CheckboxSelectMultiple)
FILL_IN = _("Fill in “{label}”.")
TOO_LONG = _("“{label}” can have at most %(limit_value)d characters and has %(show_value)d. Shorten it.")
CHOOSE = _("Choose an answer at “{label}”.")


class Manners:
    """Mixed into every form.

    `submit_label` is the button's text; `cancel_url` a link beside it. A field's class is set here, so that
    `{{ field }}` looks the same however a template draws it.
    """

    submit_label: Any = _("Save")
    cancel_url = ""
    layout: Layout | None = None
    owed: tuple[str, ...] = ()  # fields that are not always required, and yet no "optional" stands beside them
    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            _dress(field)
            if name in self.owed:
                field.owed = True  # type: ignore[attr-defined]

    def add_field(self, name: str, field: forms.Field) -> None:
        """A field that only this form has, made when it is known how many there are."""
        self.fields[name] = field
        _dress(field)

    @cached_property
    def helper(self) -> FormHelper:
        """What `{% crispy form %}` asks: a posted form, checked by the server (its messages say more)."""
        helper = FormHelper()
        helper.attrs = {"novalidate": "", "data-guard": ""}
        helper.form_class = "v-form"
        helper.layout = self.layout
        return helper

    @property
    def problems(self) -> list[tuple[str, str]]:
        """(id to jump to, message) in the order of the fields; errors of the whole form first, without an id."""
        found = [("", str(message)) for message in self.errors.get(NON_FIELD_ERRORS, ErrorList())]  # type: ignore[attr-defined]
        for bound in self:  # type: ignore[attr-defined]
            place = place_of(bound)
            found.extend(("" if bound.is_hidden else place, str(message)) for message in bound.errors)
        return found


def _dress(field: forms.Field) -> None:
    widget = field.widget
    if isinstance(field, forms.CharField):
        field.error_messages.setdefault("max_length", format_lazy(TOO_LONG, label=field.label or ""))
    if str(field.error_messages.get("required")) == str(forms.Field.default_error_messages["required"]):
        chosen = isinstance(widget, (forms.Select, *CHECKS))
        field.error_messages["required"] = format_lazy(CHOOSE if chosen else FILL_IN, label=field.label or "")
    if isinstance(widget, CHECKS) or widget.is_hidden:
        return
    wanted = "form-select" if isinstance(widget, forms.Select) else "form-control"
    given = str(widget.attrs.get("class", ""))
    if wanted not in given.split():
        widget.attrs["class"] = f"{wanted} {given}".strip()


class Form(Manners, forms.Form):
    """A form that does something once: carries a key for the intent (trust F1)."""

    idempotency_key = forms.UUIDField(required=False, initial=uuid.uuid4, widget=forms.HiddenInput)


class ModelForm(Manners, forms.ModelForm):
    """The same for a model; saving stays with the services."""

    idempotency_key = forms.UUIDField(required=False, initial=uuid.uuid4, widget=forms.HiddenInput)


class VersionedForm(Form):
    """A form on something that others may change meanwhile: it carries the version it was made from."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class SearchForm(Manners, forms.Form):
    """A form that only asks (GET): no key, and what cannot be read is an error, never "everything"."""
