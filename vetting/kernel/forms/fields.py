"""Fields for Swedish writing habits: sums, days, numbers and longer text as people write them."""

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from vetting.kernel import text
from vetting.kernel.clock import today

Bound = date | Callable[[], date] | None


class MoneyField(forms.DecimalField):
    """A sum in SEK as people write it: `85 000`, `85000,50`, `85 000 kr`; gives a Decimal with at most two decimals."""

    default_error_messages = {
        "invalid": _("Write the sum in digits, for example 24 000."),
        "too_low": _("The sum must be at least %(limit)s."),
        "too_high": _("The sum can be at most %(limit)s."),
        "max_decimal_places": _("Write at most two digits after the comma, for example 24 000,50."),
        "max_digits": _("The sum is too large. Check the number of zeros."),
        "max_whole_digits": _("The sum is too large. Check the number of zeros."),
    }
    unit = "kr"

    def __init__(self, *, least: Decimal | int = 0, most: Decimal | int | None = None, **kwargs: Any) -> None:
        self.least, self.most = least, most
        kwargs.setdefault("max_digits", 12)
        kwargs.setdefault("decimal_places", 2)
        attrs = {"inputmode": "decimal", "autocomplete": "off", "class": "v-input-short v-num"}
        kwargs.setdefault("widget", forms.TextInput(attrs=attrs))
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> Decimal | None:  # type: ignore[override]
        if value in self.empty_values:
            return None
        if isinstance(value, Decimal | int):
            return Decimal(value)
        plain = re.sub(r"\s*(?:kr|sek|:-)\.?$", "", str(value).strip(), flags=re.IGNORECASE)
        plain = re.sub(r"[\s\u00a0\u2009\u202f']", "", plain).replace(text.MINUS, "-").replace(",", ".")
        if not re.fullmatch(r"-?[0-9]+(?:\.[0-9]*)?", plain):
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        try:
            return Decimal(plain.removesuffix("."))
        except InvalidOperation as error:  # more digits than a Decimal takes
            raise ValidationError(self.error_messages["max_digits"], code="max_digits") from error

    def validate(self, value: Decimal | None) -> None:
        super().validate(value)  # type: ignore[arg-type]
        if value is not None and value < self.least:
            raise ValidationError(
                self.error_messages["too_low"], code="too_low", params={"limit": text.kronor(self.least)}
            )
        if value is not None and self.most is not None and value > self.most:
            raise ValidationError(
                self.error_messages["too_high"], code="too_high", params={"limit": text.kronor(self.most)}
            )

    def prepare_value(self, value: Any) -> Any:
        return text.kronor(value, unit=False) if isinstance(value, Decimal | int) else value


_PATTERNS = (
    re.compile(r"(?P<y>[0-9]{4})[-./ ](?P<m>[0-9]{1,2})[-./ ](?P<d>[0-9]{1,2})"),
    re.compile(r"(?P<y>[0-9]{4})(?P<m>[0-9]{2})(?P<d>[0-9]{2})"),
    re.compile(r"(?P<d>[0-9]{1,2})[./](?P<m>[0-9]{1,2})[-./ ]+(?P<y>[0-9]{4})"),
    re.compile(r"(?:den )?(?P<d>[0-9]{1,2}):?[ae]? (?P<name>[a-z]{3,9})\.? (?P<y>[0-9]{4})"),
)
_MONTHS = ("jan", "feb", "mar", "apr", "ma[ji]", "jun", "jul", "aug", "sep", "o[kc]t", "nov", "dec")


class DateField(forms.DateField):
    """A day as people write it: `2026-03-03`, `20260303`, `3/3 2026`, `3 mars 2026`.

    `first` and `last` (dates, or functions that give one) bound it; the message names both.
    """

    default_error_messages = {
        "invalid": _("Write the day as year-month-day, for example 2026-03-31."),
        "no_such_day": _("There is no such day. Check month and day."),
        "strange_year": _("Check the year: it should have four digits and lie between 1900 and 2100."),
        "too_early": _("The day can be %(first)s at the earliest."),
        "too_late": _("The day can be %(last)s at the latest."),
        "outside": _("The day must lie between %(first)s and %(last)s."),
    }

    def __init__(self, *, first: Bound = None, last: Bound = None, **kwargs: Any) -> None:
        self.first, self.last = first, last
        attrs = {"autocomplete": "off", "class": "v-input-short"}
        kwargs.setdefault("widget", forms.TextInput(attrs=attrs))
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> date | None:
        if value in self.empty_values:
            return None
        if isinstance(value, date):
            return text.local_day(value)
        plain = " ".join(str(value).lower().replace("\u2013", "-").replace("\u2212", "-").split())
        for match in filter(None, (pattern.fullmatch(plain) for pattern in _PATTERNS)):
            month = _month(match)
            if month:
                try:
                    return date(int(match["y"]), month, int(match["d"]))
                except ValueError as error:
                    raise ValidationError(self.error_messages["no_such_day"], code="no_such_day") from error
        raise ValidationError(self.error_messages["invalid"], code="invalid")

    def validate(self, value: date | None) -> None:
        super().validate(value)
        if value is None:
            return
        if not 1900 <= value.year <= 2100:
            raise ValidationError(self.error_messages["strange_year"], code="strange_year")
        first, last = _bound(self.first), _bound(self.last)
        if (first and value < first) or (last and value > last):
            code = "outside" if first and last else "too_early" if first else "too_late"
            params = {"first": first and text.day(first), "last": last and text.day(last)}
            raise ValidationError(self.error_messages[code], code=code, params=params)

    def prepare_value(self, value: Any) -> Any:
        return text.iso_day(value) if isinstance(value, date) else value


def _month(match: re.Match[str]) -> int:
    if "m" in match.re.groupindex:
        return int(match["m"])
    return next((number for number, start in enumerate(_MONTHS, 1) if re.match(start, match["name"])), 0)


def _bound(limit: Bound) -> date | None:
    return limit() if callable(limit) else limit


class NotLaterThanToday(DateField):
    """A day that has been: an arrival day, the day of minutes."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(last=today, **kwargs)


class TextField(forms.CharField):
    """Longer text. Line breaks are counted once however the browser sends them; the limit stands below the field."""

    def __init__(self, *, rows: int = 5, max_length: int = 4000, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": rows}))
        super().__init__(max_length=max_length, **kwargs)
        self.limit = max_length

    def to_python(self, value: Any) -> str:
        return super().to_python(value.replace("\r\n", "\n") if isinstance(value, str) else value) or ""

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        # Not `maxlength`: a browser would cut pasted text without a word. The script shows what is left.
        return {"data-limit": str(self.max_length)}


class NumberField(forms.IntegerField):
    """A whole number of something: members, people in a room. Spaces between thousands are taken."""

    default_error_messages = {"invalid": _("Write a whole number in digits, for example 120.")}

    def __init__(self, *, unit: Any = "", **kwargs: Any) -> None:
        self.unit = unit
        kwargs.setdefault("min_value", 0)
        attrs = {"inputmode": "numeric", "autocomplete": "off", "class": "v-input-short v-num"}
        kwargs.setdefault("widget", forms.TextInput(attrs=attrs))
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> int | None:
        return super().to_python(re.sub(r"[\s\u00a0\u2009\u202f]", "", value) if isinstance(value, str) else value)
