"""What a person does with a message that could not leave."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from vetting.kernel.forms import Form, TextField

AGAIN, POST, NEEDLESS = "again", "post", "needless"
CHOICES = (
    (AGAIN, _("Send it again by e-mail")),
    (POST, _("It has been sent by post")),
    (NEEDLESS, _("It is not needed any more")),
)


class SettleForm(Form):
    """`hopeless`: the message cannot be sent by mail as it stands, so that is not offered."""

    submit_label = _("Save")
    how = forms.ChoiceField(label=_("What you do with the message"), widget=forms.RadioSelect)
    words = TextField(
        label=_("Note"),
        help_text=_("Needed when the message is not needed any more: why. Otherwise if you want to."),
        required=False,
        rows=3,
        max_length=1000,
    )

    def __init__(self, *args: Any, hopeless: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = [choice for choice in CHOICES if not (hopeless and choice[0] == AGAIN)]
        self.fields["how"].choices = offered  # type: ignore[attr-defined]
