"""Forms for rules as versions: signing and publishing."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from vetting.kernel import clock
from vetting.kernel.forms import DateField, Form


class SignForm(Form):
    submit_label = _("Sign the version")


class PublishForm(Form):
    submit_label = _("Publish")
    valid_from = DateField(
        label=_("Valid from"), first=clock.today, last=lambda: clock.today() + timedelta(days=730), initial=clock.today
    )
