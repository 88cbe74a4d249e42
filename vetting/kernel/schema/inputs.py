"""The input for one described value: the field, what it shows of a stored value, what is stored of what was typed."""

import re
from collections.abc import Iterable
from datetime import time
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.functional import lazystr
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from vetting.kernel import text
from vetting.kernel.forms import DateField, MoneyField, NumberField, TextField
from vetting.kernel.labels import Label
from vetting.kernel.schema.fields import Part
from vetting.kernel.schema.plain import plain

NOT_STATED = _("Not stated")
SHORT = {"class": "v-input-short", "autocomplete": "off"}
DAY_MONTH = re.compile(r"(\d{1,2})\s*/\s*(\d{1,2})")


def field_for(part: Part, loose: bool, language: str = "") -> forms.Field:
    """A field for the part. `loose`: inside a table that may be absent, so it may be left empty."""
    must = not (loose or part.optional or part.many)
    more: dict[str, Any] = {"label": _label(part, language), "required": must}
    if part.hint:
        more["help_text"] = lazystr(part.hint)
    if part.many:
        return _list(part, more)
    if part.kind is bool:
        return _yes_or_no(part, more)
    if part.is_choice:
        return forms.ChoiceField(choices=lambda: _choices(part, blank=not must), **more)
    if part.kind is int:
        return NumberField(unit=part.unit or "", **more)
    if part.kind is Decimal:
        field = MoneyField(**more)
        field.unit = "kr" if part.name.endswith("kr") else str(part.unit or "")
        return field
    return _written_field(part, more)


def _label(part: Part, language: str) -> Any:
    name = {"sv": _("in Swedish"), "en": _("in English")}.get(language)
    return format_lazy("{}, {}", lazystr(part.label), name) if name else lazystr(part.label)


def _written_field(part: Part, more: dict[str, Any]) -> forms.Field:
    kind = part.kind
    if kind is time:
        more["help_text"] = _("Hour and minutes, for example 12:00.")
        return forms.TimeField(input_formats=["%H:%M", "%H.%M"], widget=forms.TimeInput(SHORT, "%H:%M"), **more)
    if part.is_leaf:
        more["help_text"] = _("For example 28/2. The last day of a month: 02-last.")
        return forms.CharField(max_length=40, widget=forms.TextInput(SHORT), **more)
    if kind is Label and part.name in {"name", "title"}:
        return forms.CharField(max_length=160, **more)
    if kind is Label:
        return _quiet(TextField(rows=2, **more))
    if kind is str:
        return forms.CharField(max_length=4000, **more)
    return DateField(**more)


def _yes_or_no(part: Part, more: dict[str, Any]) -> forms.Field:
    if not part.optional:
        return forms.BooleanField(**{**more, "required": False})
    return forms.ChoiceField(choices=[("", NOT_STATED), ("yes", _("Yes")), ("no", _("No"))], **more)


def _list(part: Part, more: dict[str, Any]) -> forms.Field:
    if part.is_choice:
        widget = forms.CheckboxSelectMultiple
        return forms.MultipleChoiceField(choices=lambda: _choices(part, blank=False), widget=widget, **more)
    if part.kind is Label:
        more["help_text"] = _("One on each line, Swedish and English with | between: Hyra | Rent")
    else:
        more["help_text"] = _("One on each line.")
    return _quiet(TextField(rows=3, max_length=20_000, **more))


def _quiet(field: TextField) -> TextField:
    """Without the counter below: among many fields it says nothing that helps."""
    field.limit = 0
    return field


def _choices(part: Part, *, blank: bool) -> list[tuple[str, Any]]:
    members: Iterable[Any] = part.kind
    found = [
        (member.value, str(part.words[member] if part.words else member.label))
        for member in members
        if not part.words or member in part.words
    ]
    return [("", NOT_STATED), *found] if blank else found


def typed(part: Part, value: Any, loose: bool) -> Any:
    """What the input shows of the stored (plain) value; of an absent one its default, where it must have a value."""
    if value is None and not loose:
        value = plain(part.default) if part.default not in (None, ()) else None
    if part.many and not part.is_choice:
        return "\n".join(_line(one) for one in value or ())
    if part.kind is bool and part.optional:
        return {True: "yes", False: "no"}.get(value, "")
    if part.kind is Decimal and value is not None:
        return Decimal(value)
    return value


def _line(value: Any) -> str:
    return f"{value['sv']} | {value['en']}" if isinstance(value, dict) else str(value)


def written(part: Part, value: Any) -> Any:
    """What is stored (plain) of the cleaned value; None: nothing. The reader checks it, and names what is wrong."""
    if part.many:
        return _written_list(part, value)
    if part.kind is bool:
        return {"yes": True, "no": False}.get(value) if part.optional else bool(value)
    if value in (None, ""):
        return None
    if part.is_leaf and (match := DAY_MONTH.fullmatch(value.strip())):
        return f"{int(match[2]):02}-{int(match[1]):02}"
    return value.strip() if isinstance(value, str) else plain(value)


def _written_list(part: Part, value: Any) -> Any:
    if part.is_choice:
        return list(value) or None
    lines = [line.strip() for line in (value or "").splitlines() if line.strip()]
    if part.kind is Label:
        pairs = [line.partition("|") for line in lines]
        return [{"sv": sv.strip(), "en": en.strip()} for sv, _bar, en in pairs] or None
    if part.kind is Decimal:
        return [re.sub(rf"[\s{text.THIN}{text.FIXED}]|kr$", "", line).replace(",", ".") for line in lines] or None
    return lines or None
