"""What programmes fill in the registries of the rooms below: the log's sentences and the menu."""

from django.utils.translation import gettext_lazy as _

from applications.grants.programmes.invariants import INVARIANTS
from vetting.accounts.navigation import MenuItem, menu
from vetting.accounts.roles import Permission
from vetting.audit.verbs import Verb, register
from vetting.kernel.labels import Label
from vetting.kernel.workflow import Shape, invariants

OWNER = "applications.grants.programmes"


def register_all() -> None:
    for name, look in INVARIANTS.items():
        invariants.register(name, look, owner=OWNER)
    menu.register(
        "programmes", MenuItem(60, _("Programmes"), "list-programmes", Permission.SEE_PROGRAMMES), owner=OWNER
    )
    register(
        OWNER,
        Verb(
            "programme.created",
            Label("{actor} lade upp stödformen {programme}.", "{actor} added the programme {programme}."),
            Shape.NEW,
        ),
        Verb(
            "programme.draft_started",
            Label(
                "{actor} började på version {version} av {programme}.",
                "{actor} started version {version} of {programme}.",
            ),
            Shape.WORK,
        ),
        Verb(
            "programme.draft_saved",
            Label(
                "{actor} ändrade utkastet till version {version} av {programme}.",
                "{actor} changed the draft of version {version} of {programme}.",
            ),
            Shape.WORK,
        ),
        Verb(
            "programme.published",
            Label(
                "{actor} publicerade version {version} av {programme}, gäller från {valid_from}.",
                "{actor} published version {version} of {programme}, in force from {valid_from}.",
            ),
        ),
        Verb(
            "round.announced",
            Label("{actor} lade upp en utlysning av {programme}.", "{actor} announced a call of {programme}."),
            Shape.NEW,
        ),
        Verb(
            "round.changed",
            Label("{actor} ändrade utlysningen av {programme}.", "{actor} changed the call of {programme}."),
        ),
        Verb(
            "round.cancelled",
            Label("{actor} ställde in utlysningen av {programme}.", "{actor} cancelled the call of {programme}."),
            Shape.STOP,
        ),
    )
