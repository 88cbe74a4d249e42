"""The page of a job: how far it has come, and what it gave. It survives leaving the page, and so does the work."""

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from vetting.accounts.pages import Page
from vetting.accounts.roles import Permission
from vetting.jobs.kinds import job_labels
from vetting.jobs.models import Job, JobState
from vetting.kernel.errors import NotFound


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
        context = {
            "job": job,
            "label": job_labels[job.kind] if job.kind in job_labels else _("Work"),
            "is_over": job.state in {JobState.DONE, JobState.FAILED},
            "is_done": job.state == JobState.DONE,
            "share": job.done_steps * 100 // job.all_steps if job.all_steps else None,
        }
        part = request.headers.get("HX-Request") == "true"
        return render(request, "jobs/_progress.html" if part else "jobs/show_job.html", context)
