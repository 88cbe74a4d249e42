"""Pages about oneself."""

from typing import Any, cast

from allauth.account.views import PasswordChangeView
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.decorators import method_decorator
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from django.views import View

from vetting.accounts.actors import Actor
from vetting.accounts.navigation import menu_for
from vetting.kernel.errors import NotNow


class StartView(View):
    """The first page: the first thing in one's menu. Whoever has none is told so; nobody meets a dead end here."""

    http_method_names = ("get", "head", "options")

    def get(self, request: HttpRequest) -> HttpResponse:
        menu = menu_for(cast(Actor, request.actor), request.path)  # type: ignore[attr-defined]
        if menu:
            return HttpResponseRedirect(menu[0]["url"])
        return render(request, "accounts/nothing_yet.html")


class ChangePasswordView(PasswordChangeView):
    """Changes one's password. An account without one (it signs in elsewhere) is told so, not sent to make one."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if request.user.is_authenticated and not request.user.has_usable_password():
            raise NotNow(_("Your account has no password here: you sign in with another service. Change it there."))
        return super().dispatch(request, *args, **kwargs)


@method_decorator(login_not_required, name="dispatch")
class SetLanguageView(View):
    """Chooses the language for this browser, then returns to where the reader was. Open to all, changes no data."""

    http_method_names = ("post",)

    def post(self, request: HttpRequest) -> HttpResponse:
        target = request.POST.get("next", "/")
        if not url_has_allowed_host_and_scheme(target, allowed_hosts={request.get_host()}):
            target = "/"
        response = HttpResponseRedirect(target)
        language = request.POST.get("language", "")
        if language in dict(settings.LANGUAGES):
            response.set_cookie(
                settings.LANGUAGE_COOKIE_NAME,
                language,
                max_age=365 * 24 * 3600,
                secure=getattr(settings, "LANGUAGE_COOKIE_SECURE", False),
                httponly=True,
                samesite="Lax",
            )
        return response
