"""What the district itself holds: counts and contact, papers and their checks, people in their roles."""

import uuid
from typing import Any

from django.utils.translation import gettext_lazy as _

from applications.associations.choices import CheckResult, DocumentKind, RepresentativeRole
from applications.associations.forms import (
    CheckDocumentForm,
    DocumentForm,
    EndRepresentativeForm,
    OwnDataForm,
    RepresentativeForm,
    differing,
)
from applications.associations.models import AssociationDocument, DistrictAssociation, Representative
from applications.associations.services.keep_documents import Upload, add_document, check_document
from applications.associations.services.name_representative import end_representative, name_representative
from applications.associations.services.save_own_data import OWN_FIELDS, save_own_data
from applications.associations.views.base import DistrictFormPage
from vetting.accounts.form_page import key_of
from vetting.accounts.roles import Permission
from vetting.kernel.errors import Invalid


class EditOwnDataView(DistrictFormPage):
    """Counts, contact and main activity, of this district only."""

    title = _("Change the district's own data")
    lead = _("Only your district sees these data.")
    done = _("The data are saved.")

    def load(self, key: uuid.UUID, district: str = "", **kwargs: Any) -> None:
        super().load(key, district)
        self.own = self._own()

    def _own(self) -> DistrictAssociation:
        found = DistrictAssociation.objects.filter(association=self.association, district=self.district).first()
        return found or DistrictAssociation(association=self.association, district=self.district, version=0)

    def form(self, data: Any = None, files: Any = None) -> OwnDataForm:
        now = {name: getattr(self.own, name) for name in OWN_FIELDS}
        return OwnDataForm(data, initial={**now, "version": self.own.version})

    def submit(self, form: Any) -> None:
        save_own_data(
            actor=self.actor,
            association=self.association,
            district=self.district,
            expected_version=form.cleaned_data["version"],
            values=form.values,
        )

    def reload(self) -> None:
        self.own = self._own()

    def differences(self, form: Any) -> list[tuple[Any, Any, Any]]:
        return differing(form, self.own, OWN_FIELDS)


class AddDocumentView(DistrictFormPage):
    """A paper, asked for once."""

    permission = Permission.ADD_DOCUMENTS
    title = _("Add a document")
    lead = _("Documents become public when they are registered. Never upload identity numbers or identity documents.")
    done = _("The document is added.")

    def form(self, data: Any = None, files: Any = None) -> DocumentForm:
        return DocumentForm(data, files, initial={"kind": self.request.GET.get("slag", "")})

    def submit(self, form: Any) -> None:
        sent = form.cleaned_data["file"]
        try:
            add_document(
                actor=self.actor,
                association=self.association,
                district=self.district,
                kind=DocumentKind(form.cleaned_data["kind"]),
                dated_on=form.cleaned_data["dated_on"],
                signed=form.cleaned_data["signed"],
                upload=Upload(sent.file, sent.name, sent.size) if sent else None,
                key=key_of(form),
            )
        except Invalid as error:
            if error.fields:
                raise
            raise Invalid(error.text, fields={"file": [error.text]}, code=error.code) from error


class CheckDocumentView(DistrictFormPage):
    """Who checked the paper, and what it showed."""

    permission = Permission.ADD_DOCUMENTS
    template = "associations/check_document.html"
    done = _("The check is saved.")

    def load(self, key: uuid.UUID, district: str = "", **kwargs: Any) -> None:
        super().load(key, district)
        found = AssociationDocument.objects.select_related("file", "checked_by")
        self.document: AssociationDocument = found.for_user_or_404(
            self.actor, self.permission, key=kwargs["document"], association=self.association, district=self.district
        )

    def form(self, data: Any = None, files: Any = None) -> CheckDocumentForm:
        signed = "" if self.document.signed is None else "yes" if self.document.signed else "no"
        now = {"result": self.document.result, "note": self.document.note, "version": self.document.version}
        return CheckDocumentForm(data, initial={**now, "signed": signed})

    def submit(self, form: Any) -> None:
        check_document(
            actor=self.actor,
            document=self.document,
            expected_version=form.cleaned_data["version"],
            result=CheckResult(form.cleaned_data["result"]),
            signed=form.cleaned_data["signed"],
            note=form.cleaned_data["note"],
        )

    def reload(self) -> None:
        self.document = AssociationDocument.objects.select_related("file", "checked_by").get(pk=self.document.pk)

    def differences(self, form: Any) -> list[tuple[Any, Any, Any]]:
        return differing(form, self.document, ("result", "note"))

    def context(self) -> dict[str, Any]:
        return {**super().context(), "document": self.document}


class NameRepresentativeView(DistrictFormPage):
    """A person in a role, for a time."""

    title = _("Add a representative")
    lead = _("Names are kept for the roles in the association and are never searched.")
    done = _("The representative is added.")

    def form(self, data: Any = None, files: Any = None) -> RepresentativeForm:
        return RepresentativeForm(data)

    def submit(self, form: Any) -> None:
        given = form.cleaned_data
        name_representative(
            actor=self.actor,
            association=self.association,
            district=self.district,
            role=RepresentativeRole(given["role"]),
            name=given["name"],
            post=given["post"],
            protected=given["protected"],
            valid_from=given["valid_from"],
            valid_to=given["valid_to"],
            key=key_of(form),
        )


class EndRepresentativeView(DistrictFormPage):
    """The last day of a role. The row stays."""

    template = "associations/end_representative.html"
    done = _("The role is ended.")

    def load(self, key: uuid.UUID, district: str = "", **kwargs: Any) -> None:
        super().load(key, district)
        self.person: Representative = Representative.objects.for_user_or_404(
            self.actor, self.permission, key=kwargs["person"], association=self.association, district=self.district
        )

    def form(self, data: Any = None, files: Any = None) -> EndRepresentativeForm:
        return EndRepresentativeForm(data)

    def submit(self, form: Any) -> None:
        end_representative(actor=self.actor, representative=self.person, valid_to=form.cleaned_data["valid_to"])

    def context(self) -> dict[str, Any]:
        return {**super().context(), "person": self.person}
