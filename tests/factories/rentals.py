"""Venues and requests for tests: a small house with three rooms, under the example's terms and tariff."""

import tomllib
import uuid
from datetime import date, time, timedelta
from pathlib import Path
from typing import Any

from applications.associations.models import Association
from applications.decisions.services.rule_versions import install_example_rules
from applications.examples.scenarios.rental_case import RentalCase
from applications.examples.scenarios.staff import Staff, staff_of
from applications.rentals.models import RentalApplication, Room, TariffVersion, Venue
from applications.rentals.services.enter_rental import Person, Wanted, enter_rental
from applications.rentals.services.keep_venues import add_room, add_venue
from applications.rentals.services.rule_versions import draft_tariff, draft_terms, publish_version
from applications.rentals.slots.slot import Slot, slot_on
from tests.factories import decisions, people, reviews
from vetting.accounts.actors import Actor, system_actor
from vetting.accounts.models import District
from vetting.accounts.roles import Role
from vetting.kernel import clock

EXAMPLES = Path(__file__).resolve().parents[2] / "applications" / "examples" / "data" / "venues"
SINCE = date(2020, 1, 1)
MAKER = system_actor("examples")
HOURS = [(weekday, 8 * 60, 22 * 60) for weekday in range(7)]


def content(name: str) -> dict[str, Any]:
    return tomllib.loads((EXAMPLES / f"{name}.toml").read_text(encoding="utf-8"))


def tariff(at: District) -> None:
    version = draft_tariff(district=at, content=content("tariff"), actor=MAKER, is_example=True)
    publish_version(version=version, actor=MAKER, valid_from=SINCE)


def venue(at: District | None = None, *, name: str = "Fridhemmet", **values: Any) -> Venue:
    """A venue with published terms, and the district's tariff when it has none."""
    at = at or people.district()
    house = add_venue(
        actor=MAKER,
        district=at,
        values={"name": name, "turnaround_minutes": 30, "key_text": "Nyckel i receptionen.", **values},
        hours=HOURS,
    )
    terms = draft_terms(venue=house, content=content("terms"), actor=MAKER, is_example=True)
    publish_version(version=terms, actor=MAKER, valid_from=SINCE)
    if not _has_tariff(at):
        tariff(at)
    return house


def _has_tariff(at: District) -> bool:
    return TariffVersion.objects.filter(district=at).exists()


def room(house: Venue, name: str = "Lilla salen", *, capacity: int = 40, parent: Room | None = None) -> Room:
    values = {"name": name, "capacity": capacity, "price_class": "middle"}
    return add_room(actor=MAKER, venue=house, values=values, parent=parent)


def steward(at: District | None = None) -> Actor:
    return people.actor(Role.PREMISES_OFFICER, at=at)


def evening(days: int = 10, begins: int = 18, ends: int = 21, people: int = 20) -> Slot:
    """A slot so many days ahead, whole hours."""
    return slot_on(clock.today() + timedelta(days=days), time(begins), time(ends), people)


def tenant(legal_form: str = "nonprofit") -> Association:
    """An organisation of the register, of one legal form or another."""
    found = people.association()
    found.legal_form = legal_form
    found.save(update_fields=["legal_form"])
    return found


def request(
    where: Room, slot: Slot | None = None, *, by: Actor | None = None, who: Any = None, **values: Any
) -> RentalApplication:
    """A received request for one date."""
    given = {
        "purpose_code": "meeting",
        "purpose": "Månadsmöte med föredrag och fika.",
        "openness": "members",
        "contact_name": "Kontaktperson",
        "contact_phone": "08-123 00 01",
        "permits": "none",
    }
    return enter_rental(
        actor=by or steward(where.venue.district),
        venue=where.venue,
        tenant=who or tenant(),
        values=given | values,
        wanted=[Wanted(where, slot or evening())],
        key=uuid.uuid4(),
    )


ROLES = (
    Role.GRANT_OFFICER,
    Role.PREMISES_OFFICER,
    Role.SECOND_READER,
    Role.UNIT_HEAD,
    Role.DEPARTMENT_HEAD,
    Role.BOARD_SECRETARY,
    Role.REGISTRAR,
    Role.COORDINATOR,
)


def office(at: District | None = None) -> Staff:
    """The people of a district who answer for its venues, its example rules and what its letters need."""
    at = at or people.district()
    at.letter_facts = dict(decisions.FACTS)
    at.save(update_fields=["letter_facts"])
    for role in ROLES:
        people.user(role, at=at)
    reviews.checklists()
    install_example_rules(district=at, valid_from=SINCE)
    return staff_of(at)


def rental(
    *, staff: Staff | None = None, where: Room | None = None, slot: Slot | None = None, who: Any = None, **values: Any
) -> RentalCase:
    """A request not yet entered; `.walk("review")` takes it there."""
    staff = staff or office()
    return RentalCase(
        staff=staff,
        room=where or room(venue(staff.district)),
        slot=slot or evening(days=20),
        tenant=who or tenant(),
        values=values,
    )


def person(name: str = "Hyrestagare Exempel") -> Person:
    return Person(name=name, phone="08-123 00 02")
