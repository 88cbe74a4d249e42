"""A plan of reminders on a form: its steps with their days, who is told, and the words in both languages."""

from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from vetting.kernel import clock
from vetting.kernel.forms import DateField, Form, NumberField, TextField
from vetting.obligations.plan import AUDIENCES, FURTHEST, HEAD, OFFICER, OWED, PARTY, PLACEHOLDERS, code_for, words_in

AUDIENCE_LABELS = {PARTY: _("the association"), OFFICER: _("the officer"), HEAD: _("the unit head")}
BEFORE, AFTER = "before", "after"
SIDES = ((BEFORE, _("before")), (AFTER, _("after")))
SPARE = 1  # steps more than there are: an empty one is left out
TEXTS = (
    ("subject_sv", _("Subject line, Swedish"), False),
    ("body_sv", _("Text, Swedish"), True),
    ("subject_en", _("Subject line, English"), False),
    ("body_en", _("Text, English"), True),
)


class PlanForm(Form):
    """The steps of `base`, and an empty one. A step without a day is left out of the plan."""

    submit_label = _("Save as a draft")

    def __init__(self, data: Any = None, *, base: Mapping[str, Any]) -> None:
        super().__init__(data)
        self.base, self.number = base, len(base["steps"]) + SPARE
        for at in range(self.number):
            given = base["steps"][at] if at < len(base["steps"]) else {}
            self._add_step(at, given)

    def _add_step(self, at: int, given: Mapping[str, Any]) -> None:
        day = given.get("day")
        days = NumberField(
            label=_("Days"),
            help_text=_("0 is the last day itself. Leave empty to take the reminder away."),
            max_value=FURTHEST,
            required=False,
            initial=None if day is None else abs(day),
        )
        side = forms.ChoiceField(
            label=_("Before or after the last day"),
            choices=SIDES,
            widget=forms.RadioSelect,
            required=False,
            initial=AFTER if day is not None and day > 0 else BEFORE,
        )
        told = forms.MultipleChoiceField(
            label=_("Who is reminded"),
            choices=[(code, AUDIENCE_LABELS[code]) for code in AUDIENCES],
            widget=forms.CheckboxSelectMultiple,
            required=False,
            initial=given.get("to", [PARTY]),
        )
        self._put(at, {"days": days, "side": side, "to": told})
        for name, label, is_body in TEXTS:
            kind: Any = TextField if is_body else forms.CharField
            more: dict[str, Any] = {"rows": 10, "max_length": 3000} if is_body else {"max_length": 200}
            initial = str(given.get(name, "")).strip()
            self._put(at, {name: kind(label=label, required=False, initial=initial, **more)})

    def _put(self, at: int, fields: Mapping[str, forms.Field]) -> None:
        for name, field in fields.items():
            field.owed = True  # type: ignore[attr-defined]  # asked for where the step has a day
            self.add_field(f"{name}_{at}", field)

    def steps(self) -> Iterator[tuple[int, list[forms.BoundField]]]:
        """Each step's fields, for the page; numbered from 1."""
        for at in range(self.number):
            yield at + 1, [self[f"{name}_{at}"] for name in ("days", "side", "to", *(text for text, *_ in TEXTS))]

    def _days(self) -> dict[int, int]:
        """Which step → its day from the last day; steps without one are left out."""
        values, found = self.cleaned_data, {}
        for at in range(self.number):
            days = values.get(f"days_{at}")
            if days is not None:
                found[at] = days if values.get(f"side_{at}") == AFTER else -days
        return found

    def clean(self) -> dict[str, Any]:
        values, kept = super().clean() or self.cleaned_data, self._days()
        if not kept and not self.errors:
            self.add_error("days_0", _("A plan has at least one reminder."))
        days: set[int] = set()
        for at, day in kept.items():
            if day in days:
                self.add_error(f"days_{at}", _("Another reminder has this day already."))
            days.add(day)
            if not values.get(f"to_{at}"):
                self.add_error(f"to_{at}", _("Choose who is reminded."))
            for name, _label, is_body in TEXTS:
                self._check_text(f"{name}_{at}", values.get(f"{name}_{at}") or "", is_body)
        return values

    def _check_text(self, name: str, written: str, is_body: bool) -> None:
        words = words_in(written)
        if not written.strip():
            self.add_error(name, _("Write the text."))
        elif words is None:
            self.add_error(name, _("A brace is open or closed alone. Write words to be filled in as {number}."))
        else:
            for word in words:
                if word not in PLACEHOLDERS:
                    known = ", ".join(f"{{{one}}}" for one in sorted(PLACEHOLDERS))
                    text = gettext("%(word)s cannot be filled in. These can: %(known)s.")
                    self.add_error(name, text % {"word": f"{{{word}}}", "known": known})
            for word in OWED if is_body else ():
                if word not in words:
                    text = gettext("The text must say %(word)s, so that the reader knows what it is about.")
                    self.add_error(name, text % {"word": f"{{{word}}}"})

    def content(self) -> dict[str, Any]:
        """The plan as it is kept, its steps in the order of their days."""
        values, steps = self.cleaned_data, []
        for at, day in self._days().items():
            texts = {name: values[f"{name}_{at}"] for name, *_ in TEXTS}
            steps.append({"code": code_for(day), "day": day, "to": values[f"to_{at}"], **texts})
        kept = {name: value for name, value in self.base.items() if name.startswith(("name_", "copy_"))}
        return kept | {"steps": sorted(steps, key=lambda step: step["day"])}


class PublishPlanForm(Form):
    submit_label = _("Publish")
    valid_from = DateField(
        label=_("Valid from"), first=clock.today, last=lambda: clock.today() + timedelta(days=730), initial=clock.today
    )
