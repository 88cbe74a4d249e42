"""What the outbox fills in the registries of the rooms below."""

from django.utils.translation import gettext_lazy as _

from vetting.accounts.navigation import MenuItem, menu
from vetting.accounts.roles import Permission
from vetting.audit.verbs import Verb, register
from vetting.kernel.labels import Label
from vetting.kernel.warnings import warnings
from vetting.kernel.workflow import Shape, invariants
from vetting.outbox.invariants import OWN
from vetting.outbox.selectors import outbox

OWNER = "vetting.outbox"

SENTENCES: dict[str, tuple[str, str, Shape]] = {
    "message.sent": ("Ett meddelande skickades.", "A message was sent.", Shape.DONE),
    "message.parked": (
        "Ett meddelande kunde inte skickas och väntar på en människa.",
        "A message could not be sent and waits for a person.",
        Shape.LATE,
    ),
    "message.retried": (
        "{actor} lät ett meddelande skickas på nytt.",
        "{actor} had a message sent again.",
        Shape.WORK,
    ),
    "message.posted": (
        "{actor} skickade meddelandet som brev.",
        "{actor} sent the message as a letter.",
        Shape.DONE,
    ),
    "message.needless": (
        "{actor} noterade att meddelandet inte längre behövs.",
        "{actor} noted that the message is not needed any more.",
        Shape.CLOSED,
    ),
}


def waits() -> str:
    """Mail stands still: the relay, the worker or beat should be looked at."""
    found = outbox()
    return (
        f"messages that wait: {found.waiting}, the oldest since {found.oldest:%Y-%m-%d %H:%M} UTC"
        if found.is_late
        else ""
    )


def parked() -> str:
    """Somebody must send a letter or have it tried again, under Utskick."""
    number = outbox().parked
    return f"messages that could not be sent and wait for a person: {number}" if number else ""


def register_all() -> None:
    register(OWNER, *(Verb(code, Label(sv, en), shape) for code, (sv, en, shape) in SENTENCES.items()))
    for name, invariant in OWN.items():
        invariants.register(name, invariant, owner=OWNER)
    menu.register("outbox", MenuItem(90, _("Mail"), "list-parked-messages", Permission.HANDLE_MESSAGES), owner=OWNER)
    warnings.register("outbox_age", waits, owner=OWNER)
    warnings.register("outbox_parked", parked, owner=OWNER)
