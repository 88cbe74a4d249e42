"""A first guess at which object a page is about, for the lines that `python -m tests.access` prints."""

from collections.abc import Iterator

from django.urls import URLPattern

from applications.grants.payments.workflow import PAYMENT
from applications.grants.workflow import GRANT
from tests.architecture.test_urls import patterns

BY_PREFIX = (
    ("granskning/", "review in review"),
    ("foreningar/<", "association"),
    ("ansokan/ny/<", "association"),
    ("samrad/<", "consultation"),
    ("beslut/<", "decision in granted"),
    ("utbetalning/villkor/<", "condition"),
    ("aterbetalning/<", "repayment"),
    ("namnd/<", "meeting"),
    ("regler/delegation/<", "delegation"),
    ("regler/brev/<", "letter"),
    ("stodformer/utlysningar/<", "round"),
    ("stodformer/<", "programme"),
    ("lokaler/taxa/", "tariff"),
    ("lokaler/villkor/", "terms"),
    ("lokaler/rum/", "room"),
    ("lokaler/<", "venue"),
    ("bokningar/<", "booking in booked"),
    ("bekraftelser/<", "confirmation"),
    ("filer/<", "file"),
    ("jobb/<", "job"),
    ("utskick/paminnelser/<", "reminder in review"),
    ("utskick/<", "message in review"),
    ("regler/paminnelser/<", "plan"),
)

# Pages that belong to a state without being a row's own form.
IN_STATE = {
    "register-repayment": "granted",
    "show-payments": "granted",
    "register-replies": "hearing",
    "waive-running-hearing": "hearing",
    "record-board-decision": "before_board",
    "register-board-decision": "before_board",
    "decide-proposal": "proposed",
    "receive-application": "draft",
    "edit-application": "draft",
    "application-documents": "draft",
}


# Pages of a rental case: the state they are asked in.
OF_RENTAL = {
    "show-bookings": "confirmed",
    "edit-rental": "received",
    "reserve-slots": "received",
    "reserve-again": "preliminary",
    "answer-unavailable": "preliminary",
    "confirm-booking": "preliminary",
    "confirm-reviewed": "review",
    "cancel-booking": "confirmed",
}


def objects(name: str, address: str) -> list[str]:
    """The objects a page should be asked with."""
    if "<" not in address:
        return ["-"]
    paying = [row.sources[0] for row in PAYMENT.rows if row.form == name]
    if paying:
        return [f"payment in {paying[0]}"]
    if name == "take-step":
        return [f"step {action}" for action in GRANT.actions() if any(not row.form for row in GRANT.rows_of(action))]
    if name in OF_RENTAL:
        return [f"rental in {OF_RENTAL[name]}"]
    if name in IN_STATE:
        return [f"case in {IN_STATE[name]}"]
    states = [row.sources[0] for row in GRANT.rows if row.form == name]
    if states:
        return [f"case in {state}" for state in dict.fromkeys(states)]
    if "<uuid:note>" in address:
        return ["note secret" if name == "read-note" else "note"]
    if "<uuid:hearing>" in address:
        return ["hearing"]
    for prefix, thing in BY_PREFIX:
        if address.startswith(prefix):
            return [thing]
    return ["case in review"]


def methods(entry: URLPattern) -> list[str]:
    """GET and POST, as far as the view serves them."""
    view = getattr(entry.callback, "view_class", None)
    if view is None:
        return ["GET"]
    return [method.upper() for method in ("get", "post") if method in view.http_method_names and hasattr(view, method)]


def asked() -> Iterator[tuple[str, str, str]]:
    """(URL name, method, object) for every page there is."""
    for address, entry in patterns():
        for thing in objects(str(entry.name), address):
            for method in methods(entry):
                yield str(entry.name), method, thing
