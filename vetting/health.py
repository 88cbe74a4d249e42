"""Placeholder until the health pages land with the launcher."""

from django.http import HttpRequest, HttpResponse


def healthz(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok")


readyz = healthz
