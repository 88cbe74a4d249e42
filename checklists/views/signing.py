"""Completing the reviews of a page, and opening them again: each with its own page that says what will happen."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from checklists.doubt_texts import reason_for
from checklists.forms.measures import CompleteForm, ReasonForm
from checklists.services.complete_review import complete_review
from checklists.services.reopen_review import reopen_review
from checklists.views.base import HostedForm
from vetting.accounts.roles import Permission


class CompleteReviewView(HostedForm):
    """The check page before signing. All reviews of the page are completed, or none."""

    permission = Permission.ANSWER_CHECKLIST
    template = "checklists/complete.html"
    title = _("Complete the review")
    done = _("The review is complete.")

    def form(self, data: Any = None, files: Any = None) -> CompleteForm:
        return CompleteForm(data)

    def submit(self, form: Any) -> None:
        with transaction.atomic():
            for review in self.reviews:
                if review.is_open:
                    complete_review(
                        review=review, actor=self.actor, expected_revision=review.revision, case=self.host.case
                    )

    def done_url(self) -> str:
        return self.host.back_url

    def context(self) -> dict[str, Any]:
        hinders = [reason_for(one) for one in self.sheet.open]
        return super().context() | {"sheet": self.sheet, "hinders": hinders, "back_url": self.here()}


class ReopenReviewView(HostedForm):
    """Open the signed reviews of the page again, with a reason."""

    permission = Permission.REOPEN_REVIEW
    title = _("Open the review again")
    done = _("The review is open again.")

    def form(self, data: Any = None, files: Any = None) -> ReasonForm:
        return ReasonForm(data)

    def submit(self, form: Any) -> None:
        if self.host.open_again is not None:
            self.host.open_again(self.actor, form.cleaned_data["why"])
            return
        with transaction.atomic():
            for review in self.reviews:
                if not review.is_open:
                    reopen_review(review=review, actor=self.actor, why=form.cleaned_data["why"], case=self.host.case)
