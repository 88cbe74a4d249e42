"""Terms and tariff as versions: shown, drafted as TOML, published by a second person."""

import json
import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from applications.associations.choices import LegalForm
from applications.rentals.models import TariffVersion, TermsVersion
from applications.rentals.services.rule_versions import draft_tariff, draft_terms, publish_version
from applications.rentals.terms.tariff import ANYBODY, PERSON, read_tariff
from applications.rentals.terms.venue_terms import read_terms
from applications.rentals.venue_forms import ContentForm, PublishForm
from applications.rentals.views.base import VenuePage
from applications.rentals.views.venues import RentalFormPage
from vetting.accounts.models import District
from vetting.accounts.pages import Page
from vetting.accounts.roles import Permission
from vetting.kernel import clock, text
from vetting.kernel.errors import NotFound


def as_toml(content: dict[str, Any]) -> str:
    """A version's content as TOML. It holds texts, numbers, truths, lists of texts, tables and lists of tables."""
    lines: list[str] = []
    tables = {name: value for name, value in content.items() if isinstance(value, dict) or _rows(value)}
    lines += [f"{name} = {_plain(value)}" for name, value in content.items() if name not in tables]
    for name, value in tables.items():
        for row in value if isinstance(value, list) else [value]:
            lines += ["", f"[[{name}]]" if isinstance(value, list) else f"[{name}]"]
            lines += [f"{key} = {_plain(said)}" for key, said in row.items()]
    return "\n".join(lines).strip() + "\n"


def _rows(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and isinstance(value[0], dict)


def _plain(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)  # of these values, JSON is TOML


class ShowTermsView(Page):
    """A version of a venue's terms, point by point."""

    permission = Permission.SEE_VENUES

    def load(self, key: uuid.UUID, **kwargs: Any) -> None:
        rows = TermsVersion.objects.select_related("venue__district")
        self.version = rows.for_user_or_404(self.actor, self.permission, key=key)

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        terms = read_terms(self.version.content)
        rows = [
            (_("Purposes"), ", ".join(str(one.label) for one in terms.purposes)),
            (_("A reservation is held"), _("%(days)d days") % {"days": terms.hold_days}),
            (_("Bookings are taken"), _("%(days)d days ahead") % {"days": terms.days_ahead}),
            (_("Cancelling without a fee"), _("%(days)d days before") % {"days": terms.free_cancel_days}),
            (_("Later"), _("%(share)s percent of the price") % {"share": text.number(terms.late_cancel_share * 100)}),
            (_("Deposit"), text.kronor(terms.deposit)),
        ]
        context = {
            "version": self.version,
            "venue": self.version.venue,
            "terms": terms,
            "rows": rows,
            "may_publish": not self.version.is_published
            and self.actor.may(Permission.PUBLISH_RULES, self.version.venue.district_id),
        }
        return render(request, "rentals/terms.html", context)


class DraftTermsView(VenuePage, RentalFormPage):
    title = gettext_lazy("New terms")
    lead = gettext_lazy("A second person publishes them. Requests that came before keep the terms they came under.")
    done = gettext_lazy("The draft is saved.")
    permission = Permission.EDIT_VENUES

    def back(self) -> str:
        return reverse("show-venue", args=[self.venue.key])

    def form(self, data: Any = None, files: Any = None) -> ContentForm:
        newest = self.venue.terms.order_by("-number").first()
        return ContentForm(data, initial={"content": as_toml(newest.content) if newest else ""})

    def submit(self, form: Any) -> None:
        draft_terms(venue=self.venue, content=form.cleaned_data["content"], actor=self.actor)


class PublishTermsView(RentalFormPage):
    title = gettext_lazy("Publish the terms")
    lead = gettext_lazy("A published version is frozen. The one before it ends the day earlier.")
    done = gettext_lazy("The terms are published.")
    permission = Permission.PUBLISH_RULES
    version: Any

    def load(self, key: uuid.UUID, **kwargs: Any) -> None:
        rows = TermsVersion.objects.select_related("venue__district")
        self.version = rows.for_user_or_404(self.actor, self.permission, key=key)

    def back(self) -> str:
        return reverse("show-venue", args=[self.version.venue.key])

    def form(self, data: Any = None, files: Any = None) -> PublishForm:
        return PublishForm(data)

    def submit(self, form: Any) -> None:
        publish_version(version=self.version, actor=self.actor, valid_from=form.cleaned_data["valid_from"])


class ListTariffsView(Page):
    """The tariff in force in each of one's districts, and its versions."""

    permission = Permission.SEE_VENUES

    def get(self, request: HttpRequest) -> HttpResponse:
        districts = District.objects.filter(pk__in=self.actor.districts_with(self.permission)).order_by("code")
        shown = [self._of(one) for one in districts]
        return render(request, "rentals/tariffs.html", {"districts": shown})

    def _of(self, district: District) -> dict[str, Any]:
        versions = list(TariffVersion.objects.filter(district=district).order_by("-number"))
        day = clock.today()
        current = next(
            (
                one
                for one in versions
                if one.is_published
                and one.valid_from is not None
                and one.valid_from <= day
                and (one.valid_to is None or one.valid_to >= day)
            ),
            None,
        )
        tariff = read_tariff(current.content) if current else None
        groups = [
            {"group": one, "share": text.number(one.share * 100), "tenants": _tenants(one.tenants)}
            for one in (tariff.groups if tariff else ())
        ]
        return {
            "district": district,
            "versions": versions,
            "current": current,
            "prices": sorted(tariff.per_hour.items()) if tariff else [],
            "groups": groups,
            "may_edit": self.actor.may(Permission.EDIT_VENUES, district.pk),
            "may_publish": self.actor.may(Permission.PUBLISH_RULES, district.pk),
        }


def _tenants(codes: frozenset[str]) -> str:
    if ANYBODY in codes:
        return str(_("everybody else"))
    names = [str(LegalForm(code).label) for code in sorted(codes) if code != PERSON]
    return ", ".join([*names, *([str(_("private persons"))] if PERSON in codes else [])])


class DraftTariffView(RentalFormPage):
    title = gettext_lazy("New tariff")
    lead = gettext_lazy("A second person publishes it. Bookings made before keep their price.")
    done = gettext_lazy("The draft is saved.")
    permission = Permission.EDIT_VENUES

    def load(self, district: str, **kwargs: Any) -> None:
        mine = District.objects.filter(pk__in=self.actor.districts_with(self.permission), code=district).first()
        if mine is None:
            raise NotFound(_("There is no such page, or it belongs to another district."))
        self.district = mine

    def back(self) -> str:
        return reverse("list-tariffs")

    def form(self, data: Any = None, files: Any = None) -> ContentForm:
        newest = TariffVersion.objects.filter(district=self.district).order_by("-number").first()
        return ContentForm(data, initial={"content": as_toml(newest.content) if newest else ""})

    def submit(self, form: Any) -> None:
        draft_tariff(district=self.district, content=form.cleaned_data["content"], actor=self.actor)


class PublishTariffView(PublishTermsView):
    title = gettext_lazy("Publish the tariff")
    done = gettext_lazy("The tariff is published.")

    def load(self, key: uuid.UUID, **kwargs: Any) -> None:
        rows = TariffVersion.objects.select_related("district")
        self.version = rows.for_user_or_404(self.actor, self.permission, key=key)

    def back(self) -> str:
        return reverse("list-tariffs")
