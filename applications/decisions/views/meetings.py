"""The board's meetings: the list of them, a new one, and what one meeting takes up."""

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy

from applications.cases.jav import cases_out_of
from applications.decisions import selectors
from applications.decisions.forms.board import MeetingForm
from applications.decisions.models import BoardMeeting
from applications.decisions.services.plan_meeting import plan_meeting
from vetting.accounts.form_page import FormPage
from vetting.accounts.models import District
from vetting.accounts.pages import Page
from vetting.accounts.roles import Permission
from vetting.kernel import clock


class ListMeetingsView(Page):
    """Coming and past meetings, and the delegated decisions that wait for one."""

    permission = Permission.REGISTER_BOARD

    def get(self, request: HttpRequest) -> HttpResponse:
        today = clock.today()
        meetings: Any = BoardMeeting.objects.select_related("district").for_user(self.actor, self.permission)
        waiting = [
            decision
            for district in sorted(self.actor.districts_with(self.permission))
            for decision in selectors.unreported(district)[:50]
        ]
        out = cases_out_of(self.actor)
        for decision in waiting:
            decision.locked_out = decision.case_id in out
        context = {
            "coming": meetings.filter(date__gte=today).order_by("date")[:50],
            "past": meetings.filter(date__lt=today).order_by("-date")[:20],
            "waiting": waiting,
        }
        return render(request, "decisions/list_meetings.html", context)


class PlanMeetingView(FormPage):
    """Enters a meeting."""

    permission = Permission.REGISTER_BOARD
    template = "decisions/plan_meeting.html"
    done = gettext_lazy("The meeting is entered.")
    meeting: BoardMeeting

    def form(self, data: Any = None, files: Any = None) -> MeetingForm:
        districts = District.objects.filter(pk__in=self.actor.districts_with(self.permission))
        return MeetingForm(data, districts=districts)

    def submit(self, form: Any) -> None:
        said = form.cleaned_data
        self.meeting = plan_meeting(
            actor=self.actor,
            district=said["district"],
            body=said["body"],
            date=said["date"],
            place=said["place"],
        )

    def done_url(self) -> str:
        return reverse("show-meeting", args=[self.meeting.key])


class ShowMeetingView(Page):
    """A meeting's list: what it decides, what is reported to it, and the notice of its minutes.

    Of a case that a conflict of interest locks the person out of, the number stands there and nothing else.
    """

    permission = Permission.REGISTER_BOARD

    def load(self, key: uuid.UUID, **kwargs: Any) -> None:
        meetings: Any = BoardMeeting.objects.select_related("district")
        self.meeting = meetings.for_user_or_404(self.actor, self.permission, key=key)

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        items = list(
            self.meeting.items.select_related(
                "case__association", "proposal", "decision__track", "decision__case"
            ).order_by("kind", "id")
        )
        out = cases_out_of(self.actor)
        for item in items:
            item.locked_out = item.case_id in out
        context = {
            "meeting": self.meeting,
            "to_decide": [item for item in items if item.kind == "decide"],
            "reported": [item for item in items if item.kind == "report"],
            "unannounced": selectors.unannounced(self.meeting),
        }
        return render(request, "decisions/show_meeting.html", context)
