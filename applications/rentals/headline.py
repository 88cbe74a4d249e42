"""What stands in the header of a rental case: which room is asked for, and when."""

from datetime import datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef
from django.db.models.functions import JSONObject
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from applications.cases import panels
from applications.cases.panels import Headline, TrackLine
from applications.rentals.models import Booking, Wish
from applications.rentals.slots.slot import told
from applications.rentals.workflow import BOOKING


def dates_column() -> Any:
    """The dates asked for, first come first: room, begins, ends."""
    rows = Wish.objects.filter(application=OuterRef("pk")).order_by("begins", "id")
    return ArraySubquery(rows.values(row=JSONObject(room=F("room__name"), begins="begins", ends="ends")))


def bookings_column() -> Any:
    """State and end of every booking."""
    rows = Booking.objects.filter(case=OuterRef("pk")).order_by("begins", "id")
    return ArraySubquery(rows.values(row=JSONObject(state="state", begins="begins", ends="ends")))


def what(application: Any) -> str:
    return _("Request for %(venue)s") % {"venue": application.venue.name}


def facts(application: Any) -> list[tuple[Any, Any]]:
    """The first date with its room, and how many more there are."""
    dates = panels.column(application, "rental_dates")
    if not dates:
        return [(_("Time"), _("not stated yet"))]
    first = dates[0]
    said = f"{first['room']}, {told(_moment(first['begins']), _moment(first['ends']))}"
    more = len(dates) - 1
    if more:
        said += " " + ngettext("and %(more)d more date", "and %(more)d more dates", more) % {"more": more}
    return [(_("Time"), said)]


def line(case: Any) -> TrackLine | None:
    """The short row: where the bookings stand. The least finished one gives the state."""
    bookings = panels.column(case, "rental_bookings")
    if not bookings:
        return None
    order = [state.code for state in BOOKING.states]
    state = min((one["state"] for one in bookings), key=order.index)
    many = len(bookings)
    said = ngettext("%(many)d date", "%(many)d dates", many) % {"many": many}
    return TrackLine(state=BOOKING.state(state), note=said)


def _moment(value: Any) -> datetime:
    return datetime.fromisoformat(value) if isinstance(value, str) else value


RENTAL_HEADLINE = Headline(what=what, facts=facts, related=("rentalapplication__venue", "rentalapplication__terms"))
