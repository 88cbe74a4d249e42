"""The least a signed-in page can cost here: the base template and one indexed query."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from vetting.accounts.models import District
from vetting.accounts.pages import Page
from vetting.accounts.roles import Permission


class FloorView(Page):
    permission = Permission.SEE_START

    def get(self, request: HttpRequest) -> HttpResponse:
        district = District.objects.filter(pk__in=self.actor.districts_with(Permission.SEE_START)).first()
        return render(request, "base.html", {"district": district})
