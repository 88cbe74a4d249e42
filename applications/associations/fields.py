"""Form fields of the register. What looks like a person's identity number is refused and **not shown again**."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from applications.associations.importing.values import website
from vetting.kernel import giro, orgnr
from vetting.kernel.cells import clean


class OrgnrField(forms.CharField):
    """An organisation number as people write it; gives ten digits (docs/domain.md §1.5)."""

    def __init__(self, **kwargs: Any) -> None:
        attrs = {"autocomplete": "off", "inputmode": "numeric", "class": "v-input-short"}
        kwargs.setdefault("widget", forms.TextInput(attrs=attrs))
        kwargs.setdefault("label", _("Organisation number"))
        super().__init__(**kwargs)

    def clean(self, value: Any) -> str:
        text = super().clean(value)
        found = orgnr.check(text)
        if found.refusal:
            raise ValidationError(str(orgnr.REFUSAL_TEXTS[found.refusal]), code=found.refusal)
        return found.number

    def bound_data(self, data: Any, initial: Any) -> Any:
        refused = isinstance(data, str) and orgnr.check(data).refusal is orgnr.Refusal.PERSON
        return "" if refused else super().bound_data(data, initial)

    def prepare_value(self, value: Any) -> Any:
        return orgnr.formatted(value) if isinstance(value, str) and len(value) == 10 and value.isdigit() else value


class PlainTextField(forms.CharField):
    """One line of text, cleaned of invisible signs; an identity number in it is refused."""

    def clean(self, value: Any) -> str:
        if isinstance(value, str) and orgnr.holds_identity_number(value):
            raise ValidationError(IDENTITY, code="identity_number")
        return clean(super().clean(value))

    def bound_data(self, data: Any, initial: Any) -> Any:
        refused = isinstance(data, str) and orgnr.holds_identity_number(data)
        return "" if refused else super().bound_data(data, initial)


class NoteField(PlainTextField):
    """A few lines about a matter, not about a person."""

    def __init__(self, *, max_length: int = 500, rows: int = 3, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": rows}))
        super().__init__(max_length=max_length, **kwargs)
        self.limit = max_length


class WebsiteField(PlainTextField):
    def clean(self, value: Any) -> str:
        address, code = website(super().clean(value))
        if code:
            raise ValidationError(_("Write the web address as www.example.se."), code=code)
        return address or ""


class GiroNumberField(PlainTextField):
    """A number whose kind stands in another field, so its check digit is judged by the service."""

    def clean(self, value: Any) -> str:
        text = super().clean(value)
        if text and not any(giro.digits_of(kind, text) for kind in giro.GiroKind):
            raise ValidationError(
                _("The number is not right: a digit is missing or mistyped. Compare it with the proof."), code="giro"
            )
        return text


IDENTITY = _("This looks like a person's identity number. It was not kept. Write it without the number.")
