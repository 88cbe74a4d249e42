"""The desk's pages: the day, the queue and the case.

They read and link; what changes a case stands in the room that owns it.
"""

import uuid
from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from applications.cases.available import next_steps
from applications.cases.pages import CasePage
from applications.cases.panels import column
from applications.cases.timeline import timeline
from applications.desk.case.application import application_part
from applications.desk.case.beside import related_cases
from applications.desk.case.rental import rental_part
from applications.desk.export.job import ask_for_export
from applications.desk.queue.pages import Shown
from applications.desk.queue.read import cases_for, choices_for, counts, page_of
from applications.desk.queue.saved import VIEWS
from applications.desk.queue.wish import DUE, read_wish, without_identity
from applications.desk.today.drawing import charts
from applications.desk.today.figures import figures_for
from applications.desk.today.read import today_for
from applications.desk.today.words import heading, silent_parts
from applications.grants.models import GrantApplication
from applications.grants.payments.selectors import payments_due
from applications.grants.services.enter_application import EDITABLE
from applications.rentals.models import RentalApplication
from vetting.accounts.pages import Page
from vetting.accounts.roles import Permission
from vetting.kernel import text
from vetting.outbox.selectors import parked_in


class ShowTodayView(Page):
    """GET /idag/: what is the person's turn today and this week, what waits for others, how the district stands.

    `?visa=alla` gives the lists whole: what is one's turn has no filter of its own in the queue.
    """

    permission = Permission.SEE_CASES
    http_method_names = ("get", "head")

    def get(self, request: HttpRequest) -> HttpResponse:
        today = today_for(self.actor, whole=request.GET.get("visa") == "alla")
        figures = figures_for(self.actor)
        context = {
            "today": today,
            "heading": heading(today),
            "figures": figures,
            "charts": charts(figures),
            "share": text.number(Decimal(str(round(today.in_depth_share, 1)))),
            "may_register": self.actor.may(Permission.REGISTER_APPLICATION),
            "silent": silent_parts(),
            "unsent": parked_in(self.actor),
            "payments": payments_due(self.actor) if self.actor.may(Permission.BOOK_REPAYMENTS) else None,
        }
        return render(request, "desk/today.html", context)


class ListCasesView(Page):
    """GET /arenden/: the cases of one's districts, by saved view and filters, fifty a page."""

    permission = Permission.SEE_CASES
    http_method_names = ("get", "head")

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.show()

    def show(self, picking: Any = None, status: int = 200) -> HttpResponse:
        """The queue; with `picking`, the bar's form with what was chosen, its errors on top (cases.assigning)."""
        request = self.request
        if address := without_identity(request.GET):
            return HttpResponseRedirect(address)
        choices = choices_for(self.actor)
        wish = read_wish(request.GET, actor=self.actor, choices=choices)
        found = cases_for(self.actor, wish)
        total, of_views = counts(self.actor, found)
        lines, has_more = page_of(found, wish)
        context: dict[str, Any] = {
            "wish": wish,
            "choices": choices,
            "dues": DUE,
            "tabs": [
                {
                    "label": view.label,
                    "url": f"?vy={view.code}",
                    "current": view.code == wish.view.code and not wish.problems,
                    "count": of_views[view.code],
                }
                for view in VIEWS
            ],
            "page": Shown(lines, wish.page, has_more, total),
            "total": total,
            "has_errors": bool(wish.problems),
            "may_enter": self.actor.may(Permission.REGISTER_APPLICATION),
            "may_assign": self.actor.may(Permission.ASSIGN_CASES),
            "export_key": uuid.uuid4(),
            "form": picking,
            "chosen": frozenset(picking.chosen) if picking else frozenset(),
        }
        return render(request, "desk/queue.html", context, status=status)


def show_queue(request: HttpRequest, picking: Any, status: int) -> HttpResponse:
    """The queue as it was, for the page that assigns what is chosen in it."""
    view = ListCasesView()
    view.setup(request)
    return view.show(picking, status)


class ShowCaseView(CasePage):
    """GET /arenden/<key>/: the case, with the application open and what can be done beside it."""

    template = "desk/case.html"
    tab = "application"
    http_method_names = ("get", "head")

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        case = self.case
        return self.page(
            part=application_part(case) if isinstance(case, GrantApplication) else None,
            request_part=rental_part(case, self.actor) if isinstance(case, RentalApplication) else None,
            next=next_steps(case, self.actor),
            may_edit=case.state in EDITABLE and self.actor.may(Permission.REGISTER_APPLICATION, case.district_id),
            may_add=bool(case.number) and self.actor.may(Permission.ADD_DOCUMENTS, case.district_id),
            related=related_cases(case, self.actor),
            events=timeline(case),
            events_total=column(case, "events") or 0,
        )


class ExportCasesView(Page):
    """POST /arenden/hamta/?<the queue's filters>: asks for the whole list as a file and goes to the job's page."""

    permission = Permission.SEE_CASES
    http_method_names = ("post",)

    def post(self, request: HttpRequest) -> HttpResponse:
        job = ask_for_export(
            actor=self.actor,
            user=request.user,  # type: ignore[arg-type]
            query=request.GET.urlencode(),
            format=request.POST.get("format", ""),
            language=request.LANGUAGE_CODE,
            key=key_of(request),
        )
        return HttpResponseRedirect(reverse("show-job", args=[job]))


def key_of(request: HttpRequest) -> uuid.UUID:
    """The submit's own key; a submit without a readable one is an intent of its own."""
    try:
        return uuid.UUID(request.POST.get("idempotency_key", ""))
    except ValueError:
        return uuid.uuid4()
