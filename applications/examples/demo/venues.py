"""Two houses with rooms to let, the example's terms and tariff, and a request in every state of its tables."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from applications.associations.models import Association
from applications.examples.base import SINCE, example_actor
from applications.examples.demo.stories import Step
from applications.examples.scenarios.rental_case import BOOKING_ROUTES, ROUTES, RentalCase
from applications.examples.scenarios.staff import Staff
from applications.rentals.models import RentalApplication, Room, TariffVersion, Venue
from applications.rentals.services.enter_rental import Person
from applications.rentals.services.keep_venues import add_room, add_venue, name_officers
from applications.rentals.services.rule_versions import draft_tariff, draft_terms, publish_version
from applications.rentals.slots.slot import slot_on
from vetting.accounts.models import District, User
from vetting.kernel import clock

FILES = Path(__file__).resolve().parent.parent / "data" / "venues"
EVERY_DAY = [(weekday, 8 * 60, 22 * 60) for weekday in range(7)]
SHORTER = [(weekday, 9 * 60, 21 * 60) for weekday in range(7)]


@dataclass(frozen=True, slots=True)
class Plan:
    """A request: how far it or its date comes, how many days ago it was entered, when and where it is to be.

    `slot`: days from today (negative: it has been); `hours`: whole hours from and to; `person`: a private tenant.
    """

    state: str
    began: int
    slot: int
    room: str = "Lilla salen"
    hours: tuple[int, int] = (18, 21)
    people: int = 24
    purpose: str = "Månadsmöte med föredrag och fika."
    openness: str = "members"
    of_date: bool = False
    person: str = ""


KUNGSHOLMEN = (
    Plan("received", 1, 12, purpose="Öppet hus med visning av vårens program.", openness="public"),
    Plan("preliminary", 2, 9, purpose="Styrelsemöte och planering av våren."),
    Plan("unavailable", 6, 15, purpose="Privat fest med levande musik.", person="Hyrestagare Ett"),
    Plan("review", 8, 16, "Stora salen", (17, 21), 90, "Offentlig debattkväll med tre talare.", "public"),
    Plan("info_requested", 9, 17, "Hörsalen", (18, 21), 60, "Föreläsning om områdets historia.", "public"),
    Plan("consultation", 10, 18, "Hörsalen", (18, 21), 70, "Filmvisning med samtal efteråt.", "public"),
    Plan("hearing", 12, 19, "Hörsalen", (18, 20), 40, "Kurs i berättande, tre kvällar.", "invited"),
    Plan("second_reading", 13, 20, "Hörsalen", (18, 20), 40, "Kväll för inbjudna med middag.", "invited"),
    Plan("proposed", 14, 21, "Hörsalen", (18, 20), 40, "Försäljning av kläder under en helg.", "public"),
    Plan("before_board", 16, 24, "Hörsalen", (18, 20), 40, "Marknad med tio säljare.", "public"),
    Plan("tabled", 18, 25, "Hörsalen", (18, 20), 40, "Uppvisning med tävlingsmoment.", "public"),
    Plan("confirmed", 11, 3, "Stora salen", (18, 21), 100, "Årsmöte, öppet för medlemmar."),
    Plan("confirmed_by_decision", 10, 6, "Stora salen", (17, 20), 80, "Konsert med förstärkt ljud.", "public"),
    Plan("refused", 20, 27, "Hörsalen", (18, 20), 40, "Privat fest i föreningens namn.", "invited"),
    Plan("withdrawn", 9, 28, "Hörsalen", (18, 20), 40, "Dansträff för nybörjare.", "public"),
    Plan("lapsed", 15, 29, "Musikrummet", (17, 19), 10, "Repetition före konserten."),
    Plan("cancelled", 13, 22, "Musikrummet", (17, 19), 10, "Körövning i stämmor."),
    Plan("revoked", 21, 26, "Stora salen", (18, 21), 90, "Kväll med uppträdanden.", "public"),
    Plan("closed", 12, 30, "Stora salen", (18, 21), 90, "Privat bröllopsfest.", person="Hyrestagare Två"),
    Plan("booked", 7, 1, "Östra delen", (17, 19), 20, "Språkträff med fika.", of_date=True),
    Plan("key_out", 9, -1, "Musikrummet", (20, 21), 8, "Repetition.", of_date=True),
    Plan("held", 10, -2, "Lilla salen", (18, 21), 30, "Medlemsmöte.", of_date=True),
    Plan("checked", 11, -3, "Lilla salen", (18, 21), 30, "Läsecirkel.", of_date=True),
    Plan("deviation", 12, -4, "Stora salen", (18, 21), 100, "Spelkväll för unga.", of_date=True),
    Plan("done", 13, -5, "Lilla salen", (18, 21), 20, "Bokcirkel med gäst.", of_date=True),
    Plan("stopped", 14, -6, "Stora salen", (18, 21), 110, "Dansträff.", of_date=True),
    Plan("no_show", 15, -7, "Lilla salen", (18, 21), 20, "Planeringsmöte.", of_date=True),
)


def ensure_venues(district: District, staff: Staff) -> dict[str, Room]:
    """The two houses with their rooms, by the rooms' names; those that are there are left as they are."""
    if not Venue.objects.filter(district=district, is_example=True).exists():
        _rules(district)
        hall = _venue(district, staff, "Fridhemmet", "Exempelgatan 1", 30, EVERY_DAY)
        large = _room(hall, "Stora salen", 120, "large", 0)
        _room(hall, "Östra delen", 60, "middle", 1, large)
        _room(hall, "Västra delen", 60, "middle", 2, large)
        _room(hall, "Lilla salen", 40, "middle", 3)
        house = _venue(district, staff, "Fredhälls samlingshus", "Exempelvägen 7", 15, SHORTER)
        _room(house, "Hörsalen", 80, "large", 0)
        _room(house, "Musikrummet", 15, "small", 1)
    rooms = Room.objects.filter(venue__district=district).select_related("venue__district")
    return {room.name: room for room in rooms}


