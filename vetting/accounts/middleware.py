"""Language, actor and refusals for every request."""

from collections.abc import Callable

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.functional import SimpleLazyObject

from vetting.accounts.actors import Actor, actor_for
from vetting.audit.services import record
from vetting.kernel import clock
from vetting.kernel.errors import DomainError, NotAllowed, NotFound

GetResponse = Callable[[HttpRequest], HttpResponse]


class LanguageMiddleware:
    """Swedish unless the reader chose English: the browser's wishes are not asked (ui.md: Swedish first)."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        wanted = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, settings.LANGUAGE_CODE)
        language = wanted if wanted in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
            response.headers.setdefault("Content-Language", language)
            return response


class ActorMiddleware:
    """`request.actor`: who acts, with the roles of today; read once, when first asked for."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.actor = SimpleLazyObject(lambda: _actor(request))  # type: ignore[attr-defined]
        response = self.get_response(request)
        if getattr(request, "user", None) is not None and request.user.is_authenticated:
            response.headers.setdefault("Cache-Control", "no-store")
        return response


def _actor(request: HttpRequest) -> Actor:
    if not request.user.is_authenticated:
        return Actor("anonymous:", "")
    return actor_for(request.user, on=clock.today())


class DomainErrorMiddleware:
    """Turns a domain error that a view let through into the page that fits it. A refusal of authority is logged."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, DomainError):
            return None
        if isinstance(exception, NotAllowed):
            log_refusal(request, exception)
        template = {403: "403.html", 404: "404.html"}.get(exception.status, "not_possible.html")
        if isinstance(exception, NotFound):
            return render(request, "404.html", {"error": exception}, status=404)
        return render(request, template, {"error": exception, "typed": typed_texts(request)}, status=exception.status)


def typed_texts(request: HttpRequest) -> list[str]:
    """The sentences that were sent, to be shown back: a page that is not stored is empty when one goes back to it.

    Single words are left out (keys, choices, numbers), and whatever a field for a password held.
    """
    if request.method != "POST":
        return []
    sent = ((name, text.strip()) for name, texts in request.POST.lists() for text in texts)
    return [text for name, text in sent if " " in text and "password" not in name]


def log_refusal(request: HttpRequest, error: NotAllowed) -> None:
    """One event for a refused attempt: who, at which page, by which method; no case content."""
    match = request.resolver_match
    with transaction.atomic():
        record(
            actor=request.actor,  # type: ignore[attr-defined]
            verb="access.refused",
            data={"code": error.code, "method": request.method, "what": match.view_name if match else ""},
        )
