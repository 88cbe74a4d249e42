"""What the room's pages share: loading an application, answering an error of the domain on the form."""

import uuid
from typing import Any

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from applications.cases.header import case_url
from applications.grants.models import GrantApplication
from vetting.accounts.pages import Page
from vetting.accounts.roles import Permission
from vetting.kernel.errors import DomainError, Invalid, NotAllowed, NotFound, NotNow, Stale


class ApplicationPage(Page):
    """A page about one application, loaded from the districts where the person may see cases."""

    permission = Permission.SEE_CASES
    post_permission = Permission.REGISTER_APPLICATION
    application: Any

    def load(self, key: uuid.UUID, **kwargs: Any) -> None:
        query: Any = GrantApplication.objects.select_related(
            "district", "association", "officer", "round__programme", "round__programme_version"
        )
        self.application = query.for_user_or_404(self.actor, self.permission, key=key)
        self.request.back_url = case_url(self.application)  # type: ignore[attr-defined]  # where a refusal leads back
        self.must_be_allowed(self.application.district_id)


def problem(request: HttpRequest, form: Form, error: DomainError) -> None:
    """Puts a domain error on the form where the person works; a refusal of authority or a missing object goes on."""
    if isinstance(error, NotAllowed | NotFound):
        raise error
    fields = error.fields if isinstance(error, Invalid) else {}
    for name, messages in fields.items():
        for message in messages:
            form.add_error(name if name in form.fields else None, str(message))
    if not fields:
        reasons = error.reasons if isinstance(error, NotNow) else ()
        for text in reasons or (error.text,):
            form.add_error(None, str(text))


def answer(
    request: HttpRequest, template: str, context: dict[str, Any], error: DomainError | None = None
) -> HttpResponse:
    """The page; after an error with its status, so that a stale or refused submit is not mistaken for a saved one."""
    context["stale"] = isinstance(error, Stale)
    return render(request, template, context, status=error.status if error else 200)
