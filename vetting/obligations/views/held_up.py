"""The page of reminders that could not be written: which, since when, and once more."""

import uuid
from typing import Any

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from vetting.accounts.actors import Actor
from vetting.accounts.pages import Page
from vetting.accounts.roles import Permission
from vetting.kernel.errors import NotFound
from vetting.obligations.kinds import kinds
from vetting.obligations.models import STANDING, Obligation
from vetting.obligations.services.take_up import take_up
from vetting.outbox.selectors import cases_seen

SHOWN = 100


def held_up_for(actor: Actor) -> "QuerySet[Obligation]":
    """Those the person may handle: of own districts, and of no case they are kept from."""
    rows = Obligation.objects.for_user(actor, Permission.HANDLE_MESSAGES).filter(~Q(trouble=""), state__in=STANDING)
    seen = cases_seen(actor, rows.values_list("case", flat=True))
    return rows.filter(Q(case__isnull=True) | Q(case__in=seen)).select_related("district").order_by("due_on", "id")


class ListHeldUpRemindersView(Page):
    """GET /utskick/paminnelser/: reminders that wait for a person."""

    permission = Permission.HANDLE_MESSAGES
    http_method_names = ("get", "head")

    def get(self, request: HttpRequest) -> HttpResponse:
        rows = [_told(row) for row in held_up_for(self.actor)[:SHOWN]]
        return render(request, "obligations/list_held_up.html", {"rows": rows})


def _told(row: Obligation) -> dict[str, Any]:
    """What it is about and where its case is; a kind whose room is gone is shown by its code."""
    kind = kinds.get(row.kind)
    page = reverse(kind.page, kwargs={"key": row.case}) if kind and kind.page and row.case else ""
    return {"row": row, "label": kind.label if kind else row.kind, "page": page}


class TakeUpReminderView(Page):
    """POST /utskick/paminnelser/<key>/igen/: the next tick tries again."""

    permission = Permission.HANDLE_MESSAGES
    http_method_names = ("post",)

    def load(self, key: uuid.UUID, **kwargs: Any) -> None:
        found = held_up_for(self.actor).filter(key=key).first()
        if found is None:
            raise NotFound(_("There is no such reminder, or somebody has dealt with it already."))
        self.row = found

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        take_up(obligation=self.row, actor=self.actor)
        messages.success(request, _("The reminder is written again within a minute."))
        return redirect("list-held-up-reminders")
