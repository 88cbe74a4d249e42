"""Register data: a new association, changed and confirmed."""

import uuid
from typing import Any

from django.contrib import messages
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_post_parameters

from applications.associations.forms import ConfirmForm, RegisterForm, SharedDataForm, differing
from applications.associations.models import Association
from applications.associations.services.register_association import (
    SHARED_FIELDS,
    confirm_association,
    register_association,
    update_association,
)
from applications.associations.views.base import AssociationFormPage
from vetting.accounts.form_page import FormPage, key_of
from vetting.accounts.models import District
from vetting.accounts.roles import Permission
from vetting.kernel import orgnr


@method_decorator(sensitive_post_parameters("orgnr", "name"), name="dispatch")
class RegisterAssociationView(FormPage):
    """A new association, typed from its papers."""

    permission = Permission.EDIT_ASSOCIATIONS
    template = "associations/form.html"
    done = _("The association is registered.")
    association: Association

    def load(self, **kwargs: Any) -> None:
        self.districts = District.objects.filter(pk__in=self.actor.districts_with(self.permission))

    def form(self, data: Any = None, files: Any = None) -> RegisterForm:
        return RegisterForm(data, districts=self.districts, initial={"name": self.request.GET.get("namn", "")[:300]})

    def submit(self, form: Any) -> None:
        self.association = register_association(
            actor=self.actor,
            district=form.cleaned_data["district"],
            number=form.cleaned_data["orgnr"],
            values=form.values,
            key=key_of(form),
        )
        if orgnr.check(self.association.orgnr, legal_form_known=bool(self.association.legal_form)).unusual_series:
            messages.warning(self.request, orgnr.SERIES_TEXT)

    def done_url(self) -> str:
        return reverse("show-association", args=[self.association.key])

    def context(self) -> dict[str, Any]:
        return {
            "title": _("Register an association"),
            "lead": _("Write what the registration certificate or the statutes say."),
            "back_url": reverse("list-associations"),
        }


class EditAssociationView(AssociationFormPage):
    """What districts share. A confirmation falls away when something changes."""

    title = _("Change the register data")
    lead = _("These data are shared by all districts. Each change is kept with who made it.")
    done = _("The register data are saved.")

    def form(self, data: Any = None, files: Any = None) -> SharedDataForm:
        now = {name: getattr(self.association, name) for name in SHARED_FIELDS}
        return SharedDataForm(data, initial={**now, "version": self.association.version})

    def submit(self, form: Any) -> None:
        update_association(
            actor=self.actor,
            association=self.association,
            expected_version=form.cleaned_data["version"],
            values=form.values,
        )

    def differences(self, form: Any) -> list[tuple[Any, Any, Any]]:
        return differing(form, self.association, SHARED_FIELDS)


class ConfirmAssociationView(AssociationFormPage):
    """A check page: the data, and with what they were compared."""

    template = "associations/confirm.html"
    done = _("The register data are confirmed.")

    def load(self, key: uuid.UUID, **kwargs: Any) -> None:
        super().load(key)
        mine = District.objects.filter(pk__in=self.actor.districts_with(self.permission))
        self.district = mine[0]  # the permission is held in some district

    def form(self, data: Any = None, files: Any = None) -> ConfirmForm:
        return ConfirmForm(data, initial={"version": self.association.version})

    def submit(self, form: Any) -> None:
        confirm_association(
            actor=self.actor,
            association=self.association,
            district=self.district,
            expected_version=form.cleaned_data["version"],
            against=form.cleaned_data["against"],
        )
