"""A giro number: registered by one, confirmed by another."""

import uuid
from typing import Any

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from applications.associations.forms import ConfirmGiroForm, GiroForm
from applications.associations.models import GiroAccount
from applications.associations.services.change_giro import confirm_giro, register_giro, reject_giro
from applications.associations.views.base import MISSING, DistrictFormPage
from vetting.accounts.form_page import key_of
from vetting.accounts.roles import Permission
from vetting.kernel.errors import NotFound
from vetting.kernel.giro import GiroKind


class RegisterGiroView(DistrictFormPage):
    """A number that waits for a second person."""

    title = _("Register a giro number")
    lead = _("Nothing is paid to the number until somebody else has compared it with the proof and confirmed it.")
    done = _("The number is registered and waits for confirmation by somebody else.")

    def form(self, data: Any = None, files: Any = None) -> GiroForm:
        return GiroForm(data)

    def submit(self, form: Any) -> None:
        register_giro(
            actor=self.actor,
            association=self.association,
            district=self.district,
            kind=GiroKind(form.cleaned_data["kind"]),
            number=form.cleaned_data["number"],
            key=key_of(form),
        )


class ConfirmGiroView(DistrictFormPage):
    """A check page for the second person: which number, whose, what it replaces."""

    permission = Permission.CONFIRM_GIRO
    template = "associations/confirm_giro.html"

    def load(self, key: uuid.UUID, district: str = "", **kwargs: Any) -> None:
        super().load(key, district)
        accounts = self.association.giro_accounts.select_related("registered_by", "registered_district")
        found = accounts.filter(key=kwargs["account"]).first()
        if found is None or not found.visible_in({self.district.pk}):
            raise NotFound(MISSING)
        self.account: GiroAccount = found

    def form(self, data: Any = None, files: Any = None) -> ConfirmGiroForm:
        return ConfirmGiroForm(data)

    def submit(self, form: Any) -> None:
        takes = form.cleaned_data["answer"] == "confirm"
        act = confirm_giro if takes else reject_giro
        act(actor=self.actor, account=self.account, district=self.district)
        self.done = _now("The number is in use.") if takes else _now("The number is taken away.")

    def context(self) -> dict[str, Any]:
        replaced = self.association.giro_accounts.filter(
            kind=self.account.kind, confirmed_at__isnull=False, ended_at__isnull=True
        ).first()
        whole = replaced is None or replaced.visible_in({self.district.pk})
        number = None if replaced is None else replaced.shown if whole else replaced.shown_masked
        return {**super().context(), "account": self.account, "replaced": number}
