"""The pages of long work: how far it has come, what it gave, and the way back to it for whoever left the page."""

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from vetting.accounts.pages import Page
from vetting.accounts.roles import Permission
from vetting.jobs.kinds import job_labels
from vetting.jobs.models import Job, JobState
from vetting.jobs.selectors import error_text
from vetting.kernel.errors import NotFound

SHOWN = 20


def label_of(job: Job) -> Any:
    """What people call the work."""
    return job_labels[job.kind] if job.kind in job_labels else _("Work")


class ListJobsView(Page):
    """GET /jobb/: the newest work the person has asked for, with what it gave."""

    permission = Permission.SEE_START
    http_method_names = ("get", "head")

    def get(self, request: HttpRequest) -> HttpResponse:
        jobs = Job.objects.filter(asked_by=self.actor.reference).order_by("-id")[:SHOWN]
        return render(request, "jobs/list_jobs.html", {"jobs": [(job, label_of(job)) for job in jobs]})


class ShowJobView(Page):
    """GET /jobb/<key>/: for whoever asked for the work; to others it does not exist."""

    permission = Permission.SEE_START
    http_method_names = ("get", "head")

    def load(self, key: uuid.UUID, **kwargs: Any) -> None:
        job = Job.objects.filter(key=key, asked_by=self.actor.reference).first()
        if job is None:
            raise NotFound(_("There is no such work, or somebody else asked for it."))
        self.job = job

    def get(self, request: HttpRequest, key: uuid.UUID) -> HttpResponse:
        job = self.job
        label = label_of(job)
        context = {
            "job": job,
            "label": label,
            "trail": [{"label": _("What you have asked for"), "url": reverse("list-jobs")}, {"label": label}],
            "is_over": job.state in {JobState.DONE, JobState.FAILED},
            "is_done": job.state == JobState.DONE,
            "error_text": error_text(job),
            "share": job.done_steps * 100 // job.all_steps if job.all_steps else None,
        }
        part = request.headers.get("HX-Request") == "true"
        return render(request, "jobs/_progress.html" if part else "jobs/show_job.html", context)
