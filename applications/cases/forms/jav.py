"""Forms about conflicts of interest: one's own declaration, a unit head's ruling."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from applications.cases.limits import exception_bounds
from applications.cases.models import JavAnswer, JavRuling
from vetting.kernel.forms import DateField, Form, TextField

ANSWERS = (
    (JavAnswer.NONE, _("No, none")),
    (JavAnswer.IRRELEVANT, _("There is a connection, but it obviously does not matter (KL 6:29)")),
    (JavAnswer.POSSIBLE, _("Possibly: let the unit head rule on it")),
    (JavAnswer.YES, _("Yes: I step out of the case")),
)
RULINGS = {
    JavRuling.Ruling.NO_CONFLICT: _("No conflict of interest: the person may go on"),
    JavRuling.Ruling.CONFLICT: _("Conflict of interest: the person is locked out"),
    JavRuling.Ruling.LIFTED: _("Lift the lock-out: the person declares anew"),
    JavRuling.Ruling.ALLOWED: _("Allow one step that nobody else can take in time (KL 6:30)"),
}


class DeclarationForm(Form):
    """A24. The reason is owed for two of the four answers; the service says which."""

    submit_label = _("Save my answer")
    owed = ("reason",)

    answer = forms.ChoiceField(
        label=_("Do you have a conflict of interest in this case?"), choices=ANSWERS, widget=forms.RadioSelect
    )
    reason = TextField(
        label=_("In your own words"),
        required=False,
        rows=3,
        max_length=2000,
        help_text=_("Needed when there is a connection. Name it without more about other people than it takes."),
    )


class RulingForm(Form):
    """A unit head's ruling; only what fits how the person stands is offered."""

    submit_label = _("Save the ruling")
    owed = ("action", "until")

    ruling = forms.ChoiceField(label=_("Ruling"), widget=forms.RadioSelect)
    reason = TextField(label=_("Reason"), rows=3, max_length=2000)
    action = forms.ChoiceField(label=_("The step that is allowed"), required=False)
    until = DateField(label=_("Until and including"), required=False)

    def __init__(self, *args: Any, rulings: list[str], steps: list[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["ruling"].choices = [(code, RULINGS[JavRuling.Ruling(code)]) for code in rulings]  # type: ignore[attr-defined]
        if JavRuling.Ruling.ALLOWED in rulings:
            self.fields["action"].choices = [("", _("Choose")), *steps]  # type: ignore[attr-defined]
            first, last = exception_bounds()
            self.fields["until"].help_text = _("For the allowed step only: from %(first)s to %(last)s.") % {
                "first": first,
                "last": last,
            }
        else:
            del self.fields["action"], self.fields["until"]