def _content(name: str) -> dict[str, Any]:
    return tomllib.loads((FILES / f"{name}.toml").read_text(encoding="utf-8"))


def _rules(district: District) -> None:
    if not TariffVersion.objects.filter(district=district).exists():
        tariff = draft_tariff(district=district, content=_content("tariff"), actor=example_actor(), is_example=True)
        publish_version(version=tariff, actor=example_actor(), valid_from=SINCE)


def _venue(district: District, staff: Staff, name: str, address: str, minutes: int, hours: Any) -> Venue:
    venue = add_venue(
        actor=example_actor(),
        district=district,
        values={
            "name": name,
            "address": address,
            "contact": "Lokalintendenten, telefon 08-123 00 10",
            "key_text": "Nyckeln hämtas i receptionen samma dag före kl. 16 och lämnas i nyckelskåpet efteråt.",
            "turnaround_minutes": minutes,
            "is_example": True,
        },
        hours=hours,
    )
    terms = draft_terms(venue=venue, content=_content("terms"), actor=example_actor(), is_example=True)
    publish_version(version=terms, actor=example_actor(), valid_from=SINCE)
    name_officers(actor=example_actor(), venue=venue, users=[User.objects.get(pk=staff.steward.user_id or 0)])
    return venue


def _room(venue: Venue, name: str, capacity: int, price_class: str, position: int, parent: Room | None = None) -> Room:
    values = {"name": name, "capacity": capacity, "price_class": price_class, "position": position}
    return add_room(actor=example_actor(), venue=venue, values=values, parent=parent)


def story_of(plans: tuple[Plan, ...], rooms: dict[str, Room], tenants: list[Association], staff: Staff) -> list[Step]:
    """The steps of every request, each at its moment; none when the district has requests already."""
    if RentalApplication.objects.filter(district=staff.district).exists():
        return []
    steps: list[Step] = []
    waiting = iter(tenants)
    for place, plan in enumerate(plans):
        tenant = Person(plan.person, phone="08-123 00 02") if plan.person else next(waiting)
        steps += _steps(plan, place, rooms[plan.room], tenant, staff)
    return steps


def _steps(plan: Plan, place: int, room: Room, tenant: Association | Person, staff: Staff) -> Iterator[Step]:
    today = clock.today()
    first, last = plan.hours
    slot = slot_on(today + timedelta(days=plan.slot), time(first), time(last), plan.people)
    walk = RentalCase(
        staff=staff,
        room=room,
        slot=slot,
        tenant=tenant,
        values={"purpose": plan.purpose, "openness": plan.openness},
    )
    route = (BOOKING_ROUTES if plan.of_date else ROUTES)[plan.state]
    handled = [step for step in route if not hasattr(step, "after")]
    # What is handled begins in the morning and ends a day or more before the event; then the event itself.
    morning = datetime.combine(today - timedelta(days=plan.began), time(8, place % 60), tzinfo=clock.STOCKHOLM)
    until = min(clock.now() - timedelta(hours=1), slot.begins - timedelta(days=1))
    apart = max((until - morning) / max(len(handled), 1), timedelta())
    if plan.state == "lapsed":
        apart = timedelta(hours=1)  # held at once, and then nobody comes back to it
    days = [(morning + apart * number).date() for number in range(len(handled))]
    moments = iter([_at_work(day, number, place) for number, day in enumerate(days)])
    for step in route:
        at = slot.begins + step.after if hasattr(step, "after") else next(moments)
        if step is RentalCase.lapse:
            at = morning + timedelta(days=9)
        yield at, partial(step, walk)


def _at_work(day: date, number: int, place: int) -> datetime:
    """In working hours, later steps later in the day; never ahead of the clock."""
    at = datetime.combine(day, time(min(8 + number, 16), place % 60), tzinfo=clock.STOCKHOLM)
    return min(at, clock.now() - timedelta(minutes=60 - min(number * 5, 55)))
