"""Plans of reminders as versions: which hold, what they say, a new draft, and its publication by a second person."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from vetting.accounts.form_page import FormPage
from vetting.accounts.pages import Page
from vetting.accounts.roles import Permission
from vetting.kernel.errors import NotFound
from vetting.kernel.text import tongue
from vetting.obligations.forms import AUDIENCE_LABELS, PlanForm, PublishPlanForm
from vetting.obligations.models import ReminderPlan
from vetting.obligations.plan import Step, steps_of
from vetting.obligations.selectors import day_in_words
from vetting.obligations.services.plans import draft_plan, publish_plan


class ListReminderPlansView(Page):
    """GET /regler/paminnelser/: all versions of one's districts, the newest first."""

    permission = Permission.SEE_PROGRAMMES
    http_method_names = ("get", "head")

    def get(self, request: HttpRequest) -> HttpResponse:
        return render(request, "obligations/list_plans.html", {"plans": _plans(self)})


def _plans(page: Page) -> "QuerySet[ReminderPlan]":
    """The plans of the districts in which the person has the page's permission."""
    districts = page.actor.districts_with(page.permission)
    rows = ReminderPlan.objects.filter(district_id__in=districts).select_related("district")
    return rows.order_by("district__name", "code", "-number")


class _PlanPage(Page):
    """A page about one version."""

    def load(self, pk: int, **kwargs: Any) -> None:
        found = _plans(self).filter(pk=pk).first()
        if found is None:
            raise NotFound(_("There is no such page, or it belongs to another district."))
        self.plan: ReminderPlan = found
        self.must_be_allowed(found.district_id)

    def about(self) -> dict[str, Any]:
        """What every page of a version says in its band."""
        here = f"{self.plan.district.name}, {_('version')} {self.plan.number}"
        return {"plan": self.plan, "here": here, "list_url": reverse("list-reminder-plans")}


class ShowReminderPlanView(_PlanPage):
    """GET /regler/paminnelser/<pk>/: the steps, and the words as mails carry them."""

    permission = Permission.SEE_PROGRAMMES
    http_method_names = ("get", "head")

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        district, is_own = self.plan.district_id, self.plan.drafted_by == self.actor.reference
        may_publish = self.actor.may(Permission.PUBLISH_RULES, district)
        context = self.about() | {
            "steps": [_told(step) for step in steps_of(self.plan.content)],
            "may_draft": self.actor.may(Permission.EDIT_PROGRAMMES, district),
            "may_publish": may_publish and not self.plan.is_published and not is_own,
            "waits_for_another": may_publish and not self.plan.is_published and is_own,
        }
        return render(request, "obligations/show_plan.html", context)


def _told(step: Step) -> dict[str, Any]:
    return {
        "when": day_in_words(step.day),
        "to": ", ".join(str(AUDIENCE_LABELS[audience]) for audience in step.to),
        "subject": step.texts[f"subject_{tongue()}"],
        "body": step.texts[f"body_{tongue()}"].strip(),
    }


class DraftReminderPlanView(_PlanPage, FormPage):
    """GET and POST /regler/paminnelser/<pk>/ny/: a new draft that begins as this version reads."""

    permission = Permission.EDIT_PROGRAMMES
    template = "obligations/draft_plan.html"
    done = _("The draft is saved. Somebody else publishes it.")

    def form(self, data: Any = None, files: Any = None) -> PlanForm:
        return PlanForm(data, base=self.plan.content)

    def submit(self, form: Any) -> None:
        self.draft = draft_plan(
            district=self.plan.district, code=self.plan.code, content=form.content(), actor=self.actor
        )

    def context(self) -> dict[str, Any]:
        return self.about()

    def done_url(self) -> str:
        return reverse("show-reminder-plan", args=[self.draft.pk])


class PublishReminderPlanView(_PlanPage, FormPage):
    """GET and POST /regler/paminnelser/<pk>/publicera/: in force from a day, by somebody else than its drafter."""

    permission = Permission.PUBLISH_RULES
    template = "obligations/publish_plan.html"
    done = _("The plan is published. What is watched already keeps the plan it began under.")

    def form(self, data: Any = None, files: Any = None) -> PublishPlanForm:
        return PublishPlanForm(data)

    def submit(self, form: Any) -> None:
        publish_plan(plan=self.plan, actor=self.actor, valid_from=form.cleaned_data["valid_from"])

    def context(self) -> dict[str, Any]:
        return self.about() | {"steps": [_told(step) for step in steps_of(self.plan.content)]}

    def done_url(self) -> str:
        return reverse("show-reminder-plan", args=[self.plan.pk])
