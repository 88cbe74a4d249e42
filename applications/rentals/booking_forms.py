"""The form of one step of a date."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from vetting.kernel.forms import TextField, VersionedForm


class BookingStepForm(VersionedForm):
    """One step of a date: its own words where the step asks for them."""

    note = TextField(
        label=_("What was seen"),
        rows=4,
        max_length=3000,
        help_text=_("In your own words: what, where, when. Nothing on what people think or believe."),
    )
    decided_by = forms.CharField(
        label=_("Who decided to stop it"),
        max_length=200,
        help_text=_("Whom the duty chain names, or the police. You do not stop an event alone."),
    )
    happened = TextField(label=_("What happened"), rows=4, max_length=3000)
    ground = forms.CharField(label=_("Which term, or whose order"), max_length=300)
    milder = TextField(label=_("What milder was tried"), rows=3, max_length=2000)
    comment = TextField(label=_("Comment"), required=False, rows=2, max_length=1000)

    SHOWN = {
        "stop": ("decided_by", "happened", "ground", "milder"),
        "inspect": ("note",),
        "note_deviation": ("note",),
        "cancel": ("comment",),
    }

    def __init__(self, *args: Any, row: Any, state: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.submit_label = row.label
        owed = self.SHOWN.get(row.action, ())
        if row.action == "finish" and state == "deviation":
            owed = ("note",)
            self.fields["note"].label = _("What came of it")
        for name in ("note", "decided_by", "happened", "ground", "milder"):
            if name not in owed:
                del self.fields[name]
        if "comment" in owed:
            self.fields["comment"].required = True
            self.fields["comment"].label = _("Who cancelled, when and how")

    @property
    def said(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in self.cleaned_data if name in _SAID}


_SAID = frozenset({"note", "decided_by", "happened", "ground", "milder"})
