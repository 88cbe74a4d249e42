"""A signed-in page that is one form and one act: shown, checked, done, or shown again with everything typed."""

import uuid
from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from vetting.accounts.pages import Page
from vetting.kernel.errors import DomainError, Invalid, NotAllowed, NotFound, NotNow, Stale

UNPROCESSABLE = 422


class FormPage(Page):
    """`form()` makes the form, `submit()` does the one domain call, `done_url()` says where to go then.

    A domain error comes back on the form with its status, so that a stale or refused submit is never mistaken for a
    saved one. After a stale submit the form carries the present version, and the page shows both texts
    (`differences()`): saving again is then a choice made knowingly.
    """

    template = ""
    form_class: type[Any]
    done: Any = ""  # the message after success

    def form(self, data: Any = None, files: Any = None) -> Any:
        """The form, bound when there is data."""
        return self.form_class(data, files, initial=self.initial())

    def initial(self) -> dict[str, Any]:
        return {}

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
        return self.show(self.form())

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = self.form(request.POST, request.FILES)
        if not form.is_valid():
            return self.show(form, status=UNPROCESSABLE)
        try:
            self.submit(form)
        except Stale as error:
            return self.show_stale(form, error)
        except DomainError as error:
            self.problem(form, error)
            return self.show(form, status=form_status(error))
        if self.done:
            messages.success(request, str(self.done))
        return HttpResponseRedirect(self.done_url())

    def problem(self, form: Any, error: DomainError) -> None:
        """Puts the error where the person works."""
        problem(form, error)

    def show(self, form: Any, *, status: int = 200, **more: Any) -> HttpResponse:
        """The page with the form as it stands."""
        return self.page(status=status, **{"form": form, **self.context(), **more})

    def show_stale(self, form: Any, error: Stale) -> HttpResponse:
        """What stands now beside what was typed; sending it again is a new, deliberate submit."""
        self.reload()
        renew(form, error.data["current"])
        return self.show(form, status=error.status, stale=error, differences=self.differences(form))

    def page(self, *, status: int = 200, **context: Any) -> HttpResponse:
        return render(self.request, self.template, context, status=status)


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


def form_status(error: DomainError) -> int:
    """The answer's status when the form is shown again: what was typed cannot be taken, or not now."""
    return UNPROCESSABLE if isinstance(error, Invalid) else error.status


def renew(form: Any, version: int) -> None:
    """Gives a bound form the present version and a key of its own: the next submit is a new intent."""
    data = form.data.copy()
    data[form.add_prefix("version")] = str(version)
    data[form.add_prefix("idempotency_key")] = str(uuid.uuid4())
    form.data = data
