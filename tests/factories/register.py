"""Associations as the register knows them."""

from datetime import date

from applications.associations.choices import CheckResult, DocumentKind, RepresentativeRole
from applications.associations.models import Association
from applications.associations.services.change_giro import confirm_giro, register_giro
from applications.associations.services.keep_documents import add_document, check_document
from applications.associations.services.name_representative import name_representative
from applications.associations.services.register_association import (
    confirm_association,
    register_association,
    update_association,
)
from applications.associations.services.save_own_data import save_own_data
from tests.factories import people
from vetting.accounts.actors import Actor
from vetting.accounts.models import District
from vetting.accounts.roles import Role
from vetting.kernel.giro import GiroKind

SHARED = {
    "name": "Föreningen för bevarandet av kulturhistoriskt värdefulla båthus och bryggor vid Mälaren",
    "legal_form": "nonprofit",
    "registered_date": date(2008, 6, 21),
    "status": "active",
    "status_date": None,
    "seat": "Stockholm",
    "area": "Enskede-Årsta-Vantör",
}


def well_known_association(
    serial: int = 940_001, *, officer: Actor | None = None, at: District | None = None
) -> Association:
    """An association about which everything is known: changed and confirmed data, one giro in use and one waiting,
    documents checked and not, people in their roles, one of them protected."""
    home = at or people.district()
    officer = officer or people.actor(Role.GRANT_OFFICER, at=home)
    association = register_association(
        actor=officer, district=home, number=people.orgnr(serial), values={**SHARED, "seat": "Solna"}
    )
    update_association(actor=officer, association=association, expected_version=1, values=SHARED)
    confirm_association(
        actor=officer, association=association, district=home, expected_version=2, against="certificate"
    )
    counts = {"members": 1250, "members_in_area": 900, "women": 600, "main_activity": "culture"}
    contact = {"website": "www.exempel.se", "email": "styrelsen@exempel.se", "phone": "08-508 10 000"}
    save_own_data(
        actor=officer,
        association=association,
        district=home,
        expected_version=1,
        values={**counts, **contact, "protected_activity": True},
    )
    payer = people.actor(Role.PAYER, at=home)
    account = register_giro(
        actor=officer, association=association, district=home, kind=GiroKind.BANKGIRO, number="1396-6346"
    )
    confirm_giro(actor=payer, account=account, district=home)
    register_giro(actor=officer, association=association, district=home, kind=GiroKind.PLUSGIRO, number="182632-0")
    _papers(association, officer, home)
    for role, protected in ((RepresentativeRole.BOARD, False), (RepresentativeRole.AUDITOR, True)):
        name_representative(
            actor=officer,
            association=association,
            district=home,
            role=role,
            name="Kim Exempel",
            post="ordförande" if role == RepresentativeRole.BOARD else "",
            protected=protected,
            valid_from=date(2025, 3, 18),
        )
    association.refresh_from_db()
    return association


def _papers(association: Association, officer: Actor, home: District) -> None:
    for kind, result, note in (
        (DocumentKind.STATUTES, CheckResult.IN_ORDER, ""),
        (DocumentKind.ANNUAL_MINUTES, CheckResult.INCOMPLETE, "Justerarens underskrift saknas på sidan 3."),
        (DocumentKind.ANNUAL_ACCOUNTS, None, ""),
    ):
        paper = add_document(
            actor=officer, association=association, district=home, kind=kind, dated_on=date(2025, 3, 18), signed=True
        )
        if result:
            check_document(actor=officer, document=paper, expected_version=1, result=result, signed=True, note=note)
