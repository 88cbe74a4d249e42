"""What all pages of a review share: the host they are shown in, and the reviews together."""

import uuid
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from checklists.access import FORMAL_SECTION
from checklists.hosts import HostPage, hosts, reasons_against
from checklists.models import Review
from checklists.selectors.sheets import Line, Sheet, sheet_of
from vetting.accounts.form_page import FormPage
from vetting.accounts.pages import Page, who_may
from vetting.accounts.roles import Permission, roles_with
from vetting.kernel.errors import NotFound, Reason

MISSING = _("There is no such page, or it belongs to another district.")


class HostedPage(Page):
    """A page below /granskning/<host>/<key>/. Another district's host, and what is not in it, does not exist."""

    permission = Permission.SEE_CHECKLIST
    host_name: str
    host: HostPage

    def load(self, host: str, key: uuid.UUID, **kwargs: Any) -> None:
        if host not in hosts:
            raise NotFound(MISSING)
        self.host_name, self.host_key = host, key
        self.host = hosts[host](self.actor, key)
        district = self.host.district_id
        if not self.actor.may(self.permission, district):
            raise NotFound(MISSING)
        self.request.back_url = self.host.back_url  # type: ignore[attr-defined]  # where a refusal leads back to
        self.must_be_allowed(district)
        self.load_more(**kwargs)

    def load_more(self, *args: Any, **kwargs: Any) -> None:
        """What the page needs beside its host."""

    @cached_property
    def reviews(self) -> list[Review]:
        return [one for one in self.host.reviews if one.district_id == self.host.district_id]

    @cached_property
    def sheet(self) -> Sheet:
        return self.read_sheet()

    def read_sheet(self) -> Sheet:
        """The reviews as they stand now; a reader lent by another district gets the formal questions only."""
        lent = self.actor.formal_only_in(self.host.district_id)
        return sheet_of(self.reviews, only_sections=(FORMAL_SECTION,) if lent else ())

    def review(self, key: uuid.UUID) -> Review:
        for one in self.reviews:
            if one.key == key:
                return one
        raise NotFound(MISSING)

    def line(self, review: uuid.UUID, question: str) -> Line:
        """The question on this page; what the person may not see, or what is not asked now, does not exist."""
        found = self.sheet.line(question)
        if found is None or found.review.key != review:
            raise NotFound(MISSING)
        return found

    @cached_property
    def why_not(self) -> Reason | None:
        """Why this person cannot answer here now; None when nothing speaks against it."""
        if not self.actor.may(Permission.ANSWER_CHECKLIST, self.host.district_id):
            who = who_may(roles_with(Permission.ANSWER_CHECKLIST))
            return Reason("role", _("You can read the review. It is answered by: %(who)s.") % {"who": who})
        if not any(one.is_open for one in self.reviews):
            return Reason("complete", _("The review is complete. Open it again, with a reason, to change anything."))
        open_one = next(one for one in self.reviews if one.is_open)  # every service asks for its own review again
        return next(iter(reasons_against(open_one, self.actor, "review.answered")), None)

    def here(self, question: str = "") -> str:
        """The review page's address, at the question."""
        url = reverse("show-review", kwargs={"host": self.host_name, "key": self.host_key})
        return f"{url}#{question}" if question else url

    def to(self, name: str, **kwargs: Any) -> str:
        """The address of another page of this host."""
        return reverse(name, kwargs={"host": self.host_name, "key": self.host_key, **kwargs})

    def frame(self) -> dict[str, Any]:
        """What every template of a hosted page needs."""
        return {"host": self.host, "here": self.here(), "view": self}


class HostedForm(HostedPage, FormPage):
    """A page of the host with one form and one act; then back to the question it was about."""

    template = "checklists/form.html"
    title: Any = ""
    lead: Any = ""
    about: Line | None = None

    def done_url(self) -> str:
        return self.here(self.about.code if self.about else "")

    def context(self) -> dict[str, Any]:
        return self.frame() | {
            "title": self.title,
            "lead": self.lead,
            "line": self.about,
            "back_url": self.done_url(),
        }


class QuestionForm(HostedForm):
    """A form about one question of the page."""

    about: Line

    def load_more(self, review: uuid.UUID, question: str, **kwargs: Any) -> None:
        self.about = self.line(review, question)


def is_htmx(request: HttpRequest) -> bool:
    return bool(getattr(request, "htmx", False))
