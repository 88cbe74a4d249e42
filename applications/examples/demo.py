"""The demo's data: districts, accounts, programmes, associations, and cases walked to many states by the right people.

Everything is labelled `exempel` and invented; numbers begin with 857. A second run adds what is missing, nothing twice.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.db import transaction

from applications.associations.choices import LegalForm, MainActivity, RegisterStatus
from applications.associations.models import Association, DistrictAssociation
from applications.associations.services.change_giro import confirm_giro, register_giro
from applications.cases.models import Case
from applications.decisions.services.rule_versions import install_example_rules
from applications.examples import base, names
from applications.examples.scenarios.grant_case import GrantCase
from applications.examples.scenarios.staff import Staff, staff_of
from applications.grants.models import ProgrammeVersion, Round
from applications.grants.programmes.files import Source
from applications.grants.programmes.rounds import RoundPlan
from applications.grants.programmes.services.announce import announce_round
from applications.grants.programmes.services.import_programmes import import_programmes
from checklists.services.load_shipped import load_shipped
from vetting.accounts.models import District
from vetting.kernel import clock
from vetting.kernel.giro import GiroKind
from vetting.kernel.labels import Label

PROGRAMMES = Path(__file__).resolve().parent / "data" / "programmes"
OTHER_DISTRICTS = (
    ("BRO", "Bromma"),
    ("EÅV", "Enskede-Årsta-Vantörs"),
    ("FAR", "Farsta"),
    ("HÄÄ", "Hägersten-Älvsjö"),
    ("HÄV", "Hässelby-Vällingby"),
    ("JÄR", "Järva"),
    ("NOI", "Norra innerstadens"),
    ("SKA", "Skarpnäcks"),
    ("SKÄ", "Skärholmens"),
)
LETTER_FACTS = {
    "court": "Förvaltningsrätten i Stockholm",
    "municipality": "Stockholms kommun",
    "notice_board": "stadens anslagstavla",
    "link": "https://exempel.invalid/anslagstavla",
    "contact": "Telefon 08-123 00 00 (exempel).",
}


@dataclass(frozen=True, slots=True)
class Story:
    """One association and the state its application is walked to; no state: it has not applied."""

    name: str
    activity: str
    state: str = ""
    amount: int = 45_000
    purpose: str = "Öppna kvällar för boende i området, två gånger i veckan."
    members: int = 120


KUNGSHOLMEN = (
    Story("Fredhälls Odlarförening", MainActivity.OTHER, "draft", 18_000, "Odlingslådor och en skördefest för alla."),
    Story("Kristinebergs Schackklubb", MainActivity.YOUTH, "received", 24_000, "Öppet schack för unga."),
    Story("Stadshagens Läxhjälp", MainActivity.YOUTH, "received", 60_000, "Läxhjälp fyra dagar i veckan."),
    Story("Alviks Seniorgymnaster", MainActivity.ELDERLY, "registered", 32_000, "Gympa och kaffe för äldre."),
    Story("Marieberg dansar", MainActivity.CULTURE, "registered", 27_500, "Dansträffar i parken under sommaren."),
    Story("Rålambshovs Promenadlag", MainActivity.ELDERLY, "formal_check", 12_000, "Ledda promenader varje tisdag."),
    Story("Thorildsplans Språkcafé", MainActivity.EDUCATION, "formal_check", 38_000, "Språkträffar på lördagar."),
    Story("Fridhemsplans Teatersällskap", MainActivity.CULTURE, "completion", 55_000, "En uppsättning med unga."),
    Story("Essingens Friluftsförening", MainActivity.SPORT, "review", 41_000, "Turer för barnfamiljer."),
    Story("Kungsholmens Grannsamverkan", MainActivity.SOCIAL, "review", 36_000, "Kvällsvandringar och gårdsträffar."),
    Story("Hornsbergs Musikverkstad", MainActivity.CULTURE, "in_depth", 70_000, "Repetitionslokal och konserter."),
    Story("Karlbergs Trädgårdsvänner", MainActivity.OTHER, "consultation", 22_000, "Gemensam trädgård."),
    Story("Västermalms Kvinnokör", MainActivity.CULTURE, "hearing", 48_000, "Körsång på äldreboenden."),
    Story("Kungsholms strands Rodd", MainActivity.SPORT, "second_reading", 52_000, "Rodd för nybörjare."),
    Story("Lilla Essingens Familjeforum", MainActivity.SOCIAL, "second_reading", 29_000, "Öppen förskola på lördagar."),
    Story("Sankt Eriks Brädspel", MainActivity.YOUTH, "proposed", 19_500, "Spelkvällar för unga."),
    Story("Kvarteret Pilens Kulturförening", MainActivity.CULTURE, "before_board", 140_000, "Kulturvecka i augusti."),
    Story("Kungsholmens Simvänner", MainActivity.SPORT, "granted", 45_000, "Simskola för vuxna."),
    Story("Fleminggatans Digitala Hjälp", MainActivity.ELDERLY, "granted", 33_000, "Hjälp med telefon och dator."),
    Story("Hantverkargatans Slöjdare", MainActivity.CULTURE, "granted_by_board", 120_000, "Öppen verkstad."),
    Story("Kronobergsparkens Boule", MainActivity.SPORT, "refused", 15_000, "Boulebanor och turneringar."),
    Story("Norr Mälarstrands Vänner", MainActivity.OTHER, "withdrawn", 20_000, "Städdagar vid vattnet."),
    Story("Stora Essingens Hembygdsförening", MainActivity.CULTURE),
    Story("Enskede-Årsta-Vantörs samverkansförening för fritidsverksamhet", MainActivity.SPORT),
)
SODERMALM = (
    Story("Hornstulls Cykelverkstad", MainActivity.OTHER, "received", 28_000, "Öppen verkstad för alla."),
    Story("Mariatorgets Matlag", MainActivity.SOCIAL, "registered", 34_000, "Matlagning över generationer."),
)


def load_demo(*, password: str, say: Callable[[str], None] = lambda line: None) -> int:
    """Brings the demo's data in; returns how many cases are new. Each case is walked in a transaction of its own."""
    districts = _ground(password)
    calls = {code: _call(districts[code]) for code in ("KUN", "SÖD")}
    new = 0
    for code, stories, first in (("KUN", KUNGSHOLMEN, 1), ("SÖD", SODERMALM, 101)):
        staff = staff_of(districts[code])
        for serial, story in enumerate(stories, first):
            with transaction.atomic():
                new += _tell(story, staff, calls[code], serial)
        say(f"{code}: {Case.objects.filter(district=districts[code]).count()} ärenden")
    return new


