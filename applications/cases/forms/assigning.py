"""Many cases to one officer: what was chosen in the queue, and what the check page showed."""

import uuid
from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from applications.cases.assigning import AT_ONCE, OFFICERS
from vetting.accounts.models import Membership, User
from vetting.kernel import clock
from vetting.kernel.forms import Form

HAD = "had-"  # before a case's key: who had it when the check page was shown


class KeysField(forms.Field):
    """The chosen cases' keys, each once, in the order of the page."""

    widget = forms.CheckboxSelectMultiple
    default_error_messages = {
        "required": _("Choose at least one case in the list."),
        "invalid": _("One of the chosen cases could not be read. Choose again."),
        "too_many": _("At most %(most)d cases are assigned at once, and you chose %(number)d. Choose fewer."),
    }

    def to_python(self, value: Any) -> list[uuid.UUID]:
        try:
            return list(dict.fromkeys(uuid.UUID(one) for one in value or ()))
        except ValueError as error:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from error

    def validate(self, value: list[uuid.UUID]) -> None:
        super().validate(value)
        if len(value) > AT_ONCE:
            values = {"most": AT_ONCE, "number": len(value)}
            raise ValidationError(self.error_messages["too_many"], code="too_many", params=values)


class OfficerField(forms.ModelChoiceField):
    """An officer by key; whoever handles no cases in the reader's districts is no choice."""

    default_error_messages = {
        "required": _("Choose an officer to assign to."),
        "invalid_choice": _("The officer you chose handles no cases here today. Choose another."),
    }

    def to_python(self, value: Any) -> Any:
        try:
            key = uuid.UUID(value) if value else ""
        except ValueError as error:
            raise ValidationError(self.error_messages["invalid_choice"], code="invalid_choice") from error
        return super().to_python(key)


class AssignManyForm(Form):
    """What the queue's bar posts. Its fields' ids are those of the bar, so that the error summary leads there."""

    case = KeysField()
    officer = OfficerField(queryset=User.objects.none(), to_field_name="key")

    def __init__(self, *args: Any, districts: Iterable[int], **kwargs: Any) -> None:
        super().__init__(*args, auto_id="%s", **kwargs)
        posts = Membership.objects.valid_on(clock.today()).filter(district_id__in=list(districts), role__in=OFFICERS)
        people = User.objects.filter(is_active=True, pk__in=posts.values("user_id"))
        self.fields["officer"].queryset = people  # type: ignore[attr-defined]

    @property
    def chosen(self) -> list[str]:
        """The keys as they were sent, those the check page left out too: for the boxes of the queue."""
        data: Any = self.data
        return [*data.getlist("case"), *data.getlist("left")]

    @property
    def taker(self) -> str:
        """The officer's key as it was sent."""
        return str(self.data.get("officer", ""))

    def seen(self) -> dict[uuid.UUID, str]:
        """By case, who had it on the check page: a user's key, or nothing."""
        return {key: self.data[f"{HAD}{key}"] for key in self.cleaned_data["case"] if f"{HAD}{key}" in self.data}
