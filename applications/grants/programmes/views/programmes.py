"""Programmes: the list, one programme, one version in full, two versions compared, the version as a file."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from applications.grants.models import ProgrammeVersion
from applications.grants.programmes import selectors
from applications.grants.programmes.files import written
from applications.grants.programmes.steps import next_steps
from applications.grants.programmes.terms.stored import terms_of
from applications.grants.programmes.views.base import ProgrammePage, list_tabs, trail, version_or_404
from vetting.accounts.pages import Page
from vetting.accounts.roles import Permission
from vetting.kernel import clock, text
from vetting.kernel.forms import SearchForm
from vetting.kernel.schema.differences import differences
from vetting.kernel.schema.sheet import sheet


class ListProgrammesView(Page):
    """The programmes of the person's districts, and which of them can be applied for now."""

    permission = Permission.SEE_PROGRAMMES

    def get(self, request: HttpRequest) -> HttpResponse:
        context = {
            "rows": selectors.list_programmes(self.actor, clock.now()),
            "many_districts": len(self.actor.districts_with(self.permission)) > 1,
            "tabs": list_tabs("list-programmes"),
            "may_add": self.actor.may(Permission.EDIT_PROGRAMMES),
        }
        return render(request, "grants/programmes/list.html", context)


class ShowProgrammeView(ProgrammePage):
    """One programme: the rules in force, its versions, its calls, and what can be done now."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        now = clock.now()
        versions = selectors.with_writers(selectors.versions_of(self.programme))
        standing = selectors.standing(versions, clock.today())
        shown = standing.in_force or standing.newest
        context = {
            "programme": self.programme,
            "versions": versions,
            "standing": standing,
            "shown": shown,
            "groups": sheet(terms_of(shown)) if shown else [],
            "rounds": selectors.rows_of(self.programme.rounds.order_by("-opens_on", "-id")[:10], now),
            "steps": next_steps(self.actor, self.programme, standing),
            "trail": trail(self.programme)[:1],
        }
        return render(request, "grants/programmes/show.html", context)


class ShowProgrammeVersionView(ProgrammePage):
    """One version in full."""

    def get(self, request: HttpRequest, number: int, **kwargs: Any) -> HttpResponse:
        version = version_or_404(self.programme, number)
        standing = selectors.standing(selectors.versions_of(self.programme), clock.today())
        context = {
            "programme": self.programme,
            "version": version,
            "facts": _facts(version),
            "before_number": version.number - 1,
            "groups": sheet(terms_of(version)),
            "steps": next_steps(self.actor, self.programme, standing) if not version.is_published else None,
            "trail": trail(self.programme),
        }
        return render(request, "grants/programmes/version.html", context)


def _facts(version: ProgrammeVersion) -> list[tuple[str, str]]:
    (shown,) = selectors.with_writers([version])
    facts = [(_("Written by"), ", ".join(shown.writers))]  # type: ignore[attr-defined]
    if version.is_published and version.valid_from:
        until = text.day(version.valid_to) if version.valid_to else _("until further notice")
        facts += [
            (_("Published by"), shown.publisher),  # type: ignore[attr-defined]
            (_("In force"), f"{text.day(version.valid_from)} – {until}"),
        ]
    return facts


class DownloadProgrammeVersionView(ProgrammePage):
    """The version as the TOML file that `import_programmes` takes."""

    def get(self, request: HttpRequest, number: int, **kwargs: Any) -> HttpResponse:
        version = version_or_404(self.programme, number)
        file = written(
            district=self.programme.district.code,
            code=self.programme.code,
            terms=terms_of(version),
            is_example=version.is_example,
            valid_from=version.valid_from,
        )
        answer = HttpResponse(file, content_type="application/toml; charset=utf-8")
        answer["Content-Disposition"] = f'attachment; filename="{self.programme.code}-v{version.number}.toml"'
        return answer


class CompareForm(SearchForm):
    """Which two versions stand beside each other."""

    fran = forms.TypedChoiceField(coerce=int, required=False)
    till = forms.TypedChoiceField(coerce=int, required=False)

    def __init__(self, *args: Any, numbers: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(number, _("Version %(number)d") % {"number": number}) for number in numbers]
        for name, label in (("fran", _("From")), ("till", _("To"))):
            self.fields[name].choices = choices  # type: ignore[attr-defined]
            self.fields[name].label = label


class CompareProgrammeVersionsView(ProgrammePage):
    """What differs between two versions, row by row."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        versions = {one.number: one for one in selectors.versions_of(self.programme)}
        numbers = sorted(versions, reverse=True)
        newest, before = numbers[0], numbers[min(1, len(numbers) - 1)]
        asked = {"fran": before, "till": newest} | {name: request.GET[name] for name in request.GET}
        form = CompareForm(asked, numbers=numbers)
        found = None
        if form.is_valid():
            chosen = [versions[form.cleaned_data[name]] for name in ("fran", "till")]
            found = differences(*map(terms_of, chosen))
        context = {
            "programme": self.programme,
            "form": form,
            "found": found,
            "single": len(numbers) == 1,
            "trail": trail(self.programme),
            "back_url": reverse("show-programme", args=[self.programme.key]),
        }
        return render(request, "grants/programmes/compare.html", context)
