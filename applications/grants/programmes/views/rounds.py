"""Calls (utlysningar): the list, one call, announce, change, cancel."""

from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from applications.grants.models import ProgrammeVersion, Round, RoundKind
from applications.grants.programmes import forms, selectors
from applications.grants.programmes.rounds import CANCELLED, CLOSED, state_of
from applications.grants.programmes.rules.days import proposed_dates
from applications.grants.programmes.services.announce import announce_round, cancel_round, change_round
from applications.grants.programmes.terms.stored import terms_of
from applications.grants.programmes.views.base import (
    FormPage,
    Pairs,
    ProgrammePage,
    RoundPage,
    list_tabs,
    round_or_404,
    trail,
    version_or_404,
)
from vetting.accounts.pages import Page
from vetting.accounts.roles import Permission
from vetting.kernel import clock, text
from vetting.kernel.errors import NotNow

PAGE = 50


class ListRoundsView(Page):
    """Calls that are open or planned; those that are over behind the other tab."""

    permission = Permission.SEE_PROGRAMMES

    def get(self, request: HttpRequest) -> HttpResponse:
        over = request.GET.get("visa") == "avslutade"
        found = selectors.rounds_to_show(self.actor, over=over, today=clock.today())
        page = Paginator(found, PAGE).get_page(request.GET.get("sida"))
        here = reverse("list-rounds")
        context = {
            "page": page,
            "rows": selectors.rows_of(page.object_list, clock.now()),
            "over": over,
            "many_districts": len(self.actor.districts_with(self.permission)) > 1,
            "tabs": list_tabs("list-rounds"),
            "sorts": [
                {"label": _("Open and planned"), "url": here, "current": not over},
                {"label": _("Over"), "url": f"{here}?visa=avslutade", "current": over},
            ],
        }
        return render(request, "grants/rounds/list.html", context)


