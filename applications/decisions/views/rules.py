"""The delegation table and the letters as versions: reading, signing, publishing."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from applications.decisions.choices import DelegateKind, Matter, Outcome, Reported
from applications.decisions.forms.rules import PublishForm, SignForm
from applications.decisions.letters.outline import NAMES, outline
from applications.decisions.models import DelegationVersion, LetterTemplateVersion
from applications.decisions.rules.delegation import Entry, entries
from applications.decisions.services.rule_versions import publish_rule, sign_letter
from vetting.accounts.form_page import FormPage
from vetting.accounts.pages import Page, who_may
from vetting.accounts.roles import Permission, roles_with
from vetting.kernel.errors import NotFound
from vetting.kernel.text import kronor


def named(version: Any) -> str:
    """`Delegation table, version 2`."""
    return f"{NAMES.get(version.code, version.code)}, {_('version')} {version.number}"


class ListDecisionRulesView(Page):
    """All versions of the delegation table and the letters of one's districts."""

    permission = Permission.SEE_PROGRAMMES

    def get(self, request: HttpRequest) -> HttpResponse:
        districts = sorted(self.actor.districts_with(self.permission))

        def versions(model: Any) -> Any:
            rows = model.objects.filter(district_id__in=districts).select_related("district")
            return [(row, named(row)) for row in rows.order_by("district__name", "code", "-number")]

        context = {"tables": versions(DelegationVersion), "letters": versions(LetterTemplateVersion)}
        return render(request, "decisions/list_rules.html", context)


class _VersionPage(Page):
    """A version of one's district."""

    permission = Permission.SEE_PROGRAMMES
    model: Any

    def load(self, pk: int, **kwargs: Any) -> None:
        districts = self.actor.districts_with(self.permission)
        self.version = self.model.objects.select_related("district").filter(pk=pk, district_id__in=districts).first()
        if self.version is None:
            raise NotFound(_("There is no such page, or it belongs to another district."))
        self.must_be_allowed(self.version.district_id)

    def duty(self, permission: Permission) -> dict[str, Any]:
        """Whether the person may do the version's next act, and who may."""
        may = self.actor.may(permission, self.version.district_id)
        return {"may": may, "who": who_may(roles_with(permission))}


class ShowDelegationView(_VersionPage):
    """A delegation table, row by row."""

    model = DelegationVersion

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        rows = [_told(entry) for entry in entries(self.version.content)]
        return render(
            request,
            "decisions/show_delegation.html",
            {
                "version": self.version,
                "name": named(self.version),
                "rows": rows,
                "publish": self.duty(Permission.PUBLISH_RULES),
            },
        )


def _told(entry: Entry) -> dict[str, Any]:
    return {
        "rule": entry.rule,
        "matter": Matter(entry.matter).label,
        "outcomes": ", ".join(str(outcome.label) for outcome in Outcome if outcome in entry.outcomes),
        "ceiling": _("no ceiling") if entry.ceiling is None else kronor(entry.ceiling),
        "delegate": DelegateKind(entry.delegate).label,
        "who": entry.who if entry.role else "",
        "content": _("opened") if entry.opens_content else _("the board"),
        "reported": Reported(entry.reported).label,
        "valid_from": entry.valid_from,
        "valid_to": entry.valid_to,
    }


class ShowLetterTemplateView(_VersionPage):
    """The fixed texts of a letter, Swedish and English."""

    model = LetterTemplateVersion

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        context = {
            "version": self.version,
            "name": named(self.version),
            "parts": outline(self.version.content),
            "to_sign": not self.version.signed_by and not self.version.is_published,
            "sign": self.duty(Permission.SIGN_LETTERS),
            "publish": self.duty(Permission.PUBLISH_RULES),
        }
        return render(request, "decisions/show_letter_template.html", context)


class SignLetterView(_VersionPage, FormPage):
    """The lawyer signs the version as it reads."""

    post_permission = Permission.SIGN_LETTERS
    model: Any = LetterTemplateVersion
    form_class: Any = SignForm
    template = "decisions/version_form.html"
    done = gettext_lazy("Done.")

    def submit(self, form: Any) -> None:
        sign_letter(version=self.version, actor=self.actor)

    def done_url(self) -> str:
        return reverse("list-decision-rules")

    def context(self) -> dict[str, Any]:
        return {"version": self.version, "name": named(self.version), "title": self.form_class.submit_label}


class PublishLetterView(SignLetterView):
    """A second person publishes the signed version."""

    form_class = PublishForm
    post_permission = Permission.PUBLISH_RULES

    def submit(self, form: Any) -> None:
        publish_rule(version=self.version, actor=self.actor, valid_from=form.cleaned_data["valid_from"])


class PublishDelegationView(PublishLetterView):
    """A second person publishes the table the board has decided."""

    model = DelegationVersion
