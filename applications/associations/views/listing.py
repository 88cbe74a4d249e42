"""The list of associations: found, narrowed, in Swedish order, fifty at a time."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Page as Leaf
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _

from applications.associations.forms import FindForm
from applications.associations.selectors import Filters, Found, Match, areas, find_associations
from vetting.accounts.pages import Page
from vetting.accounts.roles import Permission
from vetting.kernel.text import number

PAGE = 50
NOT_SEARCHED = _(
    "What you wrote looks like a person's identity number. Nobody is searched by it here, and it is not kept. "
    "Search by the association's name or organisation number."
)


def leaf(found: Found, asked: int) -> Leaf[Any]:
    """One page of what was found; the first one where there is no such page.

    Beyond a thousand rows the number is not known: then pages are numbered as far as one has looked, and one more.
    """
    start = (asked - 1) * PAGE
    rows = list(found.rows[start : start + PAGE + 1])
    if not rows and asked > 1:
        return leaf(found, 1)
    seen = start + len(rows)
    count = max(found.number, seen) if len(rows) > PAGE or not found.is_capped else seen
    return Leaf(rows[:PAGE], asked, Paginator(range(count), PAGE))


class ListAssociationsView(Page):
    """GET /foreningar/. A filter that cannot be read gives no rows and says so."""

    permission = Permission.SEE_ASSOCIATIONS
    http_method_names = ("get", "head")

    def get(self, request: HttpRequest) -> HttpResponse:
        form = FindForm(request.GET, areas=areas())
        if not form.is_valid():
            return self.page(form, None)
        asked = form.cleaned_data
        own = asked["known"] == "own"
        found = find_associations(
            Filters(
                text=asked["q"],
                area=asked["area"],
                status=asked["status"],
                legal_form=asked["form"],
                district_ids=sorted(self.actor.districts_with(self.permission)) if own else None,
            )
        )
        if found.match is Match.IDENTITY:
            # Away from the address too, so that it stays neither in the browser's history nor in the page.
            messages.warning(request, NOT_SEARCHED)
            return redirect("list-associations")
        return self.page(form, found, asked["sida"] or 1)

    def page(self, form: FindForm, found: Found | None, asked: int = 1) -> HttpResponse:
        context = {
            "form": form,
            "page": leaf(found, asked) if found else None,
            "total": (number(1000) + "+") if found and found.is_capped else "",
            "is_similar": bool(found and found.match is Match.SIMILAR),
            "narrowed": any(form.cleaned_data.get(name) for name in ("area", "form", "status", "known"))
            if form.is_valid()
            else True,
            "may_register": self.actor.may(Permission.EDIT_ASSOCIATIONS),
        }
        return render(self.request, "associations/list.html", context, status=200 if form.is_valid() else 400)
