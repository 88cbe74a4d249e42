"""The tab *Ärenden* of an association's page."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from applications.associations.panels import head
from applications.associations.views.base import AssociationPage
from applications.desk.association.read import FEW, cases_of, count_of, kinds, page_of, read_asked, state_choices
from applications.desk.queue.pages import Shown
from vetting.accounts.roles import Permission

TAB = "cases"


class ListAssociationCasesView(AssociationPage):
    """GET /foreningar/<key>/arenden/: the association's cases in one's own districts, fifty a page."""

    permission = Permission.SEE_CASES
    http_method_names = ("get", "head")

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        asked = read_asked(request.GET)
        found = cases_of(self.association, self.actor, asked)
        lines, has_more = page_of(found, asked.page)
        shown_above = head(self.association, self.actor, TAB)
        total = count_of(found)
        everything = next(tab["count"] for tab in shown_above["tabs"] if tab["current"])
        context = {
            **shown_above,
            "asked": asked,
            "page": Shown(lines, asked.page, has_more, total),
            "total": total,
            "kinds": kinds(),
            "states": state_choices(),
            "has_filter": asked.is_filtered or bool(asked.problems) or everything.number > FEW,
            "has_errors": bool(asked.problems),
            "may_register": self.actor.may(Permission.REGISTER_APPLICATION),
        }
        return render(request, "desk/association_cases.html", context)