def _ground(password: str) -> dict[str, District]:
    districts = base.ensure_districts()
    for code, name in OTHER_DISTRICTS:
        districts[code] = base.ensure_district(code, f"{name} stadsdelsförvaltning", f"{name} stadsdelsnämnd")
    base.ensure_accounts(districts, password)
    for code in ("KUN", "SÖD"):
        _ready_for_letters(districts[code])
    load_shipped(actor=base.example_actor(), example_from=base.SINCE)
    sources = [Source(path.name, path.read_bytes()) for path in sorted(PROGRAMMES.glob("*.toml"))]
    import_programmes(actor=base.example_actor(), sources=sources)
    return districts


def _ready_for_letters(district: District) -> None:
    if not district.letter_facts:
        district.letter_facts = LETTER_FACTS
        district.save(update_fields=["letter_facts"])
    install_example_rules(district=district, valid_from=base.SINCE)


def _call(district: District) -> Round:
    """An open call under the district's newest example programme."""
    found = Round.objects.filter(programme__district=district, is_example=True).order_by("id").first()
    if found is not None:
        return found
    version = ProgrammeVersion.objects.published().filter(programme__district=district).order_by("id")[0]
    today, year = clock.today(), clock.today().year + 1
    plan = RoundPlan(
        name=Label(f"Ansökan för {year}", f"Call for {year}"),
        opens_on=today - timedelta(days=60),
        closes_on=today + timedelta(days=30),
        period_from=date(year, 1, 1),
        period_to=date(year, 12, 31),
    )
    return announce_round(actor=base.example_actor(), version=version, plan=plan, is_example=True)


def _tell(story: Story, staff: Staff, call: Round, serial: int) -> int:
    association, is_new = _association(story, staff, serial)
    if not story.state or not is_new:
        return 0
    walk = GrantCase(
        staff=staff, association=association, round=call, amount=Decimal(story.amount), purpose=story.purpose
    )
    walk.walk(story.state)
    return 1


def _association(story: Story, staff: Staff, serial: int) -> tuple[Association, bool]:
    registered = date(clock.today().year - 4 - serial % 20, 1 + serial % 12, 1 + serial % 27)
    values: dict[str, Any] = {
        "name": story.name,
        "legal_form": LegalForm.NONPROFIT,
        "registered_date": registered,
        "status": RegisterStatus.ACTIVE,
        "seat": "Stockholm",
        "area": "Kungsholmen" if staff.district.code == "KUN" else "Södermalm",
    }
    association, is_new = Association.objects.get_or_create(orgnr=names.orgnr(serial), defaults=values)
    if is_new:
        DistrictAssociation.objects.create(
            association=association,
            district=staff.district,
            members=story.members,
            members_in_area=story.members * 3 // 4,
            women=story.members // 2,
            main_activity=story.activity,
        )
        _giro(association, staff, serial)
    return association, is_new


def _giro(association: Association, staff: Staff, serial: int) -> None:
    """A bankgiro, registered by one officer and confirmed by another; every seventh still waits for the second."""
    account = register_giro(
        actor=staff.officer,
        association=association,
        district=staff.district,
        kind=GiroKind.BANKGIRO,
        number=names.bankgiro(serial),
    )
    if serial % 7 and staff.officer.user_id != staff.colleague.user_id:
        confirm_giro(actor=staff.colleague, account=account, district=staff.district)
