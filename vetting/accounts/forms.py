"""The sign-in pages' forms: allauth's, with the house's manners (labels above, no placeholders, plain messages)."""

from typing import Any

from allauth.account import forms as allauth_forms
from django.utils.translation import gettext_lazy as _

from vetting.kernel.forms import Manners


class _Plain(Manners):
    """Takes away what allauth puts inside the fields; its help text links to pages that are not wired here."""

    labels: dict[str, Any] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            if name in self.labels:
                field.label = self.labels[name]


class LoginForm(_Plain, allauth_forms.LoginForm):
    submit_label = _("Sign in")
    labels = {"login": _("User name"), "password": _("Password")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].help_text = ""
        self.fields["login"].widget.attrs |= {"autocapitalize": "none", "spellcheck": "false"}


class ChangePasswordForm(_Plain, allauth_forms.ChangePasswordForm):
    submit_label = _("Change password")
    labels = {
        "oldpassword": _("Present password"),
        "password1": _("New password"),
        "password2": _("New password once more"),
    }


class ReauthenticateForm(_Plain, allauth_forms.ReauthenticateForm):
    submit_label = _("Confirm")
    labels = {"password": _("Password")}
