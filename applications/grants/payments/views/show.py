"""The tab Utbetalning of a grant case: the sums, each payment with its people and next step, what came back."""

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy

from applications.cases.pages import CasePage
from applications.grants.payments import telling
from applications.grants.payments.available import steps_of
from applications.grants.payments.picture import picture_of
from applications.grants.payments.views.base import of_a_grant
from applications.grants.payments.workflow import PAYMENT
from vetting.accounts.roles import Permission


class ShowPaymentsView(CasePage):
    """Everything about the money of one case; a constant number of questions."""

    template = "grants/payments/show.html"
    tab = "payments"
    title = gettext_lazy("Payment")

    def load(self, key: uuid.UUID, **kwargs: Any) -> None:
        super().load(key)
        of_a_grant(self.case)

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        picture = picture_of(self.case)
        repayments = list(self.case.repayments.select_related("registered_by", "undone_by").order_by("id"))
        books = self.actor.may(Permission.BOOK_REPAYMENTS, self.case.district_id)
        paid = picture.sums.paid if picture.sums else 0
        return self.page(
            payments=[self.told(row, picture) for row in picture.rows],
            sums=telling.sums_of(picture),
            over=telling.over_decided(picture),
            repayments=repayments,
            may_book=books and paid > 0,
            may_undo=books,
        )

    def told(self, row: Any, picture: Any) -> dict[str, Any]:
        settles = self.actor.may(Permission.SETTLE_CONDITIONS, self.case.district_id)
        return {
            "row": row,
            "state": PAYMENT.state(row.state),
            "facts": telling.facts_of(row, self.case, picture),
            "steps": steps_of(row, self.case, picture, self.actor),
            "open_conditions": [one for one in row.conditions.all() if one.met_on is None] if settles else [],
            "replaced": not picture.carries(row),
        }
