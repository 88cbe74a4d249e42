"""What is registered about a decision afterwards: notice, take-down, legal force, appeal, the court's answer."""

import uuid
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from applications.cases import executor
from applications.cases.executor import permitted_now
from applications.cases.jav import cases_out_of
from applications.cases.models import Case
from applications.decisions import selectors
from applications.decisions.choices import NoticeOf
from applications.decisions.forms.track import (
    AppealForm,
    CourtForm,
    FinalForm,
    MeetingNoticeForm,
    NoticeForm,
    TakeDownForm,
)
from applications.decisions.models import BoardMeeting, DecisionTrack
from applications.decisions.rules.clocks import ANNOUNCED_WITHIN, APPROVED_WITHIN
from applications.decisions.services.announce import NOT_REPORTED, announce, announce_meeting, notice_for, take_down
from applications.decisions.services.store_proof import store_proof
from applications.decisions.workflow import DECISION
from vetting.accounts.form_page import FormPage, problem, renew
from vetting.accounts.roles import Permission
from vetting.kernel import clock
from vetting.kernel.errors import DomainError, NotFound, Reason, Stale
from vetting.kernel.text import day
from vetting.kernel.workflow import Move, Row


class TrackPage(FormPage):
    """A form page about one decision. `action` is the row it takes, where it takes one."""

    permission = Permission.SEE_CASES
    post_permission = Permission.REGISTER_ANNOUNCEMENT
    template = "decisions/track_form.html"
    action = ""
    title: Any = ""
    lead: Any = ""
    done: Any = gettext_lazy("Registered.")

    def load(self, key: uuid.UUID, **kwargs: Any) -> None:
        visible = Case.objects.for_user(self.actor, self.permission)
        tracks = DecisionTrack.objects.select_related(
            "decision__board_item__meeting", "decision__district", "case__association", "case__district"
        )
        track = tracks.filter(decision__key=key, case__in=visible).first()
        if track is None:
            raise NotFound(_("There is no such page, or it belongs to another district."))
        self.track: Any = track
        back = reverse("show-decisions", args=[track.case.key])
        self.request.back_url = back  # type: ignore[attr-defined]  # where a refusal leads back to
        self.must_be_allowed(track.case.district_id)
        if self.action:  # its row may name fewer people than the page's permission
            permitted_now(DECISION.rows_of(self.action)[0], self.actor, track.case)

    def done_url(self) -> str:
        return reverse("show-decisions", args=[self.track.case.key])

    def reload(self) -> None:
        self.load(**self.kwargs)

    def problem(self, form: Any, error: DomainError) -> None:
        put_on_fields(form, error)

    def show_stale(self, form: Any, error: Stale) -> HttpResponse:
        self.problem(form, error)
        self.reload()
        renew(form, self.track.version)
        return self.show(form, status=error.status)

    def initial(self) -> dict[str, Any]:
        return {"version": self.track.version}

    def submit(self, form: Any) -> None:
        self.perform(self.action, form.cleaned_data)

    def perform(self, action: str, values: dict[str, Any]) -> None:
        data = {name: value for name, value in values.items() if name not in ("version", "idempotency_key")}
        executor.perform(
            subject=self.track,
            action=action,
            actor=self.actor,
            data=data,
            expected_version=values["version"],
            key=values["idempotency_key"],
        )

    def reasons(self) -> list[Reason]:
        """Why the step cannot be taken now, before anything is typed."""
        row: Row | None = DECISION.row(self.action, self.track.state) if self.action else None
        if self.action and row is None:
            state = DECISION.state(self.track.state).label
            return [Reason("wrong_state", _("The decision is “%(state)s”.") % {"state": state})]
        if row is None:
            return []
        data = {"preview": True}
        move = Move(self.track, self.track.case, row, self.actor, clock.now(), clock.today(), data)
        return [reason for guard in row.guards if (reason := guard(move))]

    def notes(self) -> list[str]:
        return []

    def context(self) -> dict[str, Any]:
        return {
            "track": self.track,
            "decision": self.track.decision,
            "case": self.track.case,
            "state": DECISION.state(self.track.state),
            "title": self.title,
            "lead": self.lead,
            "reasons": self.reasons(),
            "notes": self.notes(),
            "notice": self.track.announcements.first(),
            "back_url": self.done_url(),
        }


def put_on_fields(form: Any, error: DomainError) -> None:
    """A guard's reason that names a field stands at that field; the rest as everywhere."""
    reasons = getattr(error, "reasons", ())
    named = [reason for reason in reasons if reason.data.get("field") in form.fields]
    for reason in named:
        form.add_error(reason.data["field"], str(reason))
    if not named:
        problem(form, error)


