"""The list of payments: what waits to be certified, released, confirmed; each view with its number and sum."""

from typing import Any

from django.core.paginator import Page as Leaf
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from applications.grants.payments.forms import FindForm
from applications.grants.payments.selectors import ALL, PAGE, VIEWS, found, page_of, totals
from vetting.accounts.pages import Page
from vetting.accounts.roles import Permission

NAMES = {
    "attestera": (_("To certify"), _("Planned payments. The first person certifies sum, payee and conditions.")),
    "betala-ut": (_("To release"), _("Certified payments. Another person than the certifier releases them.")),
    "obekraftade": (_("On their way"), _("Released, and not yet registered as paid. Compare with the ledger.")),
    "misslyckade": (_("Have failed"), _("Came back from the bank. Find the cause, then plan again.")),
    "innehallna": (_("Held"), _("Somebody has stopped them, with a reason. Nothing is paid meanwhile.")),
    "betalda": (_("Are paid"), _("Paid with the ledger's day and reference. The newest first.")),
    ALL: (_("All"), _("Every payment, cancelled ones too.")),
}
FIRST = "attestera"


class ListPaymentsView(Page):
    """GET /utbetalningar/. A filter that cannot be read gives no rows and says so."""

    permission = Permission.SEE_PAYMENTS
    http_method_names = ("get", "head")

    def get(self, request: HttpRequest) -> HttpResponse:
        form = FindForm(request.GET)
        readable = form.is_valid()
        asked = form.cleaned_data if readable else {}
        view = asked.get("vy") or FIRST
        text = (asked.get("q") or "").strip()
        rows = found(self.actor, text) if readable else None
        sums = totals(rows) if rows is not None else {}
        number = asked.get("sida") or 1
        total = sums[view].count if sums else 0
        lines = page_of(rows, view, number) if rows is not None and total else []
        context: dict[str, Any] = {
            "form": form,
            "view": view,
            "name": NAMES[view][0],
            "lead": NAMES[view][1],
            "tabs": [self.tab(one, view, text, sums) for one in VIEWS],
            "total": sums.get(view),
            "page": Leaf(lines, number, Paginator(range(total), PAGE)),
            "text": text,
        }
        return render(request, "grants/payments/list.html", context, status=200 if readable else 400)

    def tab(self, view: str, current: str, text: str, sums: Any) -> dict[str, Any]:
        query = urlencode({"vy": view} | ({"q": text} if text else {}))
        return {
            "label": NAMES[view][0],
            "url": f"{reverse('list-payments')}?{query}",
            "current": view == current,
            "count": sums[view].count if sums else None,
        }
