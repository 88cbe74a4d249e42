"""A signed-in page that is one form and one act: shown, checked, done, or shown again with everything typed."""

import uuid
from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from vetting.accounts.pages import Page
from vetting.kernel.errors import DomainError, Invalid, NotAllowed, NotFound, NotNow, Stale


class FormPage(Page):
    """`form()` makes the form, `submit()` does the one domain call, `done_url()` says where to go then.

    A domain error comes back on the form with its status, so that a stale or refused submit is never mistaken for a
    saved one. After a stale submit the form carries the present version, and the page shows both texts
    (`differences()`): saving again is then a choice made knowingly.
    """

    template: str
    done: Any = ""  # the message after success

    def form(self, data: Any = None, files: Any = None) -> Form:
        raise NotImplementedError

    def submit(self, form: Any) -> None:
        raise NotImplementedError

    def done_url(self) -> str:
        raise NotImplementedError

    def context(self) -> dict[str, Any]:
        """What the template needs beside the form."""
        return {}

    def reload(self) -> None:
        """Reads again what the form is about, after somebody else saved it."""

    def differences(self, form: Any) -> Sequence[tuple[Any, Any, Any]]:
        """(label, what was typed, what stands now) of the fields that differ."""
        return ()

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self.page(self.form())

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = self.form(request.POST, request.FILES)
        if not form.is_valid():
            return self.page(form)
        try:
            self.submit(form)
        except DomainError as error:
            return self.page(form, error)
        if self.done:
            messages.success(request, self.done)
        return redirect(self.done_url())

    def page(self, form: Any, error: DomainError | None = None) -> HttpResponse:
        context = {"form": form, **self.context()}
        if isinstance(error, Stale):
            self.reload()
            form.data = form.data.copy()
            form.data["version"] = error.data["current"]
            context |= {"stale": error, "differences": self.differences(form), **self.context()}
        elif error is not None:
            problem(form, error)
        return render(self.request, self.template, context, status=error.status if error else 200)


def key_of(form: Any) -> uuid.UUID:
    """The form's idempotency key; a fresh one when the sender left it out."""
    return form.cleaned_data.get("idempotency_key") or uuid.uuid4()


def problem(form: Any, error: DomainError) -> None:
    """Puts a domain error on the form where the person works; a refusal of authority or a missing object goes on."""
    if isinstance(error, NotAllowed | NotFound):
        raise error
    fields = error.fields if isinstance(error, Invalid) else {}
    for name, texts in fields.items():
        for text in texts:
            form.add_error(name if name in form.fields else None, str(text))
    if not fields:
        for reason in (error.reasons if isinstance(error, NotNow) else ()) or (error.text,):
            form.add_error(None, str(reason))
