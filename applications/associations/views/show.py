"""The association's page: what is known, from where, and what can be done now."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from applications.associations.association_page import AssociationView, association_view
from applications.associations.panels import head
from applications.associations.views.base import AssociationPage
from vetting.accounts.roles import ROLES, Permission, Role, roles_with
from vetting.kernel.errors import Reason

TAB = "details"


class ShowAssociationView(AssociationPage):
    """GET /foreningar/<key>/."""

    http_method_names = ("get", "head")

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        view = association_view(self.association, self.actor)
        steps, more = self.steps(view)
        context = {
            **head(self.association, self.actor, TAB),
            "view": view,
            "steps": steps,
            "more": more,
        }
        return render(request, "associations/show.html", context)

    def steps(self, view: AssociationView) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
        """The acts: what is due as buttons, the rest as links; what one may not do with whom to ask."""
        key = self.association.key
        edit = self.may(Permission.EDIT_ASSOCIATIONS)
        due = [
            self.confirm_giro_step(line) for line in view.giro if line.is_whole and line.account.confirmed_at is None
        ]
        confirm = {"label": _("Confirm the register data"), "url": reverse("confirm-association", args=[key]), **edit}
        change = {"label": _("Change the register data"), "url": reverse("edit-association", args=[key]), **edit}
        if self.association.confirmed_at is None:
            due.append(confirm)
            more = [change]
        else:
            due.append(change)
            more = [confirm]
        first = next((step for step in due if step["possible"]), None)
        if first:
            first["primary"] = True
        home = next((part for part in view.parts if part.may_edit), None)
        if home:
            for label, name, permission in (
                (_("Add a document"), "add-association-document", Permission.ADD_DOCUMENTS),
                (_("Add a representative"), "name-representative", Permission.EDIT_ASSOCIATIONS),
                (_("Register a giro number"), "register-giro", Permission.EDIT_ASSOCIATIONS),
            ):
                url = reverse(name, args=[key, home.district.code])
                more.append({"label": label, "url": url, **self.may(permission, home.district.pk)})
        return due, more

    def confirm_giro_step(self, line: Any) -> dict[str, Any]:
        account = line.account
        label = _("Confirm %(kind)s %(number)s") % {"kind": account.get_kind_display().lower(), "number": line.number}
        step: dict[str, Any] = {"label": label, "possible": False, "reasons": [], "who": []}
        if line.is_own:
            step["reasons"] = [Reason("second_person", _("You registered it, so somebody else must confirm it."))]
        elif line.confirm_in is None:
            step["who"] = _titles(Permission.CONFIRM_GIRO)
        else:
            step["possible"] = True
            step["url"] = reverse("confirm-giro", args=[self.association.key, line.confirm_in.code, account.key])
        return step

    def may(self, permission: Permission, district_id: int | None = None) -> dict[str, Any]:
        allowed = self.actor.may(permission, district_id)
        return {"possible": allowed, "who": [] if allowed else _titles(permission)}


def _titles(permission: Permission) -> list[str]:
    return [str(ROLES[Role(role)].label).lower() for role in sorted(roles_with(permission))]
