"""Pages about oneself."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.decorators import method_decorator
from django.utils.http import url_has_allowed_host_and_scheme
from django.views import View


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
