"""What the room's pages share: loading the association, and the district a form writes for."""

import uuid
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from applications.associations.models import Association
from vetting.accounts.form_page import FormPage
from vetting.accounts.models import District
from vetting.accounts.pages import Page
from vetting.accounts.roles import Permission
from vetting.kernel.errors import NotFound

MISSING = _("There is no such page, or it belongs to another district.")


def association_or_404(key: uuid.UUID) -> Association:
    """Associations are shared, so any district finds any of them."""
    found = Association.objects.select_related("confirmed_by", "confirmed_district").filter(key=key).first()
    if found is None:
        raise NotFound(_("There is no such association."))
    return found


class AssociationPage(Page):
    """A page about one association."""

    permission = Permission.SEE_ASSOCIATIONS
    association: Association

    def load(self, key: uuid.UUID, **kwargs: Any) -> None:
        self.association = association_or_404(key)


class AssociationFormPage(AssociationPage, FormPage):
    """A form about one association; it goes back to the association's page."""

    permission = Permission.EDIT_ASSOCIATIONS
    template = "associations/form.html"
    title: Any = ""
    lead: Any = ""

    def done_url(self) -> str:
        return reverse("show-association", args=[self.association.key])

    def context(self) -> dict[str, Any]:
        return {"association": self.association, "title": self.title, "lead": self.lead, "back_url": self.done_url()}

    def reload(self) -> None:
        self.association = association_or_404(self.association.key)


class DistrictFormPage(AssociationFormPage):
    """A form that writes a district's own data; a district where the person may not is no district at all."""

    district: District

    def load(self, key: uuid.UUID, district: str = "", **kwargs: Any) -> None:
        super().load(key)
        mine = District.objects.filter(pk__in=self.actor.districts_with(self.permission), code=district)
        found = mine.first()
        if found is None:
            raise NotFound(MISSING)
        self.district = found

    def context(self) -> dict[str, Any]:
        return {**super().context(), "district": self.district}
