"""Rows of text that grow without a script: a button asks for more, and what is typed stays."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from vetting.kernel.forms import TextField

MOST = 20


class LinesMixin:
    """Adds `line_N` and `source_N` fields to a form of the house. `lines` (hidden) says how many there are."""

    first_lines = 2
    line_label: Any = _("Fact")
    source_help: Any = ""
    fields: dict[str, forms.Field]

    def add_lines(self) -> None:
        """Called at the end of the form's `__init__`."""
        count = self._count()
        self.fields["lines"] = forms.IntegerField(widget=forms.HiddenInput, initial=count, required=False)
        for number in range(count):
            n = number + 1
            text = TextField(label=f"{self.line_label} {n}", required=False, rows=3, max_length=2000)
            label = _("Where fact %(number)s comes from") % {"number": n}
            source = forms.CharField(label=label, required=False, max_length=300, help_text=self.source_help)
            text.owed = True  # type: ignore[attr-defined]
            self.add_field(f"line_{number}", text)  # type: ignore[attr-defined]
            self.add_field(f"source_{number}", source)  # type: ignore[attr-defined]

    def _count(self) -> int:
        given = self.data.get("lines") if self.is_bound else self.initial.get("lines")  # type: ignore[attr-defined]
        try:
            return min(max(int(given), self.first_lines), MOST)
        except (TypeError, ValueError):
            return self.first_lines

    @property
    def typed_lines(self) -> list[dict[str, str]]:
        """The rows with a text: {"text", "source"}."""
        values: dict[str, Any] = self.cleaned_data  # type: ignore[attr-defined]
        rows = range(values.get("lines") or self.first_lines)
        return [
            {"text": values[f"line_{n}"].strip(), "source": values.get(f"source_{n}", "").strip()}
            for n in rows
            if values.get(f"line_{n}", "").strip()
        ]


def as_typed(form: Any) -> dict[str, Any]:
    """What stands in a bound form's fields, unchecked: to show the form again with one row more."""
    values = {
        name: field.widget.value_from_datadict(form.data, form.files, form.add_prefix(name))
        for name, field in form.fields.items()
    }
    return values | {"lines": form.fields["lines"].initial + 1}
