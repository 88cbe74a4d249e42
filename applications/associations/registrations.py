"""What the associations room fills in the registries of the rooms below."""

from django.utils.translation import gettext_lazy as _

from applications.associations.invariants import INVARIANTS
from applications.associations.panels import Tab, tabs
from applications.associations.services.keep_documents import ACCESS_CLASS, may_read_document
from applications.associations.views.show import TAB
from vetting.accounts.navigation import MenuItem, menu
from vetting.accounts.roles import Permission
from vetting.audit.verbs import Verb, register
from vetting.files.access import access_classes
from vetting.kernel.labels import Label
from vetting.kernel.workflow import Shape, invariants

OWNER = "applications.associations"


def register_all() -> None:
    access_classes.register(
        ACCESS_CLASS, lambda actor, stored: may_read_document(actor, stored.district_id), owner=OWNER
    )
    menu.register(
        "associations",
        MenuItem(30, _("Associations"), "list-associations", Permission.SEE_ASSOCIATIONS),
        owner=OWNER,
    )
    details = Tab(10, Label("Uppgifter", "Details"), "show-association", Permission.SEE_ASSOCIATIONS)
    tabs.register(TAB, details, owner=OWNER)
    for name, look in INVARIANTS.items():
        invariants.register(name, look, owner=OWNER)
    register(
        OWNER,
        Verb("register.imported", Label("{actor} läste in ett register.", "{actor} imported a register.")),
        Verb(
            "association.registered",
            Label("{actor} registrerade föreningen.", "{actor} registered the association."),
            Shape.NEW,
        ),
        Verb(
            "association.updated",
            Label("{actor} ändrade registeruppgifterna.", "{actor} changed the register data."),
        ),
        Verb(
            "association.confirmed",
            Label(
                "{actor} bekräftade registeruppgifterna mot en källa.",
                "{actor} confirmed the register data against a source.",
            ),
        ),
        Verb(
            "association.own_updated",
            Label("{actor} ändrade distriktets uppgifter.", "{actor} changed the district's data."),
        ),
        Verb("document.added", Label("{actor} lade till en handling.", "{actor} added a document.")),
        Verb("document.checked", Label("{actor} kontrollerade en handling.", "{actor} checked a document.")),
        Verb("representative.added", Label("{actor} lade till en företrädare.", "{actor} added a representative.")),
        Verb(
            "representative.ended",
            Label("{actor} avslutade ett uppdrag.", "{actor} ended a representative's role."),
        ),
        Verb(
            "giro.registered",
            Label(
                "{actor} registrerade ett gironummer som väntar på bekräftelse.",
                "{actor} registered a giro number that waits for confirmation.",
            ),
            Shape.WAIT,
        ),
        Verb("giro.confirmed", Label("{actor} bekräftade gironumret.", "{actor} confirmed the giro number.")),
        Verb(
            "giro.rejected",
            Label("{actor} tog bort ett obekräftat gironummer.", "{actor} took away an unconfirmed giro number."),
            Shape.STOP,
        ),
    )
