"""Writing a programme's rules: a new programme, a new draft, the draft as a form and as text, publishing it."""

from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from applications.grants.models import Programme, ProgrammeVersion
from applications.grants.programmes import forms, selectors
from applications.grants.programmes.files import written
from applications.grants.programmes.services.drafts import create_programme, save_draft, start_draft
from applications.grants.programmes.services.publish import earliest_day, publish_reason, publish_version
from applications.grants.programmes.terms.stored import terms_of
from applications.grants.programmes.views.base import DraftPage, Pairs, ProgrammePage, trail
from vetting.accounts.form_page import FormPage
from vetting.accounts.models import District
from vetting.accounts.roles import Permission
from vetting.kernel import clock, text
from vetting.kernel.errors import NotNow
from vetting.kernel.schema.differences import Difference, differences


class AddProgrammeView(FormPage):
    """A new programme that starts from another's rules."""

    permission = Permission.EDIT_PROGRAMMES
    template = "grants/programmes/form.html"
    made: ProgrammeVersion

    def form(self, data: Any = None, files: Any = None) -> forms.AddProgrammeForm:
        districts = District.objects.filter(pk__in=self.actor.districts_with(self.permission)).order_by("name")
        programmes = Programme.objects.for_user(self.actor, Permission.SEE_PROGRAMMES).order_by("name_sv", "id")
        initial = {"district": districts.first(), "copy_of": programmes.first()}
        return forms.AddProgrammeForm(data, districts=districts, programmes=programmes, initial=initial)

    def submit(self, form: Any) -> None:
        model = form.cleaned_data["copy_of"].versions.order_by("-number").first()
        terms = replace(terms_of(model), name=form.name)
        self.made = create_programme(
            actor=self.actor, district=form.cleaned_data["district"], code=form.cleaned_data["code"], terms=terms
        )

    def done_url(self) -> str:
        return reverse("edit-programme-draft", args=[self.made.programme.key])

    def context(self) -> dict[str, Any]:
        return {
            "title": _("New programme"),
            "lead": _("A programme is a support form with its rules. A second person publishes them."),
            "trail": [{"label": _("Programmes"), "url": reverse("list-programmes")}],
            "back_url": reverse("list-programmes"),
        }


class StartProgrammeDraftView(ProgrammePage):
    """A check page, then a draft of the next version with the same wording."""

    permission = Permission.EDIT_PROGRAMMES

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        newest = self.programme.versions.order_by("-number").first()
        if newest is not None and not newest.is_published:
            return redirect("edit-programme-draft", self.programme.key)
        context = {
            "programme": self.programme,
            "next_number": newest.number + 1 if newest else 1,
            "trail": trail(self.programme),
            "back_url": reverse("show-programme", args=[self.programme.key]),
        }
        return render(request, "grants/programmes/start.html", context)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        start_draft(actor=self.actor, programme=self.programme)
        return redirect("edit-programme-draft", self.programme.key)


class EditProgrammeDraftView(DraftPage):
    """The draft's values as a form; lists of forms, attachments and criteria are changed as text."""

    template = "grants/programmes/edit.html"
    done = gettext_lazy("The draft is saved. A second person publishes it.")

    def form(self, data: Any = None, files: Any = None) -> Any:
        form = forms.TermsForm(data, content=self.draft.content, version=self.draft.revision)
        form.submit_label = _("Save the draft")
        return form

    def submit(self, form: Any) -> None:
        seen = form.cleaned_data["version"]
        self.draft = save_draft(actor=self.actor, version=self.draft, terms=form.rule, revision=seen)

    def differences(self, form: Any) -> Pairs:
        return pairs(differences(terms_of(self.draft), form.rule))

    def context(self) -> dict[str, Any]:
        return {
            "programme": self.programme,
            "draft": self.draft,
            "trail": trail(self.programme),
            "back_url": self.done_url(),
        }


class EditProgrammeTextView(DraftPage):
    """The whole draft as text, or a file in its stead."""

    template = "grants/programmes/text.html"
    done = gettext_lazy("The draft is saved. A second person publishes it.")

    def form(self, data: Any = None, files: Any = None) -> forms.TermsTextForm:
        district, code = self.programme.district.code, self.programme.code
        is_example = self.draft.is_example
        now = written(district=district, code=code, terms=terms_of(self.draft), is_example=is_example)
        initial = {"text": now, "version": self.draft.revision}
        return forms.TermsTextForm(data, files, district=district, code=code, is_example=is_example, initial=initial)

    def submit(self, form: Any) -> None:
        self.draft = save_draft(
            actor=self.actor,
            version=self.draft,
            terms=form.terms,
            revision=form.cleaned_data["version"],
            source=form.source[:120],
        )

    def differences(self, form: Any) -> Pairs:
        return pairs(differences(terms_of(self.draft), form.terms))

    def context(self) -> dict[str, Any]:
        return {
            "programme": self.programme,
            "draft": self.draft,
            "trail": trail(self.programme),
            "back_url": self.done_url(),
        }


def pairs(found: list[Difference]) -> Pairs:
    """(label, what was typed, what stands now) for the page after a stale save."""
    return [
        (" – ".join((*one.trail, one.label)), ", ".join(one.after) or "–", ", ".join(one.before) or "–")
        for one in found
    ]


class PublishProgrammeView(DraftPage):
    """A check page: what changes, from when, for which calls; then the version is in force."""

    permission = Permission.PUBLISH_RULES
    template = "grants/programmes/publish.html"
    done = gettext_lazy("The version is published.")

    def load(self, key: Any, **kwargs: Any) -> None:
        super().load(key)
        reason = publish_reason(self.actor, self.draft)
        if reason is not None:
            raise NotNow(reason.text, reasons=[reason], code=reason.code)

    def form(self, data: Any = None, files: Any = None) -> forms.PublishForm:
        earliest = earliest_day(self.programme, clock.today())
        proposed = max(self.draft.valid_from or earliest, earliest)
        return forms.PublishForm(data, initial={"valid_from": proposed, "version": self.draft.revision})

    def submit(self, form: Any) -> None:
        publish_version(
            actor=self.actor,
            version=self.draft,
            valid_from=form.cleaned_data["valid_from"],
            revision=form.cleaned_data["version"],
        )

    def context(self) -> dict[str, Any]:
        versions = selectors.versions_of(self.programme)
        standing = selectors.standing(versions, clock.today())
        before = standing.coming or standing.in_force
        earliest = earliest_day(self.programme, clock.today())
        return {
            "programme": self.programme,
            "draft": self.draft,
            "before": before,
            "found": differences(terms_of(before), terms_of(self.draft)) if before else [],
            "effects": self._effects(before),
            "planned": selectors.rounds_planned_under(self.programme, clock.today()),
            "rows": [
                (_("Version"), self.draft.number),
                (_("Written by"), ", ".join(self._writers())),
                (_("Can hold from"), text.day(earliest)),
            ],
            "trail": trail(self.programme),
            "back_url": self.done_url(),
        }

    def _writers(self) -> list[str]:
        names = selectors.writers_of([self.draft])
        return [names[one] for one in self.draft.edited_by]

    def _effects(self, before: ProgrammeVersion | None) -> list[str]:
        found = [_("The version is frozen. Nobody can change it; a change is a new version.")]
        if before is not None:
            ended = _("Version %(number)d holds to the day before. Its calls and cases stay with it.")
            found.append(ended % {"number": before.number})
        return [*found, _("New calls from that day on follow the new version.")]