class AnnounceDecisionView(TrackPage):
    """Registers the notice of one decision; the last day and legal force are computed."""

    action = "announce"
    form_class = NoticeForm
    title = gettext_lazy("Register the announcement")
    done = gettext_lazy("The announcement is registered. The last day of appeal is computed.")

    def submit(self, form: Any) -> None:
        values = form.cleaned_data
        with transaction.atomic():  # the capture's row goes with the notice, or not at all
            announce(
                track=self.track,
                actor=self.actor,
                approved_on=values["approved_on"],
                announced_on=values["announced_on"],
                address=values["address"],
                minutes_place=values["minutes_place"],
                proof_id=store_proof(values["proof"], self.track, self.actor),
                expected_version=values["version"],
                key=values["idempotency_key"],
            )

    def reasons(self) -> list[Reason]:
        found = super().reasons()
        notice_of, meeting = notice_for(self.track)
        if notice_of != NoticeOf.OWN_RECORD and meeting is None:
            found.append(Reason("not_reported", NOT_REPORTED))
        return found

    def notes(self) -> list[str]:
        notice_of, meeting = notice_for(self.track)
        label = str(NoticeOf(notice_of).label)
        return [f"{label}, {day(meeting.date)}." if meeting else f"{label}.", *_deadlines(meeting)]


def _deadlines(meeting: BoardMeeting | None) -> list[str]:
    if meeting is None:
        return []
    approved = meeting.date + APPROVED_WITHIN
    days = {"approved": day(approved), "announced": day(approved + ANNOUNCED_WITHIN)}
    return [
        _("The minutes are approved by %(approved)s at the latest and announced by %(announced)s (KL 5:69, 8:12).")
        % days
    ]


class TakeDownNoticeView(TrackPage):
    """Registers when the notice came down. Too early, and the appeal time has not run."""

    form_class = TakeDownForm
    title = gettext_lazy("The notice was taken down")
    lead = gettext_lazy("If it came down on or before the last day of appeal, that time has not run: announce anew.")

    def submit(self, form: Any) -> None:
        values = form.cleaned_data
        fell = take_down(
            track=self.track, actor=self.actor, day=values["taken_down_on"], expected_version=values["version"]
        )
        if fell:
            self.done = _("The notice came down early: the appeal time has not run. Register a new announcement.")


class ConfirmFinalView(TrackPage):
    """Confirms legal force on the court's answer."""

    action = "confirm_final"
    form_class = FinalForm
    title = gettext_lazy("Confirm legal force")
    lead = gettext_lazy(
        "The system proposes the day, you confirm it. That nothing stands in the own inbox does not show that no "
        "appeal came: the administrative court is asked."
    )
    done = gettext_lazy("Legal force is confirmed.")


class RegisterAppealView(TrackPage):
    """Registers an appeal with its arrival day; it is forwarded at once, the court tests whether it is in time."""

    action = "appeal"
    form_class = AppealForm
    title = gettext_lazy("Register an appeal")
    lead = gettext_lazy(
        "Forward it to the court at once with its arrival day. Whether it is in time is the court's question."
    )


class RegisterCourtView(TrackPage):
    """Registers a stay, its end, or a judgment."""

    form_class = CourtForm
    title = gettext_lazy("The court's answer")

    def form(self, data: Any = None, files: Any = None) -> CourtForm:
        steps = [row for row in DECISION.rows_from(self.track.state) if row.form == "register-court"]
        return CourtForm(data, files, steps=steps, initial=self.initial())

    def submit(self, form: Any) -> None:
        self.perform(form.cleaned_data["step"], form.cleaned_data)

    def reasons(self) -> list[Reason]:
        if self.track.state in ("appealed", "stayed"):
            return []
        return [Reason("not_appealed", _("The decision is not appealed. Register the appeal first."))]


class AnnounceMeetingView(FormPage):
    """One notice for what a meeting's minutes announce, but the cases a conflict of interest leaves to others."""

    permission = Permission.REGISTER_ANNOUNCEMENT
    template = "decisions/announce_meeting.html"
    form_class = MeetingNoticeForm

    def load(self, key: uuid.UUID, **kwargs: Any) -> None:
        meetings: Any = BoardMeeting.objects.select_related("district")
        self.meeting = meetings.for_user_or_404(self.actor, self.permission, key=key)
        out, tracks = cases_out_of(self.actor), selectors.unannounced(self.meeting)
        self.tracks = [track for track in tracks if track.case_id not in out]
        self.others = [track for track in tracks if track.case_id in out]

    def submit(self, form: Any) -> None:
        said = form.cleaned_data
        with transaction.atomic():
            count = announce_meeting(
                tracks=self.tracks,
                actor=self.actor,
                approved_on=said["approved_on"],
                announced_on=said["announced_on"],
                address=said["address"],
                minutes_place=said["minutes_place"],
                proof_id=store_proof(said["proof"], self.tracks[0], self.actor),
            )
        self.done = _("The announcement is registered for %(count)s decisions.") % {"count": count}

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return super().post(request, **kwargs) if self.tracks else self.get(request)

    def problem(self, form: Any, error: DomainError) -> None:
        put_on_fields(form, error)

    def done_url(self) -> str:
        return reverse("list-meetings")

    def context(self) -> dict[str, Any]:
        return {
            "meeting": self.meeting,
            "tracks": self.tracks,
            "others": self.others,
            "notes": _deadlines(self.meeting),
        }
