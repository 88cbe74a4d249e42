"""The week by room (ui.md, Venue calendar)."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from applications.rentals.selectors import my_venues, venues_of
from applications.rentals.views.base import locked_out
from applications.rentals.week import code_of, monday_of, week_of
from vetting.accounts.pages import Page
from vetting.accounts.roles import Permission
from vetting.kernel import clock


class ShowCalendarView(Page):
    """GET /lokaler/?vecka=2026-W11&lokal=<key>: the week of one's own venues, of all, or of one."""

    permission = Permission.SEE_VENUES
    http_method_names = ("get", "head")

    def get(self, request: HttpRequest) -> HttpResponse:
        today, now = clock.today(), clock.now()
        everything = list(venues_of(self.actor, self.permission))
        asked, code = request.GET.get("lokal", ""), request.GET.get("vecka", "")
        monday = monday_of(code, today)
        unread = []
        if monday is None:
            unread.append(code[:20])
            monday = monday_of("", today)
        shown = my_venues(self.actor, everything, today)
        if asked == "alla":
            shown = everything
        elif asked:
            shown = [venue for venue in everything if str(venue.key) == asked]
            if not shown:
                unread.append(asked[:40])
        context: dict[str, Any] = {
            "week": week_of(shown, monday, now=now, hidden=locked_out(self.actor)),  # type: ignore[arg-type]
            "venues": everything,
            "shown": shown,
            "asked": asked,
            "now_code": code_of(today),
            "unread": unread,
            "has_errors": bool(unread),
            "may_enter": self.actor.may(Permission.REGISTER_RENTAL),
            "may_edit": self.actor.may(Permission.EDIT_VENUES),
            "several": len({venue.district_id for venue in everything}) > 1,
        }
        return render(request, "rentals/calendar.html", context)
