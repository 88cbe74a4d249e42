"""The demo's mailbox and clock: open without sign-in, for they belong to the machine and not to the product."""

from datetime import timedelta
from pathlib import Path
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views import View

from vetting.embedded import mailbox
from vetting.embedded.clock_file import move_forward
from vetting.jobs.services import carry_signs
from vetting.kernel import clock
from vetting.kernel.forms import Form

MAILS_PER_PAGE = 50
DAYS_AT_ONCE = 3660


@method_decorator(login_not_required, name="dispatch")
class ListMailsView(View):
    """All mails the demo has sent, newest first."""

    def get(self, request: HttpRequest) -> HttpResponse:
        folder = Path(settings.DEMO_MAIL_DIR)
        page = Paginator(mailbox.names(folder), MAILS_PER_PAGE).get_page(request.GET.get("sida"))
        mails = [mail for name in page if (mail := mailbox.read(folder, name))]
        return render(request, "embedded/list_mails.html", {"page": page, "mails": mails})


@method_decorator(login_not_required, name="dispatch")
class ShowMailView(View):
    def get(self, request: HttpRequest, name: str) -> HttpResponse:
        mail = mailbox.read(Path(settings.DEMO_MAIL_DIR), name)
        if mail is None:
            raise Http404
        return render(request, "embedded/show_mail.html", {"mail": mail})


class MoveClockForm(Form):
    submit_label = gettext_lazy("Move the clock forward")
    days = forms.IntegerField(
        label=gettext_lazy("Days"),
        min_value=0,
        max_value=DAYS_AT_ONCE,
        required=False,
        error_messages={
            "invalid": gettext_lazy("Write the days in digits, for example 30."),
            "min_value": gettext_lazy("The clock moves forward only: write 0 or more days."),
            "max_value": gettext_lazy("Write at most %(limit_value)s days at a time."),
        },
    )
    hours = forms.IntegerField(
        label=gettext_lazy("Hours"),
        min_value=0,
        max_value=23,
        required=False,
        error_messages={
            "invalid": gettext_lazy("Write the hours in digits, for example 2."),
            "min_value": gettext_lazy("The clock moves forward only: write 0 or more hours."),
            "max_value": gettext_lazy("Write at most 23 hours, and the rest as days."),
        },
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not self.errors and not self.step():
            self.add_error("days", _("Write how many days or hours the clock is to be moved forward."))
        return cleaned

    def step(self) -> timedelta:
        return timedelta(days=self.cleaned_data.get("days") or 0, hours=self.cleaned_data.get("hours") or 0)


@method_decorator(login_not_required, name="dispatch")
class MoveClockView(View):
    """Shows the demo's time and moves it forward for web, worker and commands."""

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.page(request, MoveClockForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        form = MoveClockForm(request.POST)
        if not form.is_valid():
            return self.page(request, form, status=422)
        move_forward(Path(settings.CLOCK_OFFSET_FILE), form.step())
        carry_signs(form.step())
        messages.success(request, _("The clock has been moved forward by %(time)s.") % {"time": in_words(form.step())})
        return redirect("move-clock")

    def page(self, request: HttpRequest, form: MoveClockForm, status: int = 200) -> HttpResponse:
        ahead = clock.offset()
        steps = [(1, _("Forward one day")), (7, _("Forward one week")), (30, _("Forward 30 days"))]
        context = {
            "form": form,
            "now": clock.now(),
            "ahead": ahead,
            "ahead_text": in_words(ahead),
            "steps": steps,
        }
        return render(request, "embedded/move_clock.html", context, status=status)


def in_words(time: timedelta) -> str:
    """`30 days and 2 hours`; a part that is nothing is left out."""
    hours = time.seconds // 3600
    parts = [
        ngettext("%(days)d day", "%(days)d days", time.days) % {"days": time.days} if time.days else "",
        ngettext("%(hours)d hour", "%(hours)d hours", hours) % {"hours": hours} if hours else "",
    ]
    return _(" and ").join(part for part in parts if part)
