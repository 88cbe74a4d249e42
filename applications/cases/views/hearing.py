"""Hearings: the case's tab, sending facts, replies, comments, ending, deciding without one."""

import uuid
from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from applications.cases.available import next_steps
from applications.cases.executor import kind_of
from applications.cases.forms.hearing import (
    CommentsForm,
    EndHearingForm,
    RepliesForm,
    StartHearingForm,
    WaiveHearingForm,
    WaiveRunningForm,
)
from applications.cases.limits import hearing_days
from applications.cases.pages import CaseFormPage, CasePage, LinesPage, StepPage
from applications.cases.selectors.hearings import HearingView, hearings_of
from applications.cases.services.hearing import end_hearing, start_hearing
from applications.cases.services.replies import comment_facts, register_replies
from applications.cases.services.waiver import waive_hearing
from applications.cases.suggestions import speaking_against
from vetting.accounts.roles import Permission
from vetting.kernel.errors import NotFound, Reason
from vetting.kernel.workflow import Move


class ShowHearingsView(CasePage):
    """The tab *Kommunicering*: each fact, the reply beside it, our comment."""

    template = "cases/hearings.html"
    tab = "hearings"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        machine = kind_of(self.case).workflow
        roles = {role.value for role in self.actor.roles_in(self.case.district_id)}
        hear, heard = machine.row("hear", self.case.state), machine.row("heard", self.case.state)
        return self.page(
            hearings=hearings_of(self.case),
            next=next_steps(self.case, self.actor),
            may_waive=hear is not None and bool(roles & set(hear.who)),
            may_reply=heard is not None and bool(roles & set(heard.who)),
            may_comment=self.actor.may(Permission.ANSWER_CHECKLIST, self.case.district_id),
        )


class _HearingPage(CaseFormPage):
    """What all forms about a hearing share: back to the tab."""

    tab = "hearings"

    def done_url(self) -> str:
        return reverse("show-hearings", args=[self.case.key])


class StartHearingView(LinesPage, _HearingPage, StepPage):
    action = "hear"
    form_class = StartHearingForm
    template = "cases/start_hearing.html"
    title = _("Send facts for comment")
    done = _("The facts are registered as sent.")

    def initial(self) -> dict[str, Any]:
        return {"last_day": hearing_days(self.case).proposed} | super().initial()

    def form(self, data: Any = None, files: Any = None) -> StartHearingForm:
        return StartHearingForm(data, initial=self.initial(), facts=speaking_against(self.case))

    def context(self) -> dict[str, Any]:
        return super().context() | {"least": hearing_days(self.case).least}

    def submit(self, form: Any) -> None:
        values = form.cleaned_data
        start_hearing(
            case=self.case,
            facts=form.all_facts,
            sent_on=values["sent_on"],
            last_day=values["last_day"],
            actor=self.actor,
            expected_version=values["version"],
            key=values["idempotency_key"],
        )


class _RunningHearing(_HearingPage, StepPage):
    """A page about the hearing that runs."""

    action = "heard"

    def load(self, key: uuid.UUID, **kwargs: Any) -> None:
        super().load(key)
        running = next((view for view in hearings_of(self.case) if view.open), None)
        if running is None:
            raise NotFound(_("There is no open hearing in this case."))
        self.running: HearingView = running

    def context(self) -> dict[str, Any]:
        return super().context() | {"running": self.running}


class RegisterRepliesView(_RunningHearing):
    form_class = RepliesForm
    template = "cases/replies.html"
    title = _("Register the applicant's reply")
    done = _("The reply is saved.")

    def reasons(self) -> list[Reason]:
        """None: that replies are owed speaks against ending the hearing, not against writing them down."""
        return []

    def form(self, data: Any = None, files: Any = None) -> RepliesForm:
        return RepliesForm(data, facts=self.running.facts)

    def submit(self, form: Any) -> None:
        values = form.cleaned_data
        register_replies(
            case=self.case,
            replies=form.by_fact(self.running.facts),
            arrived_on=values["arrived_on"],
            actor=self.actor,
            key=values["idempotency_key"],
        )


class EndHearingView(_RunningHearing):
    form_class = EndHearingForm
    template = "cases/end_hearing.html"
    title = _("End the hearing")
    done = _("The hearing has ended.")

    def submit(self, form: Any) -> None:
        values = form.cleaned_data
        end_hearing(case=self.case, actor=self.actor, expected_version=values["version"], key=values["idempotency_key"])


class WaiveRunningView(_RunningHearing):
    """Ends a hearing that runs without a reply, on a ground from the closed list."""

    form_class = WaiveRunningForm
    template = "cases/waive_hearing.html"
    title = _("End the hearing without a reply")
    done = _("The ground is recorded and the hearing has ended.")

    def move(self, *, preview: bool = True) -> Move:
        return replace(super().move(preview=preview), data={"preview": preview, "waiver": True})

    def submit(self, form: Any) -> None:
        values = form.cleaned_data
        end_hearing(
            case=self.case,
            actor=self.actor,
            waiver=values["waiver"],
            detail=form.detail(),
            expected_version=values["version"],
            key=values["idempotency_key"],
        )


class WaiveHearingView(_HearingPage, StepPage):
    """Records that no hearing is held, and why."""

    action = "hear"
    form_class = WaiveHearingForm
    template = "cases/waive_hearing.html"
    title = _("Decide without a hearing")
    done = _("The ground is recorded.")

    def submit(self, form: Any) -> None:
        values = form.cleaned_data
        waive_hearing(
            case=self.case,
            actor=self.actor,
            waiver=values["waiver"],
            detail=form.detail(),
            key=values["idempotency_key"],
        )


class CommentFactsView(_HearingPage):
    """What we say to the replies, during the hearing or after it."""

    post_permission = Permission.ANSWER_CHECKLIST
    form_class = CommentsForm
    template = "cases/replies.html"
    title = _("Comment on the reply")
    done = _("The comment is saved.")

    def load(self, key: uuid.UUID, **kwargs: Any) -> None:
        super().load(key)
        found = next((view for view in hearings_of(self.case) if view.hearing.key == kwargs["hearing"]), None)
        if found is None or not found.facts:
            raise NotFound(_("There is no such hearing in this case."))
        self.running = found

    def form(self, data: Any = None, files: Any = None) -> CommentsForm:
        return CommentsForm(data, facts=self.running.facts)

    def context(self) -> dict[str, Any]:
        return super().context() | {"running": self.running}

    def submit(self, form: Any) -> None:
        values = form.cleaned_data
        comment_facts(
            hearing=self.running.hearing,
            comments=form.by_fact(self.running.facts),
            actor=self.actor,
            key=values["idempotency_key"],
        )
