"""The page of what could not leave: each message with the reason, and what a person does about it."""

import uuid
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from vetting.accounts.form_page import FormPage
from vetting.accounts.pages import Page
from vetting.accounts.roles import Permission
from vetting.audit.models import Payload
from vetting.audit.services import read_payload
from vetting.kernel.errors import NotFound
from vetting.outbox.forms import AGAIN, POST, SettleForm
from vetting.outbox.models import Message
from vetting.outbox.selectors import outbox, parked_for
from vetting.outbox.services.settle import HOPELESS, note_needless, note_posted, retry, retry_all

SHOWN = 50
AT_ONCE = 500  # how many "all" are in one request
REASONS = {
    "no_address": _("No e-mail address is known for the recipient."),
    "not_an_address": _("The e-mail address is written in a way that no mail can reach."),
    "words_disposed_of": _("The text of the message has been disposed of."),
    "in_doubt": _("Sending broke off each time, and it is not known whether the mail arrived."),
    "no_answer": _("The mail server took the mail and did not say so. It may have arrived."),
}


@dataclass(frozen=True, slots=True)
class Parked:
    """A parked message with its words and the mail server's."""

    message: Message
    to: str
    subject: str
    body: str
    server: str

    @property
    def reason(self) -> Any:
        code = self.message.error_code
        if code in REASONS:
            return REASONS[code]
        return _("The mail server refuses the message.") if code.isdigit() else _("No mail server could be reached.")

    @property
    def is_hopeless(self) -> bool:
        return self.message.error_code in HOPELESS


def with_words(rows: list[Message]) -> list[Parked]:
    """Reads the payloads of all in one question."""
    wanted = {row.payload_id for row in rows} | {row.error_payload_id for row in rows if row.error_payload_id}
    found = {payload.pk: read_payload(payload) for payload in Payload.objects.filter(pk__in=wanted)}
    nothing: dict[str, Any] = {"to": "", "subject": "", "body": ""}
    made = []
    for row in rows:
        words = found.get(row.payload_id, nothing)
        server = found.get(row.error_payload_id, {}).get("words", "") if row.error_payload_id else ""
        made.append(Parked(row, words["to"], words["subject"], words["body"], server))
    return made


class ListParkedMessagesView(Page):
    """GET /utskick/: what could not leave, oldest first."""

    permission = Permission.HANDLE_MESSAGES
    http_method_names = ("get", "head")

    def get(self, request: HttpRequest) -> HttpResponse:
        rows = parked_for(self.actor).select_related("district")
        page = Paginator(rows, SHOWN).get_page(request.GET.get("sida"))
        context = {"page": page, "parked": with_words(list(page.object_list)), "outbox": outbox()}
        return render(request, "outbox/list_parked.html", context)


class RetryMessagesView(Page):
    """POST /utskick/igen/: all that may be tried again, e.g. when the mail server works again."""

    permission = Permission.HANDLE_MESSAGES
    http_method_names = ("post",)

    def post(self, request: HttpRequest) -> HttpResponse:
        done = retry_all(messages=parked_for(self.actor)[:AT_ONCE], actor=self.actor)
        text = ngettext("%(number)d message is sent again.", "%(number)d messages are sent again.", done)
        messages.success(request, text % {"number": done})
        return redirect("list-parked-messages")


class SettleMessageView(FormPage):
    """GET and POST /utskick/<key>/: one message and what is done with it."""

    permission = Permission.HANDLE_MESSAGES
    template = "outbox/settle.html"

    def load(self, key: uuid.UUID, **kwargs: Any) -> None:
        found = parked_for(self.actor).select_related("district").filter(key=key).first()
        if found is None:
            raise NotFound(_("There is no such message, or somebody has dealt with it already."))
        (self.parked,) = with_words([found])

    def form(self, data: Any = None, files: Any = None) -> SettleForm:
        return SettleForm(data, hopeless=self.parked.is_hopeless)

    def submit(self, form: Any) -> None:
        message, how, words = self.parked.message, form.cleaned_data["how"], form.cleaned_data["words"]
        if how == AGAIN:
            retry(message=message, actor=self.actor)
            self.done = _("The message is sent again within a minute.")
        elif how == POST:
            note_posted(message=message, actor=self.actor, words=words)
            self.done = _("It is noted that the message has been sent by post.")
        else:
            note_needless(message=message, actor=self.actor, words=words)
            self.done = _("It is noted that the message is not needed any more.")

    def context(self) -> dict[str, Any]:
        trail = [{"label": _("Mail"), "url": reverse("list-parked-messages")}, {"label": self.parked.subject}]
        return {"parked": self.parked, "trail": trail}

    def done_url(self) -> str:
        return reverse("list-parked-messages")