class ShowRoundView(RoundPage):
    """One call: its days, its sum, the version it follows."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        terms = terms_of(self.round.programme_version)
        state = state_of(self.round, clock.now())
        names = {form.code: str(form.name) for form in terms.forms}
        context = {
            "round": self.round,
            "programme": self.round.programme,
            "state": state,
            "forms": [names.get(code, code) for code in self.round.form_codes],
            "may_change": self.actor.may(Permission.EDIT_PROGRAMMES, self.round.programme.district_id)
            and state is not CANCELLED,
            "may_cancel": state not in {CANCELLED, CLOSED},
            "trail": trail(self.round.programme, (_("Calls"), reverse("list-rounds"))),
        }
        return render(request, "grants/rounds/show.html", context)


class AnnounceRoundView(ProgrammePage, FormPage):
    """A new call under the version in force (or a coming one), with the days its rules give."""

    permission = Permission.EDIT_PROGRAMMES
    template = "grants/rounds/form.html"
    done = gettext_lazy("The call is saved.")
    version: ProgrammeVersion
    round: Round

    def load(self, key: Any, **kwargs: Any) -> None:
        super().load(key)
        asked = self.request.GET.get("version", "")
        standing = selectors.standing(selectors.versions_of(self.programme), clock.today())
        found = standing.in_force or standing.coming
        if asked.isdecimal():
            found = version_or_404(self.programme, int(asked))
        if found is None or not found.is_published:
            raise NotNow(_("A call needs a published version. Have the draft published first."), code="draft")
        self.version, self.others = found, [one for one in (standing.in_force, standing.coming) if one and one != found]

    def form(self, data: Any = None, files: Any = None) -> forms.RoundForm:
        return forms.RoundForm(data, terms=terms_of(self.version), initial=self._proposed())

    def _proposed(self) -> dict[str, Any]:
        terms, today = terms_of(self.version), clock.today()
        first = max(today, self.version.valid_from or today)
        dates = next(iter(proposed_dates(terms.window, first)), None)
        names: dict[str, Any] = {"kind": RoundKind.ORDINARY, "opens_on": first}
        year = first.year
        if dates is not None:
            for name in ("closes_on", "period_from", "period_to", "meeting_on"):
                names[name] = getattr(dates, name)
            names["opens_on"] = max(dates.opens_on or first, first)
            year = (dates.period_from or dates.closes_on or first).year
        return names | {"name_sv": f"{terms.name.sv} {year}", "name_en": f"{terms.name.en} {year}"}

    def submit(self, form: Any) -> None:
        self.round = announce_round(actor=self.actor, version=self.version, plan=form.plan)

    def done_url(self) -> str:
        return reverse("show-round", args=[self.round.key])

    def context(self) -> dict[str, Any]:
        return {
            "title": _("New call"),
            "programme": self.programme,
            "version": self.version,
            "others": self.others,
            "closing_hour": _closing_hour(self.version),
            "trail": trail(self.programme),
            "back_url": reverse("show-programme", args=[self.programme.key]),
        }


def _closing_hour(version: ProgrammeVersion) -> str:
    hour = terms_of(version).window.closes_time
    return f"{hour:%H.%M}" if hour else ""


class ChangeRoundView(RoundPage, FormPage):
    """What may still be changed: everything before it opens, later only a longer time, the meeting and the sum."""

    permission = Permission.EDIT_PROGRAMMES
    template = "grants/rounds/form.html"
    done = gettext_lazy("The call is saved.")

    def reload(self) -> None:
        self.round = round_or_404(self.actor, self.permission, self.round.key)

    def form(self, data: Any = None, files: Any = None) -> forms.RoundForm:
        terms = terms_of(self.round.programme_version)
        return forms.RoundForm(data, terms=terms, initial=forms.round_initial(self.round))

    def submit(self, form: Any) -> None:
        change_round(actor=self.actor, round=self.round, plan=form.plan, seen_version=form.cleaned_data["version"] or 0)

    def differences(self, form: Any) -> Pairs:
        stands = forms.round_initial(self.round)
        return [
            (field.label, _shown(form.cleaned_data.get(name)), _shown(stands[name]))
            for name, field in form.fields.items()
            if name in stands and name != "version" and form.cleaned_data.get(name) != stands[name]
        ]

    def done_url(self) -> str:
        return reverse("show-round", args=[self.round.key])

    def context(self) -> dict[str, Any]:
        steps = trail(self.round.programme, (str(self.round), self.done_url()))
        return {
            "title": _("Change the call"),
            "programme": self.round.programme,
            "round": self.round,
            "version": self.round.programme_version,
            "closing_hour": _closing_hour(self.round.programme_version),
            "has_opened": state_of(self.round, clock.now()).code != "planned",
            "trail": steps,
            "back_url": self.done_url(),
        }


def _shown(value: Any) -> str:
    if isinstance(value, date):
        return text.iso_day(value)
    return ", ".join(value) if isinstance(value, list) else str(value or "–")


class CancelRoundView(RoundPage, FormPage):
    """A check page with a reason."""

    permission = Permission.EDIT_PROGRAMMES
    template = "grants/rounds/cancel.html"
    done = gettext_lazy("The call is cancelled.")

    def reload(self) -> None:
        self.round = round_or_404(self.actor, self.permission, self.round.key)

    def form(self, data: Any = None, files: Any = None) -> forms.CancelForm:
        return forms.CancelForm(data, initial={"version": self.round.version})

    def submit(self, form: Any) -> None:
        cancel_round(
            actor=self.actor,
            round=self.round,
            reason=form.cleaned_data["reason"],
            seen_version=form.cleaned_data["version"],
        )

    def done_url(self) -> str:
        return reverse("show-round", args=[self.round.key])

    def context(self) -> dict[str, Any]:
        return {
            "round": self.round,
            "programme": self.round.programme,
            "effects": [
                _("Nobody can apply in the call any more. Applications that came in stay and are handled."),
                _("It cannot be taken back: announce a new call instead."),
            ],
            "rows": [
                (_("Call"), str(self.round)),
                (_("Programme"), str(self.round.programme)),
                (_("Opens"), text.day(self.round.opens_on)),
            ],
            "trail": trail(self.round.programme, (str(self.round), self.done_url())),
            "back_url": self.done_url(),
        }
